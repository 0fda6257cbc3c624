using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>
/// Predictions that skip the zeros among baked weights, and how an instance comes by them. The members know of them by partial methods alone: these are
/// implemented beside the weights when the weights have zeros enough, and calls of those that are not implemented are not compiled. So no weight
/// changes any file but its own.
/// </summary>
internal sealed class ZeroSkippingEmitter(SourceWriter writer, KernelPlan plan)
{
    private readonly string _ref = $"ref {plan.Scalar}";

    /// <summary>The field of the instance whose zeros are skipped.</summary>
    public const string Field = "__softmaxSkipsZeros";

    /// <summary>Whether there are hooks: whether the baked weights, whatever they are, may be such that zeros are skipped.</summary>
    public static bool HasHooks(KernelPlan plan) => plan.Model.Weights is not null && plan.Prediction.MaySkipZeros;

    /// <summary>The call of a kernel that predicts a row, by the hook where there is one.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="name">The kernel's name.</param>
    /// <param name="row">The row.</param>
    /// <param name="target">The argument for the target, if any, with its comma.</param>
    public static string Call(KernelPlan plan, string name, string row, string target = "") => HasHooks(plan)
        ? $"__SoftmaxRow{name}({row}{target})"
        : $"{KernelShell.DriverOf(plan)}.{RowKernel.All}{name}({row}, {PredictionText.FirstColumn}{target})";

    /// <summary>Emits the hooks and those who ask them.</summary>
    public void EmitHooks()
    {
        writer.Write("""
            // One row. Baked weights with many zeros have kernels of their own, which answer for the instance that has these weights; see the file with the
            // weights. Where there are none, the hook is not implemented and its call not compiled.
            """);
        foreach (RowKernel kernel in RowKernel.Kernels)
        {
            writer.Open($"""
                {Names.Inline}
                private {kernel.Result} __SoftmaxRow{kernel.Name}({_ref} x{kernel.TargetParameter(plan)})
                """);
            writer.Write($"{kernel.Result}? {kernel.Answer} = null;");
            if (kernel.Modifier == "out")
            {
                writer.Write($"{kernel.Target} = 0;");
            }

            writer.Write($"""
                {Hook(kernel)}(ref x{HookArgument(kernel)}, ref {kernel.Answer});
                return {kernel.Answer} ?? {KernelShell.DriverOf(plan)}.{RowKernel.All}{kernel.Name}(ref x, {PredictionText.FirstColumn}{kernel.TargetArgument});
                """);
            writer.Close();
            writer.BlankLine();
            writer.Write($"{HookSignature(kernel)};");
            writer.BlankLine();
        }
    }

    /// <summary>Emits what implements the hooks.</summary>
    public void EmitImplementations()
    {
        writer.BlankLine();
        writer.Write($"""
            // Whether this is the instance whose weights the kernels below know.
            private bool {Field};
            """);
        foreach (RowKernel kernel in RowKernel.Kernels)
        {
            writer.BlankLine();
            EmitImplementation(kernel);
        }
    }

    /// <summary>Emits the kernels.</summary>
    /// <param name="lives">The live products at the widths at which zeros are skipped; one at least.</param>
    public void EmitKernels(IReadOnlyList<LiveProducts> lives)
    {
        foreach (LiveProducts live in lives)
        {
            WidthPlan width = plan.Widths.Single(width => width.Bits == live.Bits);
            writer.BlankLine();
            KernelShell.OpenWidth(writer, plan, width);
            writer.Write($"// {live.Count} of {live.All} products of a feature and a vector of classes; the weights of the others are all 0.");
            RowPredictionEmitter.EmitSparse(writer, plan, width, live);
            KernelShell.Close(writer);
        }

        writer.BlankLine();
        EmitDispatch(lives);
    }

    private void EmitImplementation(RowKernel kernel)
    {
        writer.Open($"""
            {Names.Inline}
            {HookSignature(kernel)}
            """);
        writer.Open($"if ({Field})");
        string arguments = $"ref x, {PredictionText.FirstColumn}{kernel.TargetArgument}";
        writer.Write($"{kernel.Answer} = {KernelShell.DriverOf(plan)}.{RowKernel.Sparse}{kernel.Name}({arguments});");
        writer.Close();
        writer.Close();
    }

    private void EmitDispatch(IReadOnlyList<LiveProducts> lives)
    {
        KernelShell.OpenDriver(writer, plan);
        RowPredictionEmitter.EmitDispatch(writer, plan, RowKernel.Sparse, bits => lives.Any(live => live.Bits == bits) ? RowKernel.Sparse : RowKernel.All);
        KernelShell.Close(writer);
    }

    private static string Hook(RowKernel kernel) => $"__Softmax{RowKernel.Sparse}{kernel.Name}";

    // A partial method that need not be implemented has no parameter by out.
    private static string HookArgument(RowKernel kernel) => kernel.TargetArgument.Replace("out ", "ref ");

    private string HookSignature(RowKernel kernel) =>
        $"partial void {Hook(kernel)}({_ref} x{kernel.TargetParameter(plan).Replace("out ", "ref ")}, ref {kernel.Result}? {kernel.Answer})";
}
