using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using SoftmaxGen.Generator.Reading;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Analyzers;

/// <summary>
/// Reports why a class that bears <c>[SoftmaxModel]</c> cannot be a model, and of a model what its user should know. An analyzer and
/// not the generator, because only the diagnostics of an analyzer know their place in the source well enough to be suppressed there.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SoftmaxModelAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = DiagnosticDescriptors.OfDeclarations;

    public override void Initialize(AnalysisContext context)
    {
        // The generator reads files marked as generated as well, and no model it declines may go unexplained.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(BackingFieldReport.Report, SyntaxKind.AttributeList);
        context.RegisterCompilationStartAction(static start =>
        {
            var weights = new WeightsReport(new WeightsCache(start).Read);
            start.RegisterSymbolAction(symbol => Analyze(symbol, weights), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, WeightsReport weights)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (ModelAttribute.Find(type) is not { } attribute)
        {
            return;
        }

        NoEnumReport.Report(context, attribute);
        if (DeclarationReader.Read(type, attribute, context.Compilation, new HintNames(), context.CancellationToken) is not { } declaration)
        {
            return;
        }

        ModelSpec? model = ModelReader.ToSpec(declaration);
        if (UnseenReport.Report(context, attribute, declaration, isValid: model is not null))
        {
            return;
        }

        if (model is not null)
        {
            NeverAssignedReport.Report(context, attribute);
            PooledScratchReport.Report(context, model, attribute);
            weights.Report(context, model, attribute);
            return;
        }

        foreach (Violation violation in ShapeRules.Check(declaration))
        {
            context.ReportDiagnostic(violation.ToDiagnostic(type.Name, violation.Locate(type, attribute, context.CancellationToken)));
        }
    }
}
