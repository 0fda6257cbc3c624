using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Reading;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Analyzers;

/// <summary>Tells the user of a valid model that its scratch is too large for the stack it is allowed, and what would help.</summary>
internal static class PooledScratchReport
{
    /// <summary>Reports a model whose plan rents its scratch; does nothing for any other.</summary>
    public static void Report(SymbolAnalysisContext context, ModelSpec model, AttributeData attribute)
    {
        KernelPlan plan = KernelPlanner.Plan(model);
        if (plan.ScratchIsPooled)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                DiagnosticDescriptors.PooledScratch,
                new Violation(DiagnosticDescriptors.PooledScratch).Locate((INamedTypeSymbol)context.Symbol, attribute, context.CancellationToken),
                context.Symbol.Name,
                plan.LeastScratchBytes,
                model.MaxStackBytes,
                Advice(plan.LeastScratchBytes)));
        }
    }

    private static string Advice(long leastScratchBytes) => leastScratchBytes <= ShapeLimits.MaxStackBytes
        ? "raise MaxStackBytes to keep it on the stack"
        : $"that is more than MaxStackBytes may allow, {ShapeLimits.MaxStackBytes}";
}
