using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>What adds row-major rows without packing them: the kernels of a width, and their part of the driver.</summary>
internal sealed class UnpackedEmitter(SourceWriter writer, KernelPlan plan, WidthPlan width, UnpackedForm form)
{
    private readonly string _ref = $"ref {plan.Scalar}";
    private readonly IUnpackedStage _stage = form switch
    {
        DirectPlan direct => new DirectStageEmitter(writer, plan, width, direct),
        _ => new ShortRowsStageEmitter(writer, plan, width, (ShortRowsPlan)form),
    };

    private string Condition => $"Vector{width.Bits}.IsHardwareAccelerated";

    /// <summary>The emitter of a width; null where it packs all rows.</summary>
    public static UnpackedEmitter? Of(SourceWriter writer, KernelPlan plan, WidthPlan width) =>
        width.Unpacked is { } form ? new UnpackedEmitter(writer, plan, width, form) : null;

    /// <summary>Prints the kernels.</summary>
    public void EmitKernels()
    {
        _stage.EmitPreparation();
        EmitAddBlocks();
        writer.BlankLine();
        _stage.EmitStage();
    }

    /// <summary>Prints the driver's call of what prepares weights.</summary>
    public void EmitPrepare()
    {
        if (_stage.Preparation is { } method)
        {
            writer.Block($"if ({Condition})", $"{KernelShell.Width(width.Bits)}.{method}(wideWeights, ref scratch);");
            writer.BlankLine();
        }
    }

    /// <summary>Prints the driver of the rows that are not packed.</summary>
    public void EmitDriver()
    {
        writer.Open($"""
            // Adds row-major rows without packing them, from a row on, and returns the first that is to be packed: it has scores beyond the
            // exponential's range or shares a block with such a row, or it is one of the last, which do not fill a block.
            private static int AddUnpacked(ReadOnlySpan<{plan.Scalar}> rows, ReadOnlySpan<int> labels, int first, ref double loss, ref double scratch)
            """);
        writer.Open($"while ({Condition} && labels.Length - first >= {plan.BlockRows})");
        writer.Write($"""
            int blocks = Math.Min({form.TileBlocks}, (labels.Length - first) / {plan.BlockRows});
            {_ref} x = ref At(ref MemoryMarshal.GetReference(rows), (nint)first * {plan.Features});
            ref int y = ref Unsafe.Add(ref MemoryMarshal.GetReference(labels), first);
            int added = {KernelShell.Width(width.Bits)}.AddBlocks(ref x, ref y, blocks, ref scratch, ref loss);
            first += added * {plan.BlockRows};
            """);
        writer.Block("if (added < blocks)", "break;");
        writer.Close();
        writer.BlankLine();
        writer.Write("return first;");
        writer.Close();
    }

    private void EmitAddBlocks()
    {
        writer.Open($"""
            // Adds blocks of row-major rows to the gradient sums and the loss, up to the first with a row beyond the exponential's range; returns how many.
            {KernelText.Optimize}
            internal static int AddBlocks({_ref} x, ref int labels, int blocks, ref double scratch, ref double lossSum)
            """);
        writer.Write($"""
            {_ref} loss = ref {ScratchText.Part(plan, plan.Packed.Loss)};{_stage.Locals}
            Store(One(), ref loss, 0);
            Store(Zero(), ref loss, {plan.BlockRows});
            Store(Zero(), ref loss, {2 * plan.BlockRows});
            int added = (int){_stage.Call};
            lossSum += {TileEmitter.Loss(plan)};
            """);
        _stage.EmitAddSums();
        writer.Write("return added;");
        writer.Close();
    }
}
