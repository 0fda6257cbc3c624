using SoftmaxGen.Generator.Planning;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>The full names that generated code uses: a user's own names can never take their place.</summary>
internal static class Names
{
    public const string GeneratedCode = "[global::System.CodeDom.Compiler.GeneratedCode(\"SoftmaxGen\", \"0.1.0\")]";

    public const string Unsafe = "global::System.Runtime.CompilerServices.Unsafe";
    public const string Marshal = "global::System.Runtime.InteropServices.MemoryMarshal";
    public const string Inline =
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]";

    // Optimised at the first call: a program that predicts a few thousand times is over before the tiers are.
    public const string Optimize =
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]";

    // The same where its caller has no room for it.
    public const string OptimizeInline =
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization "
        + "| global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]";

    // The same, and a method of its own: the first prediction would compile it twice.
    public const string OptimizeApart =
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization "
        + "| global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]";

    public const string NoInline = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]";

    public const string Support = "global::SoftmaxGen.CompilerServices";
    public const string Evaluation = "global::SoftmaxGen.Evaluation";
    public const string FeatureMoments = "global::SoftmaxGen.FeatureMoments";

    /// <summary>The interface that a model implements: that of every model, or that of models with the labels and rows of a program's own.</summary>
    public static string Interface(KernelPlan plan, string? label = null, string? row = null)
    {
        string own = string.Concat(new[] { label, row }.Select(static type => type is null ? "" : ", " + type));
        return $"global::SoftmaxGen.ISoftmaxModel<{plan.Model.Type.SelfReference}, {plan.Scalar}{own}>";
    }

    /// <summary>The interface of what predicts, whatever the class of the model.</summary>
    public static string Predictor(KernelPlan plan) => $"global::SoftmaxGen.ISoftmaxPredictor<{plan.Scalar}>";

    public static string TrainingSet(KernelPlan plan) => $"global::SoftmaxGen.TrainingSet<{plan.Model.Type.SelfReference}, {plan.Scalar}>";

    public static string TrainingResult(KernelPlan plan) => $"global::SoftmaxGen.TrainingResult<{plan.Model.Type.SelfReference}>";

    public static string Span(string element) => $"global::System.Span<{element}>";

    public static string ReadOnlySpan(string element) => $"global::System.ReadOnlySpan<{element}>";
}
