using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// Predictions of many rows: whole blocks go in tiles, until one is unusual, because a score is not finite or the scores of a row are very far apart; its rows,
/// and those that fill no block, one by one. For generated code alone.
/// </summary>
/// <typeparam name="TKernels">The stages of a tile.</typeparam>
/// <typeparam name="TLabels">The labels of the model.</typeparam>
/// <typeparam name="TLabel">The type of a label.</typeparam>
/// <typeparam name="T">The type of the features.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Generated code names the type once for each of its members.")]
public static class PredictionTiles<TKernels, TLabels, TLabel, T>
    where TKernels : struct, IPredictionKernels<T>
    where TLabels : struct, IModelLabels<TLabel>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static int BlockRows
    {
        [MethodImpl(AggressiveInlining)]
        get => PackedRows<T>.BlockRows;
    }

    private static int TileRows
    {
        [MethodImpl(AggressiveInlining)]
        get => TKernels.BatchBlocks * BlockRows;
    }

    // Behind the scores of a tile, of whose blocks each has two more vectors.
    private static int PackedBlock
    {
        [MethodImpl(AggressiveInlining)]
        get => TKernels.BatchBlocks * (TKernels.Classes + BlockLayout.ExtraVectors) * BlockRows;
    }

    /// <summary>Finds the most probable class of each row.</summary>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="labels">Receives the labels, <c>n</c>.</param>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="columns">Their second copy, made by <see cref="PredictionWeights"/>.</param>
    /// <param name="firstRow">The number of the first row, for messages.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a feature is not finite, or a score overflows.</exception>
    [MethodImpl(AggressiveOptimization)]
    public static void Labels(ReadOnlySpan<T> rows, Span<TLabel> labels, T[] weights, T[] columns, int firstRow = 0)
    {
        Guard.Plan<TKernels>();
        Guard.Length(weights.Length, TKernels.Classes * (TKernels.Features + 1), nameof(weights));
        PredictionWeights.Check(columns, TKernels.ColumnsLength);
        Guard.Length(labels.Length, Guard.WholeRows(rows.Length, TKernels.Features, nameof(rows)), nameof(labels));
        ref T firstColumn = ref PredictionWeights.First(columns);
        int whole = TKernels.BatchBlocks == 0 ? 0 : labels.Length / BlockRows * BlockRows;
        int first = 0;
        while (first < whole)
        {
            first += LabelsOfTiles(rows[(first * TKernels.Features)..(whole * TKernels.Features)], labels[first..whole], weights, ref firstColumn);
            int unusual = Math.Min(TileRows, whole - first);
            ReadOnlySpan<T> unusualRows = rows.Slice(first * TKernels.Features, unusual * TKernels.Features);
            LabelsOneByOne(unusualRows, labels.Slice(first, unusual), weights, ref firstColumn, firstRow + first);
            first += unusual;
        }

        LabelsOneByOne(rows[(whole * TKernels.Features)..], labels[whole..], weights, ref firstColumn, firstRow + whole);
    }

    /// <summary>Computes the probabilities of each row.</summary>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="probabilities">Receives the probabilities, <c>n x C</c>, row-major.</param>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="columns">Their second copy, made by <see cref="PredictionWeights"/>.</param>
    /// <param name="firstRow">The number of the first row, for messages.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, the memory of the two overlaps, a feature is not finite, or a score overflows.
    /// </exception>
    [MethodImpl(AggressiveOptimization)]
    public static void Probabilities(ReadOnlySpan<T> rows, Span<T> probabilities, T[] weights, T[] columns, int firstRow = 0)
    {
        Guard.Plan<TKernels>();
        Guard.Length(weights.Length, TKernels.Classes * (TKernels.Features + 1), nameof(weights));
        PredictionWeights.Check(columns, TKernels.ColumnsLength);
        int count = Guard.WholeRows(rows.Length, TKernels.Features, nameof(rows));
        Guard.Length(probabilities.Length, (long)TKernels.Classes * count, nameof(probabilities));
        Guard.Apart<T>(rows, probabilities, nameof(probabilities), nameof(rows));
        ref T firstColumn = ref PredictionWeights.First(columns);
        int whole = TKernels.BatchBlocks == 0 ? 0 : count / BlockRows * BlockRows;
        int first = 0;
        while (first < whole)
        {
            ReadOnlySpan<T> left = rows[(first * TKernels.Features)..(whole * TKernels.Features)];
            first += ProbabilitiesOfTiles(left, probabilities[(first * TKernels.Classes)..(whole * TKernels.Classes)], weights, ref firstColumn);
            int unusual = Math.Min(TileRows, whole - first);
            ReadOnlySpan<T> unusualRows = rows.Slice(first * TKernels.Features, unusual * TKernels.Features);
            Span<T> results = probabilities.Slice(first * TKernels.Classes, unusual * TKernels.Classes);
            ProbabilitiesOneByOne(unusualRows, results, weights, ref firstColumn, firstRow + first);
            first += unusual;
        }

        ProbabilitiesOneByOne(rows[(whole * TKernels.Features)..], probabilities[(whole * TKernels.Classes)..], weights, ref firstColumn, firstRow + whole);
    }

    // One tile after the other; returns the number of rows before one that is unusual.
    [SkipLocalsInit]
    [MethodImpl(AggressiveOptimization)]
    private static int LabelsOfTiles(ReadOnlySpan<T> rows, Span<TLabel> labels, T[] weights, ref T columns)
    {
        Span<double> reserved = stackalloc double[Guard.Stack(ScratchDoubles())];
        ref T scratch = ref Unsafe.As<double, T>(ref MemoryMarshal.GetReference(Scratch.Align(reserved)));
        for (int first = 0; first < labels.Length; first += TileRows)
        {
            int tileRows = Math.Min(TileRows, labels.Length - first);
            if (!Scores(rows, first, weights, ref columns, ref scratch, tileRows))
            {
                return first;
            }

            TKernels.BatchBest(ref scratch, tileRows / BlockRows);
            for (int row = 0; row < tileRows; row++)
            {
                labels[first + row] = TLabels.Of(T.ConvertToIntegerNative<int>(Unsafe.Add(ref scratch, row)));
            }
        }

        return labels.Length;
    }

    [SkipLocalsInit]
    [MethodImpl(AggressiveOptimization)]
    private static int ProbabilitiesOfTiles(ReadOnlySpan<T> rows, Span<T> probabilities, T[] weights, ref T columns)
    {
        Span<double> reserved = stackalloc double[Guard.Stack(ScratchDoubles())];
        ref T scratch = ref Unsafe.As<double, T>(ref MemoryMarshal.GetReference(Scratch.Align(reserved)));
        int count = rows.Length / TKernels.Features;
        for (int first = 0; first < count; first += TileRows)
        {
            int tileRows = Math.Min(TileRows, count - first);
            if (!(Scores(rows, first, weights, ref columns, ref scratch, tileRows) && TKernels.BatchExponentials(ref scratch, tileRows / BlockRows)))
            {
                return first;
            }

            ReadOnlySpan<T> packed = MemoryMarshal.CreateReadOnlySpan(ref scratch, tileRows * (TKernels.Classes + BlockLayout.ExtraVectors));
            RowUnpacker.Unpack(packed, TKernels.Classes, probabilities.Slice(first * TKernels.Classes, tileRows * TKernels.Classes));
        }

        return count;
    }

    [MethodImpl(AggressiveOptimization)]
    private static void LabelsOneByOne(ReadOnlySpan<T> rows, Span<TLabel> labels, T[] weights, ref T columns, int firstRow)
    {
        for (int row = 0; row < labels.Length; row++)
        {
            int best = TKernels.RowBest(ref FirstFeature(rows, row), ref columns);
            if (best < 0)
            {
                Guard.ThrowScores<T>(rows, weights, TLabels.Shape, nameof(rows), firstRow);
            }

            labels[row] = TLabels.Of(best);
        }
    }

    [MethodImpl(AggressiveOptimization)]
    private static void ProbabilitiesOneByOne(ReadOnlySpan<T> rows, Span<T> probabilities, T[] weights, ref T columns, int firstRow)
    {
        int count = rows.Length / TKernels.Features;
        for (int row = 0; row < count; row++)
        {
            ref T p = ref Unsafe.Add(ref MemoryMarshal.GetReference(probabilities), (nint)row * TKernels.Classes);
            if (!TKernels.RowProbabilities(ref FirstFeature(rows, row), ref columns, ref p))
            {
                Guard.ThrowScores<T>(rows, weights, TLabels.Shape, nameof(rows), firstRow);
            }
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static bool Scores(ReadOnlySpan<T> rows, int first, T[] weights, ref T columns, ref T scratch, int tileRows) => TKernels.BatchScores(
        ref FirstFeature(rows, first),
        ref MemoryMarshal.GetArrayDataReference(weights),
        ref columns,
        ref scratch,
        ref Unsafe.Add(ref scratch, PackedBlock),
        tileRows / BlockRows);

    [MethodImpl(AggressiveInlining)]
    private static ref T FirstFeature(ReadOnlySpan<T> rows, int row) => ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), (nint)row * TKernels.Features);

    [MethodImpl(AggressiveInlining)]
    private static int ScratchDoubles() => BlockLayout.BatchDoubles(TKernels.BatchBlocks, TKernels.Classes, TKernels.Features);
}
