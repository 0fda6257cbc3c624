using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using SoftmaxGen.Generator.Reading;

namespace SoftmaxGen.Generator.Analyzers;

/// <summary>
/// Tells of a model's own members that stay null against their type. The compiler would tell (CS8618) at the constructor, which is generated, and where nobody
/// can mend it: there the warning is silenced.
/// </summary>
internal static class NeverAssignedReport
{
    /// <summary>Reports the members of a model that nothing is assigned to.</summary>
    public static void Report(SymbolAnalysisContext context, AttributeData attribute)
    {
        var model = (INamedTypeSymbol)context.Symbol;
        foreach (ISymbol member in model.GetMembers().Where(MustNotBeNull).Select(Declared))
        {
            if (!MayBeNull(member) && !GeneratedTree.IsSoleOrigin(member) && !IsAssigned(member, context.CancellationToken))
            {
                var violation = new Violation(DiagnosticDescriptors.NeverAssigned, member.Name);
                context.ReportDiagnostic(violation.ToDiagnostic(model.Name, violation.Locate(model, attribute, context.CancellationToken)));
            }
        }
    }

    // The fields that the compiler makes for properties are among the members.
    private static bool MustNotBeNull(ISymbol member) => member switch
    {
        IFieldSymbol { IsStatic: false, NullableAnnotation: NullableAnnotation.NotAnnotated, Type.IsValueType: false } => true,
        IEventSymbol { IsStatic: false, NullableAnnotation: NullableAnnotation.NotAnnotated } => true,
        _ => false,
    };

    private static ISymbol Declared(ISymbol member) => member is IFieldSymbol { AssociatedSymbol: { } property } ? property : member;

    private static bool MayBeNull(ISymbol member) => member.GetAttributes().Any(static attribute =>
        attribute.AttributeClass?.ToDisplayString() is "System.Diagnostics.CodeAnalysis.MaybeNullAttribute"
            or "System.Diagnostics.CodeAnalysis.AllowNullAttribute");

    // Accessors with bodies may assign by themselves.
    private static bool IsAssigned(ISymbol member, CancellationToken cancellationToken) => member.DeclaringSyntaxReferences
        .Select(part => part.GetSyntax(cancellationToken))
        .Any(static part => part switch
        {
            VariableDeclaratorSyntax declarator => declarator.Initializer is not null,
            PropertyDeclarationSyntax property => property.Initializer is not null
                || property.AccessorList?.Accessors.Any(static accessor => accessor.Body is not null || accessor.ExpressionBody is not null) != false,
            _ => true,
        });
}
