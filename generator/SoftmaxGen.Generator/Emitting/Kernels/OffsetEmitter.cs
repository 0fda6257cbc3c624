using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting.Kernels;

/// <summary>How generated code steps through memory: by element offsets from a reference, so that it needs no pointers.</summary>
internal static class OffsetEmitter
{
    public static void Emit(SourceWriter writer, KernelPlan plan)
    {
        Emit(writer, "double");
        if (plan.Model.Precision != Precision.Double)
        {
            Emit(writer, plan.Scalar);
        }
    }

    private static void Emit(SourceWriter writer, string scalar)
    {
        writer.BlankLine();
        writer.Write($"""
            {Names.Inline}
            private static ref {scalar} At(ref {scalar} origin, nint offset) =>
                ref {Names.Unsafe}.Add(ref origin, offset);
            """);
    }
}
