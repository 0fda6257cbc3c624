using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>How generated code names the parts of its scratch, which is reserved in doubles.</summary>
internal static class ScratchText
{
    /// <summary>A reference to the model's type at an offset in doubles.</summary>
    public static string Part(KernelPlan plan, int offset)
    {
        string part = offset == 0 ? "scratch" : $"At(ref scratch, {offset})";
        return plan.Model.Precision == Precision.Double ? part : $"Unsafe.As<double, float>(ref {part})";
    }
}
