using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SoftmaxGen.Generator.Analyzers;
using SoftmaxGen.Generator.Emitting;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Reading.Weights;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator;

/// <summary>
/// The branch of the pipeline that bakes weights in: read the additional files that models name (<see cref="WeightsReader"/>), give each model its own
/// (<see cref="WeightsRules"/>), print (<see cref="PretrainedEmitter"/>). A file is read again when it changes, and no other file is.
/// </summary>
internal static class PretrainedPipeline
{
    /// <summary>Adds the branch.</summary>
    /// <param name="context">The pipeline.</param>
    /// <param name="plans">The plans of all models.</param>
    public static void Register(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<KernelPlan> plans)
    {
        IncrementalValuesProvider<KernelPlan> baked = plans.Where(static plan => plan.Model.Weights is not null);

        IncrementalValueProvider<EquatableArray<string>> names = baked
            .Select(static (plan, _) => plan.Model.Weights!)
            .Collect()
            .Select(static (all, _) => new EquatableArray<string>(all));

        IncrementalValueProvider<ImmutableArray<WeightsDocument>> documents = context.AdditionalTextsProvider
            .Combine(names)
            .Where(static pair => pair.Right.Any(name => WeightsPath.IsNamed(pair.Left.Path, name)))
            .Select(static (pair, cancellationToken) => WeightsReader.Read(pair.Left.Path, pair.Left.GetText(cancellationToken), cancellationToken))
            .WithTrackingName(TrackingNames.WeightsFiles)
            .Collect();

        IncrementalValuesProvider<(KernelPlan Plan, WeightsVerdict Verdict)> verdicts = baked
            .Combine(documents)
            .Select(static (pair, _) => (Plan: pair.Left, Verdict: WeightsRules.Judge(pair.Left.Model, pair.Right)));

        IncrementalValuesProvider<(KernelPlan Plan, BakedWeights? Weights)> pretrained = verdicts
            .Where(static pair => pair.Verdict.Violation is null)
            .Select(static (pair, _) => (pair.Plan, pair.Verdict.Weights))
            .WithTrackingName(TrackingNames.Pretrained);

        context.RegisterSourceOutput(pretrained, static (output, pair) => Emit(output, pair.Plan, pair.Weights));

        IncrementalValuesProvider<(string Model, WeightsVerdict Verdict)> declined = verdicts
            .Where(static pair => pair.Verdict.Violation is not null)
            .Select(static (pair, _) => (pair.Plan.Model.Type.Name, pair.Verdict))
            .Combine(context.AnalyzerConfigOptionsProvider.Select(DeclinedPipeline.IsAsked))
            .Where(static pair => pair.Right)
            .Select(static (pair, _) => pair.Left);

        context.RegisterSourceOutput(declined, static (output, pair) => output.ReportDiagnostic(
            pair.Verdict.Violation!.ToDiagnostic(pair.Model.TrimStart('@'), WeightsReport.Place(pair.Verdict) ?? Location.None)));
    }

    // Without weights where the model does without the file.
    private static void Emit(SourceProductionContext context, KernelPlan plan, BakedWeights? weights)
    {
        using var culture = InvariantCulture.Enter();
        context.CancellationToken.ThrowIfCancellationRequested();
        string source = weights is null ? PretrainedEmitter.EmitMissing(plan) : PretrainedEmitter.Emit(plan, weights, LiveProducts.Choose(plan, weights));
        context.AddSource($"{plan.Model.Type.HintName}.Pretrained.g.cs", SourceText.From(source, Encoding.UTF8));
    }
}
