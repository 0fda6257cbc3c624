using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>What adds row-major rows without packing them, at the widths that have a form of it.</summary>
internal static class UnpackedEmitter
{
    /// <summary>Prints the parameters of what adds blocks of rows.</summary>
    public static string Parameters(KernelPlan plan)
    {
        string reference = $"ref {plan.Scalar}";
        return $"{reference} x, ref int labels, {reference} w, {reference} blocks, {reference} unpacked, ref double g, {reference} loss, nint end";
    }

    /// <summary>The emitter of a width; null where it packs all rows.</summary>
    public static IUnpackedStage? Of(SourceWriter writer, KernelPlan plan, WidthPlan width) => width.Unpacked switch
    {
        DirectPlan direct => new DirectStageEmitter(writer, plan, width, direct),
        ShortRowsPlan shortRows => new ShortRowsStageEmitter(writer, plan, width, shortRows),
        _ => null,
    };
}
