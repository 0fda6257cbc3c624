using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using SoftmaxGen.Generator.Reading;

namespace SoftmaxGen.Generator.Analyzers;

/// <summary>
/// Tells of <c>[field: Label]</c> on a property. The model reads it where it sees the source; a compiled assembly hides the field, and the label would be a
/// feature there.
/// </summary>
internal static class BackingFieldReport
{
    /// <summary>Reports the attributes of a list that mark the field of a property.</summary>
    public static void Report(SyntaxNodeAnalysisContext context)
    {
        var list = (AttributeListSyntax)context.Node;
        if (list.Target?.Identifier.IsKind(SyntaxKind.FieldKeyword) != true || list.Parent is not (PropertyDeclarationSyntax or ParameterSyntax))
        {
            return;
        }

        foreach (AttributeSyntax attribute in list.Attributes)
        {
            if (context.SemanticModel.GetTypeInfo(attribute, context.CancellationToken).Type is { } type && MemberAttributes.IsOne(type))
            {
                context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.BackingField, attribute.GetLocation(), attribute.ToString()));
            }
        }
    }
}
