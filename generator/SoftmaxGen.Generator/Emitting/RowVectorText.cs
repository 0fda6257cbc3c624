using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>Where generated code finds the row vector numbered <c>vector</c>: vectors narrower than a block's 64 bytes share its blocks.</summary>
internal static class RowVectorText
{
    /// <summary>The offset of the row vector in an array with so many row vectors per block.</summary>
    public static string Offset(KernelPlan plan, WidthPlan width, int vectorsPerBlock) => width.VectorsPerBlock == 1
        ? $"vector * {vectorsPerBlock * plan.BlockRows}"
        : $"(vector / {width.VectorsPerBlock} * {vectorsPerBlock * plan.BlockRows}) + (vector % {width.VectorsPerBlock} * {width.Lanes})";

    /// <summary>The number of row vectors of so many blocks.</summary>
    public static string Count(WidthPlan width) => width.VectorsPerBlock == 1 ? "blocks" : $"(nint)blocks * {width.VectorsPerBlock}";
}
