using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// Lends generated code the stack that tiles of rows need. Generated code could reserve it only cleared, unless its project allowed unsafe code: at
/// 4 KiB that took 46 ns, more than half as long as the prediction of eight rows of 10 x 16, and a quarter of a gradient over 150 rows of 3 x 4.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TileScratch
{
    private const int MostDoubles = (BlockLayout.MostScratchBytes / sizeof(double)) + Scratch.Slack;

    /// <summary>Predicts rows with some stack to work in.</summary>
    /// <typeparam name="TPredictor">What predicts.</typeparam>
    /// <typeparam name="T">The type of the features.</typeparam>
    /// <typeparam name="TResult">The type of what is predicted.</typeparam>
    /// <param name="doubles">The length of the scratch in doubles, <see cref="Scratch.Slack"/> included; at most 1 MiB.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="weights">The first weight of the model.</param>
    /// <param name="columns">The first weight of their second copy.</param>
    /// <param name="results">Receives the labels or the probabilities of the rows.</param>
    /// <returns>The number of rows that are predicted.</returns>
    [SkipLocalsInit]
    public static int Predict<TPredictor, T, TResult>(int doubles, ReadOnlySpan<T> rows, ref T weights, ref T columns, Span<TResult> results)
        where TPredictor : struct, ITilePredictor<T, TResult>
        where T : unmanaged
    {
        Span<double> reserved = stackalloc double[Checked(doubles)];
        ref double first = ref MemoryMarshal.GetReference(Scratch.Align(reserved));
        return TPredictor.Predict(rows, ref weights, ref columns, results, ref Unsafe.As<double, T>(ref first));
    }

    /// <summary>Adds up over rows with some stack to work in.</summary>
    /// <typeparam name="TAccumulator">What adds up.</typeparam>
    /// <typeparam name="T">The type of the features.</typeparam>
    /// <param name="doubles">The length of the scratch in doubles, <see cref="Scratch.Slack"/> included; at most 1 MiB.</param>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major; finite.</param>
    /// <param name="rows">The packed rows.</param>
    /// <param name="sum">The sum to add to.</param>
    /// <returns>The sum of the rows' weighted losses.</returns>
    [SkipLocalsInit]
    public static double Accumulate<TAccumulator, T>(int doubles, ReadOnlySpan<double> weights, PackedRows<T> rows, Span<double> sum)
        where TAccumulator : struct, ITileAccumulator<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<double> reserved = stackalloc double[Checked(doubles)];
        return TAccumulator.Accumulate(weights, rows, sum, ref MemoryMarshal.GetReference(Scratch.Align(reserved)));
    }

    /// <summary>Computes a mean loss and its gradient with some stack to work in.</summary>
    /// <typeparam name="TLoss">What computes them.</typeparam>
    /// <typeparam name="T">The type of the features.</typeparam>
    /// <param name="doubles">The length of the scratch in doubles, <see cref="Scratch.Slack"/> included; at most 1 MiB.</param>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major; finite.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="labels">The labels, <c>n</c>; all of them in range.</param>
    /// <param name="gradient">Receives the gradient, <c>C x (m+1)</c>, row-major.</param>
    /// <returns>The mean loss.</returns>
    [SkipLocalsInit]
    public static double LossAndGradient<TLoss, T>(int doubles, ReadOnlySpan<T> weights, ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, Span<T> gradient)
        where TLoss : struct, ITileLoss<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<double> reserved = stackalloc double[Checked(doubles)];
        return TLoss.LossAndGradient(weights, rows, labels, gradient, ref MemoryMarshal.GetReference(Scratch.Align(reserved)));
    }

    // As much as a model may be allowed; more, or less than nothing, would end the process.
    private static int Checked(int doubles) =>
        (uint)doubles <= MostDoubles ? doubles : throw new ArgumentOutOfRangeException(nameof(doubles), doubles, "The scratch of a kernel is at most 1 MiB.");
}
