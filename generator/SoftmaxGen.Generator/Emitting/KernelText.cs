namespace SoftmaxGen.Generator.Emitting;

/// <summary>The attributes of kernels, whose namespace imports <c>MethodImplOptions</c>.</summary>
internal static class KernelText
{
    public const string Inline = "[MethodImpl(AggressiveInlining)]";

    // The stages: optimised at the first call. A first fit is over before the tiers are, and unoptimised vector code is a hundred times slower.
    public const string Optimize = "[MethodImpl(AggressiveOptimization)]";

    public const string NoInline = "[MethodImpl(NoInlining)]";

    // Optimised at the first call, and part of its caller.
    public const string OptimizeInline = "[MethodImpl(AggressiveOptimization | AggressiveInlining)]";

    // Optimised at the first call, and a method of its own, however small it is.
    public const string OptimizeApart = "[MethodImpl(AggressiveOptimization | NoInlining)]";
}
