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

    /// <summary>Emits the kernels that add up the terms of a row.</summary>
    public static void EmitTerms(SourceWriter writer, KernelPlan plan, WidthPlan width, RowTile row, RowPlan rows) =>
        EmitKernels(writer, Form(writer, plan, width, row, new TermSumsEmitter(writer, plan, rows), RowKernel.Terms));

    /// <summary>Emits the drivers that choose the vector width.</summary>
    /// <param name="writer">Takes the code.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="prefix">How the names of the drivers begin.</param>
    /// <param name="kernelPrefix">How those of the kernels of a width begin.</param>
    /// <param name="more">The parameters besides the features and the weights, each with the comma before it.</param>
    public static void EmitDispatch(SourceWriter writer, KernelPlan plan, string prefix, Func<int, string> kernelPrefix, string more = "")
    {
        var dispatch = new DispatchEmitter(writer, plan);
        foreach (RowKernel kernel in RowKernel.Kernels)
        {
            if (kernel != RowKernel.Kernels[0])
            {
                writer.BlankLine();
            }

            string parameters = $"ref {plan.Scalar} x, ref {plan.Scalar} w{more}{kernel.TargetParameter(plan)}";
            Func<int, string> callee = bits => $"{KernelShell.Width(bits)}.{kernelPrefix(bits)}{kernel.Name}";
            dispatch.Emit(kernel.Result, prefix + kernel.Name, parameters, plan.Prediction.WidestBits, callee);
        }
    }

    private static IRowForm Form(SourceWriter writer, KernelPlan plan, WidthPlan width, RowTile row, IRowSums sums, string prefix) =>
        plan.Prediction.InRegisters(width.Target)
            ? new RegisterRowEmitter(writer, plan, width, row, sums, prefix)
            : new MemoryRowEmitter(writer, plan, width, row, sums, prefix);

    private static void EmitKernels(SourceWriter writer, IRowForm form)
    {
        form.EmitSums();
        form.EmitBest(withProbability: false);
        writer.BlankLine();
        form.EmitBest(withProbability: true);
        writer.BlankLine();
        form.EmitScores();
        writer.BlankLine();
        form.EmitProbabilities();
    }
}
