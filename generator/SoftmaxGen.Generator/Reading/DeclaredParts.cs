using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftmaxGen.Generator.Reading;

/// <summary>
/// The parts of a type as they are written. What they rule out need not be asked of the compiler, which would make symbols of all members to answer; most
/// models have none that matter.
/// </summary>
internal sealed class DeclaredParts(INamedTypeSymbol type, CancellationToken cancellationToken)
{
    private readonly SyntaxNode[] _parts = [.. type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken))];

    /// <summary>Gets a value indicating whether each of them is <c>partial</c>: statements outside of any type are a part of <c>Program</c> that is.</summary>
    public bool ArePartial => _parts.All(static part =>
        part is CompilationUnitSyntax || (part is TypeDeclarationSyntax type && type.Modifiers.Any(SyntaxKind.PartialKeyword)));

    /// <summary>Gets a value indicating whether the type may have a constructor of the user's.</summary>
    public bool MayHaveConstructor => Any(static type => type.ParameterList is not null || type.Members.Any(SyntaxKind.ConstructorDeclaration));

    /// <summary>Gets a value indicating whether the type may have required members.</summary>
    public bool MayRequireMembers => Any(static type => type.Members.Any(static member => member.Modifiers.Any(SyntaxKind.RequiredKeyword)));

    private bool Any(Func<TypeDeclarationSyntax, bool> condition) => _parts.OfType<TypeDeclarationSyntax>().Any(condition);
}
