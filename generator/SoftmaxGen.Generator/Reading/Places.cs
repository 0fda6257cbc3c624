using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftmaxGen.Generator.Reading;

/// <summary>The places that diagnostics of a declaration underline.</summary>
internal static class Places
{
    /// <summary>Gets the name of the model; of a model in several parts, in the part that bears the attribute.</summary>
    public static Place Identifier { get; } = static (type, _, syntax, _) => type.Locations.First(location =>
        location.SourceTree == syntax.SyntaxTree && syntax.Parent!.Parent!.Span.Contains(location.SourceSpan));

    /// <summary>Gets the attribute as a whole.</summary>
    public static Place Attribute { get; } = static (_, _, syntax, _) => syntax.GetLocation();

    /// <summary>Gets the argument that the subject names; where names are not given, the type that gives them.</summary>
    public static Place SubjectArgument { get; } = static (_, _, syntax, subject) =>
        (FindArgument(syntax, subject) ?? FindTypeArgument(syntax, subject == "ClassNames" ? 0 : 1)).GetLocation();

    /// <summary>Gets the member that the subject names, or else the name of the model: the member may be inherited.</summary>
    public static Place SubjectMember { get; } = static (type, attribute, syntax, subject) => Member(subject)(type, attribute, syntax, subject);

    /// <summary>Gets the type argument that the subject names, or else the name of the model.</summary>
    public static Place SubjectType { get; } = static (type, attribute, syntax, subject) =>
        IndexOfType(attribute, subject) is var index and >= 0 ? FindTypeArgument(syntax, index).GetLocation() : Identifier(type, attribute, syntax, subject);

    /// <summary>Gets an argument, or the attribute as a whole when it leaves the argument to its default.</summary>
    public static Place Argument(string name) => (_, _, syntax, _) => (FindArgument(syntax, name) ?? (SyntaxNode)syntax).GetLocation();

    /// <summary>Gets a type argument, or the attribute as a whole where it does not show its type arguments.</summary>
    public static Place TypeArgument(int index) => (_, _, syntax, _) => FindTypeArgument(syntax, index).GetLocation();

    /// <summary>Gets a member, or else the name of the model.</summary>
    public static Place Member(string name) => (type, attribute, syntax, subject) =>
        type.GetMembers(name).FirstOrDefault(static member => !member.IsImplicitlyDeclared)?.Locations[0] ?? Identifier(type, attribute, syntax, subject);

    private static AttributeArgumentSyntax? FindArgument(AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);

    // Named through an alias, the attribute does not show its type arguments.
    private static SyntaxNode FindTypeArgument(AttributeSyntax attribute, int index) =>
        attribute.Name.DescendantNodesAndSelf().OfType<TypeArgumentListSyntax>().FirstOrDefault()?.Arguments[index] ?? (SyntaxNode)attribute;

    private static int IndexOfType(AttributeData attribute, string name) =>
        Array.FindIndex([.. attribute.AttributeClass!.TypeArguments], type => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) == name);
}
