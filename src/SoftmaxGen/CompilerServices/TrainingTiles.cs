using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// The loss of a model and its gradient, by the generated stages of a tile. Arguments are checked here, once a call. The library reserves the scratch:
/// generated code could reserve it only cleared, unless its project allowed unsafe code. For generated code alone.
/// </summary>
/// <typeparam name="TPlan">The sizes of the model and its tiles.</typeparam>
/// <typeparam name="TKernels">The stages at the widest vectors that the hardware has.</typeparam>
/// <typeparam name="T">The type of the features.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Generated code names the type once for each of its members.")]
public static class TrainingTiles<TPlan, TKernels, T>
    where TPlan : struct, IKernelPlan
    where TKernels : struct, ITileKernels<TPlan, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static int ParameterCount
    {
        [MethodImpl(AggressiveInlining)]
        get => TPlan.Classes * (TPlan.Features + 1);
    }

    /// <summary>Adds the loss and the gradient of packed rows to running sums.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major; finite.</param>
    /// <param name="rows">The packed rows.</param>
    /// <param name="gradientSum">The sum to add to, <c>C x (m+1)</c>, row-major.</param>
    /// <returns>The sum of the rows' weighted losses.</returns>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    [SkipLocalsInit]
    [MethodImpl(AggressiveOptimization)]
    public static double Accumulate(ReadOnlySpan<double> weights, PackedRows<T> rows, Span<double> gradientSum)
    {
        Guard.Plan<TPlan>();
        Guard.Accumulation(weights, ParameterCount, rows, TPlan.Features, gradientSum, ParameterCount, nameof(gradientSum));
        if (TPlan.RentsScratch)
        {
            return AccumulateOnRentedScratch(weights, rows, gradientSum);
        }

        Span<double> reserved = stackalloc double[Guard.Stack(Layout(TPlan.TileBlocks).PackedLength())];
        return TileLoop<TPlan, TKernels, T>.AddPacked(weights, rows, gradientSum, ref MemoryMarshal.GetReference(Scratch.Align(reserved)));
    }

    /// <summary>Computes the mean loss and its gradient over row-major rows.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="labels">The labels, <c>n</c>, as the kernels know them.</param>
    /// <param name="gradient">Receives the gradient, <c>C x (m+1)</c>, row-major.</param>
    /// <returns>The mean loss; not finite where a feature is not.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, there is no row, the gradient overlaps what is read, a label is out of range, or a weight is not finite.
    /// </exception>
    [SkipLocalsInit]
    [MethodImpl(AggressiveOptimization)]
    public static double LossAndGradient(ReadOnlySpan<T> weights, ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, Span<T> gradient)
    {
        Guard.Plan<TPlan>();
        Guard.Length(weights.Length, ParameterCount, nameof(weights));
        Guard.Finite(weights, nameof(weights));
        Guard.Length(labels.Length, Guard.AtLeastOneRow(rows.Length, TPlan.Features, nameof(rows)), nameof(labels));
        Guard.Labels(labels, TPlan.FirstLabel, TPlan.Classes, nameof(labels));
        Guard.Length(gradient.Length, ParameterCount, nameof(gradient));
        Guard.Apart<T>(weights, gradient, nameof(gradient), nameof(weights));
        Guard.Apart<T>(rows, gradient, nameof(gradient), nameof(rows));
        if (TPlan.RentsScratch)
        {
            return LossOnRentedScratch(weights, rows, labels, gradient);
        }

        Span<double> reserved = stackalloc double[Guard.Stack(RowMajorLength())];
        return TileLoop<TPlan, TKernels, T>.AddRowMajor(weights, rows, labels, gradient, ref MemoryMarshal.GetReference(Scratch.Align(reserved)));
    }

    /// <summary>The layout of the scratch.</summary>
    [MethodImpl(AggressiveInlining)]
    internal static ScratchLayout Layout(int tileBlocks) => new(
        Unsafe.SizeOf<T>(), TPlan.Classes - 1, TPlan.Features, TPlan.SumStride, tileBlocks, TKernels.HasLabelStage ? TPlan.TileBlocks : 0);

    [MethodImpl(AggressiveOptimization)]
    private static double AccumulateOnRentedScratch(ReadOnlySpan<double> weights, PackedRows<T> rows, Span<double> gradientSum)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(Layout(TPlan.TileBlocks).PackedLength());
        try
        {
            return TileLoop<TPlan, TKernels, T>.AddPacked(weights, rows, gradientSum, ref MemoryMarshal.GetReference(Scratch.Align(rented)));
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    [MethodImpl(AggressiveOptimization)]
    private static double LossOnRentedScratch(ReadOnlySpan<T> weights, ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, Span<T> gradient)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(RowMajorLength());
        try
        {
            return TileLoop<TPlan, TKernels, T>.AddRowMajor(weights, rows, labels, gradient, ref MemoryMarshal.GetReference(Scratch.Align(rented)));
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static int RowMajorLength() => Layout(TPlan.RowMajorTileBlocks).RowMajorLength(Guard.Stack(TKernels.UnpackedDoubles));
}
