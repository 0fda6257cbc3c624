using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using SoftmaxGen.Generator.Reading;

namespace SoftmaxGen.Generator.Analyzers;

/// <summary>Finds <c>new IrisModel()</c>: the compiler says that there is no such constructor, and not what makes a model.</summary>
internal static class ModelCreation
{
    /// <summary>Reports an expression that would create a model.</summary>
    public static void Report(SyntaxNodeAnalysisContext context)
    {
        var creation = (BaseObjectCreationExpressionSyntax)context.Node;
        if (context.SemanticModel.GetSymbolInfo(creation, context.CancellationToken).Symbol is null
            && context.SemanticModel.GetTypeInfo(creation, context.CancellationToken).Type is INamedTypeSymbol type
            && ModelAttribute.Find(type) is { } attribute)
        {
            string baked = ModelAttribute.ReadShape(attribute) is { Weights: not null } ? ", or Pretrained" : "";
            context.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.ModelCreated, creation.GetLocation(), type.Name, baked));
        }
    }
}
