using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftmaxGen.Generator.Reading;

/// <summary>
/// What the syntax of one file says about where models may be. It depends on nothing but the file's text; whether an attribute is the one that it is
/// called is for the compiler to say, anew for each compilation.
/// </summary>
internal sealed class FileCandidates
{
    private const string AttributeName = "SoftmaxModelAttribute";
    private const string Suffix = "Attribute";

    private readonly ImmutableArray<TypeDeclarationSyntax> _candidates;
    private readonly ImmutableArray<TypeDeclarationSyntax> _others;

    private FileCandidates(
        FileNames names, ImmutableArray<string> globalAliases, ImmutableArray<TypeDeclarationSyntax> candidates, ImmutableArray<TypeDeclarationSyntax> others)
    {
        Names = names;
        GlobalAliases = globalAliases;
        _candidates = candidates;
        _others = others;
    }

    /// <summary>Gets the names in the file.</summary>
    public FileNames Names { get; }

    /// <summary>Gets the names that the file makes known to all files by <c>global using</c>, whatever they stand for.</summary>
    public ImmutableArray<string> GlobalAliases { get; }

    /// <summary>Gets a value indicating whether a property of the file bears an attribute for the field that the compiler may add to it.</summary>
    public bool HasFieldAttributes { get; private init; }

    /// <summary>Reads a file.</summary>
    /// <param name="tree">The file.</param>
    /// <returns>What it says.</returns>
    public static FileCandidates Read(SyntaxTree tree)
    {
        // Members are passed by: neither types nor directives lie in them, and this runs after each keystroke in the file.
        SyntaxNode root = tree.GetRoot();
        SyntaxNode[] nodes =
        [
            .. root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax),
        ];

        // An alias of another may be an alias of the attribute: each counts, whatever it stands for.
        UsingDirectiveSyntax[] directives = [.. nodes.OfType<UsingDirectiveSyntax>().Where(static directive => directive.Alias is not null)];
        HashSet<string> names = [AttributeName, .. directives.Select(AliasName)];
        ILookup<bool, TypeDeclarationSyntax> types = nodes.OfType<TypeDeclarationSyntax>()
            .Where(static type => type.AttributeLists.Count > 0)
            .ToLookup(type => BearsAny(type, names));
        IEnumerable<UsingDirectiveSyntax> globals = directives.Where(static directive => directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword));
        return new FileCandidates(FileNames.Read(root, nodes), [.. globals.Select(AliasName)], [.. types[true]], [.. types[false]])
        {
            HasFieldAttributes = nodes.OfType<PropertyDeclarationSyntax>().Any(HasFieldAttribute),
        };
    }

    /// <summary>Lists the types of the file that may be models.</summary>
    /// <param name="globalAliases">The names that the files of the compilation make known to all.</param>
    /// <returns>The types that bear the attribute by its name or by an alias, or what looks like it.</returns>
    public ImmutableArray<TypeDeclarationSyntax> Among(HashSet<string> globalAliases) =>
        globalAliases.Count == 0 ? _candidates : [.. _candidates, .. _others.Where(type => BearsAny(type, globalAliases))];

    private static bool HasFieldAttribute(PropertyDeclarationSyntax property) =>
        property.AttributeLists.Any(static list => list.Target is { Identifier.RawKind: (int)SyntaxKind.FieldKeyword });

    private static string AliasName(UsingDirectiveSyntax directive) => directive.Alias!.Name.Identifier.ValueText;

    private static bool BearsAny(TypeDeclarationSyntax type, HashSet<string> names) =>
        type.AttributeLists.SelectMany(static list => list.Attributes).Any(attribute => IsAny(SimpleName(attribute.Name), names));

    private static bool IsAny(string name, HashSet<string> names) => names.Contains(name) || names.Contains(name + Suffix);

    private static string SimpleName(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
