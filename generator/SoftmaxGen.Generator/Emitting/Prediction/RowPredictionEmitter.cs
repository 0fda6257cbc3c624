using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>
/// The prediction of one row: lanes are classes, features are broadcast against the columns of the weights. All products, or the live ones alone: then the
/// kernels bear other names, and share what does not depend on the weights with those of all products.
/// </summary>
internal static class RowPredictionEmitter
{
    /// <summary>Emits the kernels that multiply all weights, and what they share with those of the live ones.</summary>
    public static void Emit(SourceWriter writer, KernelPlan plan, WidthPlan width, RowTile row)
    {
        IRowForm form = Form(writer, plan, width, row, new RowSumsEmitter(writer, plan, row.UnrolledFeatures), RowKernel.All);
        EmitKernels(writer, form);
        form.EmitShared();
    }

    /// <summary>Emits the kernels that multiply live weights alone.</summary>
    public static void EmitSparse(SourceWriter writer, KernelPlan plan, WidthPlan width, LiveProducts live) =>
        EmitKernels(writer, Form(writer, plan, width, width.Row!, new LiveSumsEmitter(writer, plan, live), RowKernel.Sparse));

    private static IRowForm Form(SourceWriter writer, KernelPlan plan, WidthPlan width, RowTile row, IRowSums sums, string prefix) =>
        plan.Prediction.InRegisters
            ? new RegisterRowEmitter(writer, plan, width, row, sums, prefix)
            : new MemoryRowEmitter(writer, plan, width, row, sums, prefix);

    private static void EmitKernels(SourceWriter writer, IRowForm form)
    {
        form.EmitBest(withProbability: false);
        writer.BlankLine();
        form.EmitBest(withProbability: true);
        writer.BlankLine();
        form.EmitScores();
        writer.BlankLine();
        form.EmitProbabilities();
    }
}
