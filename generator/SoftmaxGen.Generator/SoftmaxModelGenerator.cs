using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using SoftmaxGen.Generator.Emitting;
using SoftmaxGen.Generator.Emitting.Curvature;
using SoftmaxGen.Generator.Emitting.Kernels;
using SoftmaxGen.Generator.Emitting.Rows;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Reading;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator;

/// <summary>
/// Writes the other part of every class that bears <c>[SoftmaxModel]</c>. The stages, in order: read the declaration
/// (<see cref="ModelReader"/>), plan its kernels (<see cref="KernelPlanner"/>), print the plan (<see cref="ModelEmitter"/>,
/// <see cref="RowsEmitter"/>, <see cref="KernelsEmitter"/>, <see cref="CurvatureEmitter"/>). Each hands on values that compare by content, so that an edit elsewhere runs no later stage.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SoftmaxModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        foreach (string attribute in ModelAttribute.MetadataNames)
        {
            Register(context, attribute);
        }
    }

    private static void Register(IncrementalGeneratorInitializationContext context, string attribute)
    {
        IncrementalValuesProvider<ModelSpec> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(attribute, static (node, _) => node is TypeDeclarationSyntax, ModelReader.Read)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(TrackingNames.Models);

        IncrementalValuesProvider<KernelPlan> plans = models
            .Select(Plan)
            .WithTrackingName(TrackingNames.Plans);

        context.RegisterSourceOutput(plans, Emit);
        PretrainedPipeline.Register(context, plans);
    }

    private static KernelPlan Plan(ModelSpec model, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var culture = InvariantCulture.Enter();
        return KernelPlanner.Plan(model);
    }

    private static void Emit(SourceProductionContext context, KernelPlan plan)
    {
        using var culture = InvariantCulture.Enter();
        string stem = plan.Model.Type.HintName;
        AddSource(context, $"{stem}.g.cs", ModelEmitter.Emit(plan));
        if (plan.Model.Row is { } row)
        {
            AddSource(context, $"{stem}.Rows.g.cs", RowsEmitter.Emit(plan, row));
        }

        AddSource(context, $"{stem}.Kernels.g.cs", KernelsEmitter.Emit(plan));
        AddSource(context, $"{stem}.Curvature.g.cs", CurvatureEmitter.Emit(plan));
    }

    private static void AddSource(SourceProductionContext context, string hintName, string source)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        context.AddSource(hintName, SourceText.From(source, Encoding.UTF8));
    }
}
