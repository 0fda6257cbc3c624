using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SoftmaxGen.Generator.Emitting;
using SoftmaxGen.Generator.Emitting.Rows;
using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Reading;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator;

/// <summary>
/// Writes the other part of every class that bears <c>[SoftmaxModel]</c>. The stages, in order: find and read the declarations
/// (<see cref="ModelFinder"/>), plan their kernels (<see cref="KernelPlanner"/>), print the plans (<see cref="ModelEmitter"/>,
/// <see cref="RowsEmitter"/>, <see cref="KernelsEmitter"/>). Each hands on values that compare by content, so that an
/// edit elsewhere runs no later stage.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SoftmaxModelGenerator : IIncrementalGenerator
{
    private readonly int? _onlyBits;

    /// <summary>Makes a generator that writes kernels for every vector width: where the code will run is not known.</summary>
    public SoftmaxModelGenerator()
    {
    }

    /// <summary>Makes a generator whose code runs in this process, where the widest vectors are known: the others' kernels are left out.</summary>
    /// <param name="onlyBits">The bits of the widest vectors that the hardware has.</param>
    internal SoftmaxModelGenerator(int onlyBits) => _onlyBits = onlyBits;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        ModelFinder finder = new();
        IncrementalValuesProvider<ModelSpec> models = context.CompilationProvider
            .SelectMany(finder.Find)
            .WithTrackingName(TrackingNames.Files)
            .SelectMany(static (file, _) => file)
            .WithTrackingName(TrackingNames.Models);

        IncrementalValuesProvider<KernelPlan> plans = models
            .Select(Plan)
            .WithTrackingName(TrackingNames.Plans);

        context.RegisterSourceOutput(plans, Emit);
        PretrainedPipeline.Register(context, plans);
        DeclinedPipeline.Register(context, finder);
    }

    private KernelPlan Plan(ModelSpec model, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var culture = InvariantCulture.Enter();
        return KernelPlanner.Plan(model) with { OnlyBits = _onlyBits };
    }

    private static void Emit(SourceProductionContext context, KernelPlan plan)
    {
        using var culture = InvariantCulture.Enter();
        string stem = plan.Model.Type.HintName;
        AddSource(context, $"{stem}.g.cs", ModelEmitter.Emit(plan));
        if (plan.Rows is { } rows)
        {
            AddSource(context, $"{stem}.Rows.g.cs", RowsEmitter.Emit(plan, rows));
        }

        AddSource(context, $"{stem}.Kernels.g.cs", KernelsEmitter.Emit(plan));
        foreach (WidthPlan width in plan.Widths.Where(plan.IsEmitted))
        {
            AddSource(context, $"{stem}.Kernels{width.Bits}.g.cs", KernelsEmitter.EmitWidth(plan, width));
        }
    }

    private static void AddSource(SourceProductionContext context, string hintName, string source)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        context.AddSource(hintName, SourceText.From(source, Encoding.UTF8));
    }
}
