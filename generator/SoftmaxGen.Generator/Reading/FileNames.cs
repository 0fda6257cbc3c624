using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftmaxGen.Generator.Reading;

/// <summary>
/// The names in one file. A declaration means what it does by the names in it, and those by the files that declare types of these names: what is read of a
/// model cannot change where no such file does. Names are compared as the strictest reader of all would have it, which makes more of them equal and never less:
/// case does not count, because files that differ in it alone are numbered, nor does the end of an attribute's name, which may be left out.
/// </summary>
internal sealed class FileNames
{
    private const string Suffix = "Attribute";

    // Of tokens outside of the bodies of members.
    private readonly Lazy<ImmutableArray<string>> _mentioned;

    private FileNames(ImmutableArray<string> declared, ImmutableArray<string> forAll, string common, Lazy<ImmutableArray<string>> mentioned)
    {
        Declared = declared;
        ForAll = forAll;
        Common = common;
        _mentioned = mentioned;
    }

    /// <summary>Gets how names are compared.</summary>
    public static IEqualityComparer<string> Comparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>
    /// Gets the names of the types that the file declares, those inside of others among them, and of aliases that it makes known to all files.
    /// </summary>
    public ImmutableArray<string> Declared { get; }

    /// <summary>Gets the names in what the file says for all files, whether or not they name it.</summary>
    public ImmutableArray<string> ForAll { get; }

    /// <summary>Gets what the file says for all files, or adds to what they share: <c>global using</c>, attributes of the assembly, and namespaces.</summary>
    public string Common { get; }

    /// <summary>Gets all names in the file, but for the bodies of members, in which nothing is read. Asked for where a model depends on the file.</summary>
    public ImmutableArray<string> Mentioned => _mentioned.Value;

    /// <summary>Reads the names of a file.</summary>
    /// <param name="root">The file.</param>
    /// <param name="nodes">What is outside of its members.</param>
    /// <returns>The names.</returns>
    public static FileNames Read(SyntaxNode root, IReadOnlyList<SyntaxNode> nodes)
    {
        SyntaxNode[] forAll =
        [
            .. nodes.Where(static node => IsGlobal(node) || node is AttributeListSyntax { Parent: CompilationUnitSyntax }),
        ];
        bool isProgram = nodes.Any(static node => node is GlobalStatementSyntax);
        IEnumerable<string> namespaces = nodes.OfType<BaseNamespaceDeclarationSyntax>().Select(FullName).Distinct()
            .OrderBy(static name => name, StringComparer.Ordinal);
        return new FileNames(
            [.. nodes.Select(DeclaredName).Where(static name => name is { Length: > 0 }).OfType<string>().Concat(isProgram ? ["Program"] : []).Select(Shortened)
                .Distinct(Comparer)],
            [.. forAll.Where(static node => node is not UsingDirectiveSyntax { Alias: not null }).SelectMany(Identifiers).Distinct(Comparer)],
            string.Join("\n", namespaces.Concat(forAll.Select(static node => node.ToString()))),
            new Lazy<ImmutableArray<string>>(() => [.. Identifiers(root).Distinct(Comparer)]));
    }

    private static IEnumerable<string> Identifiers(SyntaxNode node) => node
        .DescendantTokens(static inner => inner is not (BlockSyntax or ArrowExpressionClauseSyntax or GlobalStatementSyntax))
        .Where(static token => token.IsKind(SyntaxKind.IdentifierToken) && !token.IsMissing)
        .Select(static token => Shortened(token.ValueText));

    private static string Shortened(string name) =>
        name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? name.Substring(0, name.Length - Suffix.Length) : name;

    private static string? DeclaredName(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        DelegateDeclarationSyntax type => type.Identifier.ValueText,
        UsingDirectiveSyntax { Alias: { } alias } when IsGlobal(node) => alias.Name.Identifier.ValueText,
        _ => null,
    };

    private static bool IsGlobal(SyntaxNode node) => node is UsingDirectiveSyntax { GlobalKeyword.RawKind: (int)SyntaxKind.GlobalKeyword };

    private static string FullName(BaseNamespaceDeclarationSyntax declaration) =>
        declaration.Parent is BaseNamespaceDeclarationSyntax outer ? $"{FullName(outer)}.{declaration.Name}" : declaration.Name.ToString();
}
