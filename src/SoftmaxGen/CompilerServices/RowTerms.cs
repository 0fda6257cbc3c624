using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// Predictions of a row that is a few terms, values each with its column, all other columns being 0: a category takes one addition of a column of weights,
/// however many levels there are. The lanes of a vector are classes. For generated code alone. Thread-safe.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowTerms
{
    /// <summary>Makes features of the terms of a row.</summary>
    /// <typeparam name="T">The type of the features.</typeparam>
    /// <param name="values">The values of the terms.</param>
    /// <param name="columns">The feature of each, all different where the values are not 0.</param>
    /// <param name="features">Receives the features.</param>
    /// <exception cref="ArgumentException">There is not one column for each value.</exception>
    /// <exception cref="IndexOutOfRangeException">A column is none of the features.</exception>
    public static void Scatter<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> columns, Span<T> features)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Length(columns.Length, values.Length, nameof(columns));
        features.Clear();
        for (int term = 0; term < values.Length; term++)
        {
            features[columns[term]] += values[term];
        }
    }

    /// <summary>Finds the class with the largest score.</summary>
    /// <typeparam name="T">The type of the features.</typeparam>
    /// <param name="values">The values of the terms.</param>
    /// <param name="columns">The feature of each.</param>
    /// <param name="weights">The weights, by <see cref="PredictionWeights.Columns"/>.</param>
    /// <param name="lanes">The lanes of a column.</param>
    /// <param name="chunk">The classes of a chunk.</param>
    /// <param name="classes">The number of classes, <c>C</c>.</param>
    /// <returns>The index of the class, of several the lowest; -1 when a score is not finite.</returns>
    /// <exception cref="ArgumentException">There is not one column for each value.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is none of the features.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Best<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> columns, T[] weights, int lanes, int chunk, int classes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> all = PredictionWeights.Aligned(weights);
        int best;
        if (lanes == Vector256<T>.Count && Vector256.IsHardwareAccelerated)
        {
            Vector256<T> sum = Sum256(values, columns, all, lanes, 0);
            if (!Vector256.EqualsAll(sum * Vector256<T>.Zero, Vector256<T>.Zero))
            {
                return -1;
            }

            best = BitOperations.TrailingZeroCount(Vector256.Equals(sum, Vector256.Create(Largest(sum))).ExtractMostSignificantBits());
        }
        else
        {
            Span<T> sums = stackalloc T[lanes];
            if (!Sum(values, columns, all, sums))
            {
                return -1;
            }

            best = Ranking<T>.IndexOfLargest(sums);
        }

        return best < lanes - chunk ? best : best - (lanes - classes);
    }

    /// <summary>Computes the scores of a row.</summary>
    /// <typeparam name="T">The type of the features.</typeparam>
    /// <param name="values">The values of the terms.</param>
    /// <param name="columns">The feature of each.</param>
    /// <param name="weights">The weights, by <see cref="PredictionWeights.Columns"/>.</param>
    /// <param name="lanes">The lanes of a column.</param>
    /// <param name="chunk">The classes of a chunk.</param>
    /// <param name="scores">Receives the <c>C</c> scores.</param>
    /// <returns>Whether all are finite.</returns>
    /// <exception cref="ArgumentException">There is not one column for each value, or not one score for each class.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is none of the features.</exception>
    public static bool Scores<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> columns, T[] weights, int lanes, int chunk, Span<T> scores)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> sums = stackalloc T[lanes];
        bool isFinite = Sum(values, columns, PredictionWeights.Aligned(weights), sums);
        CopyClasses(sums, chunk, scores);
        return isFinite;
    }

    /// <summary>Computes the probabilities of a row.</summary>
    /// <typeparam name="T">The type of the features.</typeparam>
    /// <param name="values">The values of the terms.</param>
    /// <param name="columns">The feature of each.</param>
    /// <param name="weights">The weights, by <see cref="PredictionWeights.Columns"/>.</param>
    /// <param name="lanes">The lanes of a column.</param>
    /// <param name="chunk">The classes of a chunk.</param>
    /// <param name="probabilities">Receives the <c>C</c> probabilities.</param>
    /// <returns>The index of the class with the largest score, of several the lowest; -1 when a score is not finite.</returns>
    /// <exception cref="ArgumentException">There is not one column for each value, or not one probability for each class.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is none of the features.</exception>
    public static int Probabilities<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> columns, T[] weights, int lanes, int chunk, Span<T> probabilities)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> sums = stackalloc T[lanes];
        if (!Sum(values, columns, PredictionWeights.Aligned(weights), sums))
        {
            return -1;
        }

        // Lanes that repeat a class must not count twice.
        int repeated = lanes - probabilities.Length;
        int lastChunk = lanes - chunk;
        int best = Ranking<T>.IndexOfLargest(sums);
        T max = sums[best];
        sums.Slice(lastChunk, repeated).Fill(T.NegativeInfinity);
        T total = Exponentials(sums, max);
        foreach (ref T lane in sums)
        {
            lane /= total;
        }

        sums[..lastChunk].CopyTo(probabilities);
        sums[(lastChunk + repeated)..].CopyTo(probabilities[lastChunk..]);
        return best < lastChunk ? best : best - repeated;
    }

    /// <summary>Computes by how much the score of class 1 exceeds that of class 0.</summary>
    /// <typeparam name="T">The type of the features.</typeparam>
    /// <param name="values">The values of the terms.</param>
    /// <param name="columns">The feature of each.</param>
    /// <param name="weights">The weights, by <see cref="PredictionWeights.Difference"/>.</param>
    /// <param name="features">The number of features, <c>m</c>.</param>
    /// <param name="lanes">The features of a vector.</param>
    /// <returns>The difference; where it is not finite, the features must tell.</returns>
    /// <exception cref="ArgumentException">There is not one column for each value.</exception>
    /// <exception cref="IndexOutOfRangeException">A column is none of the features.</exception>
    public static T Difference<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> columns, T[] weights, int features, int lanes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Length(columns.Length, values.Length, nameof(columns));
        (int bias, int last) = PredictionWeights.PlacesOfDifference(features, lanes);
        ReadOnlySpan<T> all = PredictionWeights.Aligned(weights);
        T even = all[bias];
        T odd = T.Zero;
        int term = 0;
        for (; term < values.Length - 1; term += 2)
        {
            even += values[term] * all[Place(columns[term])];
            odd += values[term + 1] * all[Place(columns[term + 1])];
        }

        return term < values.Length ? even + odd + (values[term] * all[Place(columns[term])]) : even + odd;

        // The last vector ends with the last feature, and repeats some of the one before.
        int Place(int column) => column < last ? column : column + bias - features;
    }

    private static bool Sum<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> columns, ReadOnlySpan<T> weights, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = sums.Length;
        int lane = 0;
        bool isFinite = true;
        for (; Vector512.IsHardwareAccelerated && lane <= lanes - Vector512<T>.Count; lane += Vector512<T>.Count)
        {
            Vector512<T> sum = Sum512(values, columns, weights, lanes, lane);
            sum.CopyTo(sums[lane..]);
            isFinite &= Vector512.EqualsAll(sum * Vector512<T>.Zero, Vector512<T>.Zero);
        }

        for (; Vector256.IsHardwareAccelerated && lane <= lanes - Vector256<T>.Count; lane += Vector256<T>.Count)
        {
            Vector256<T> sum = Sum256(values, columns, weights, lanes, lane);
            sum.CopyTo(sums[lane..]);
            isFinite &= Vector256.EqualsAll(sum * Vector256<T>.Zero, Vector256<T>.Zero);
        }

        for (; lane < lanes; lane += Vector128<T>.Count)
        {
            Vector128<T> sum = Sum128(values, columns, weights, lanes, lane);
            sum.CopyTo(sums[lane..]);
            isFinite &= Vector128.EqualsAll(sum * Vector128<T>.Zero, Vector128<T>.Zero);
        }

        return isFinite;
    }

    // The terms in two sums, so that one addition need not wait for the other. The bias is column 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Sum512<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> columns, ReadOnlySpan<T> weights, int lanes, int lane)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        columns = columns[..values.Length];
        Vector512<T> even = Vector512.Create(weights.Slice(lane, Vector512<T>.Count));
        Vector512<T> odd = Vector512<T>.Zero;
        int term = 0;
        for (; term < values.Length - 1; term += 2)
        {
            even += Vector512.Create(values[term]) * Vector512.Create(Lanes(weights, columns[term], lanes, lane, Vector512<T>.Count));
            odd += Vector512.Create(values[term + 1]) * Vector512.Create(Lanes(weights, columns[term + 1], lanes, lane, Vector512<T>.Count));
        }

        return term < values.Length
            ? even + odd + (Vector512.Create(values[term]) * Vector512.Create(Lanes(weights, columns[term], lanes, lane, Vector512<T>.Count)))
            : even + odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Sum256<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> columns, ReadOnlySpan<T> weights, int lanes, int lane)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        columns = columns[..values.Length];
        Vector256<T> even = Vector256.Create(weights.Slice(lane, Vector256<T>.Count));
        Vector256<T> odd = Vector256<T>.Zero;
        int term = 0;
        for (; term < values.Length - 1; term += 2)
        {
            even += Vector256.Create(values[term]) * Vector256.Create(Lanes(weights, columns[term], lanes, lane, Vector256<T>.Count));
            odd += Vector256.Create(values[term + 1]) * Vector256.Create(Lanes(weights, columns[term + 1], lanes, lane, Vector256<T>.Count));
        }

        return term < values.Length
            ? even + odd + (Vector256.Create(values[term]) * Vector256.Create(Lanes(weights, columns[term], lanes, lane, Vector256<T>.Count)))
            : even + odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Sum128<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> columns, ReadOnlySpan<T> weights, int lanes, int lane)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        columns = columns[..values.Length];
        Vector128<T> even = Vector128.Create(weights.Slice(lane, Vector128<T>.Count));
        Vector128<T> odd = Vector128<T>.Zero;
        int term = 0;
        for (; term < values.Length - 1; term += 2)
        {
            even += Vector128.Create(values[term]) * Vector128.Create(Lanes(weights, columns[term], lanes, lane, Vector128<T>.Count));
            odd += Vector128.Create(values[term + 1]) * Vector128.Create(Lanes(weights, columns[term + 1], lanes, lane, Vector128<T>.Count));
        }

        return term < values.Length
            ? even + odd + (Vector128.Create(values[term]) * Vector128.Create(Lanes(weights, columns[term], lanes, lane, Vector128<T>.Count)))
            : even + odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<T> Lanes<T>(ReadOnlySpan<T> weights, int column, int lanes, int lane, int count) =>
        weights.Slice(((column + 1) * lanes) + lane, count);

    private static T Exponentials<T>(Span<T> sums, T max)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector128<T> most = Vector128.Create(max);
        Vector128<T> total = Vector128<T>.Zero;
        foreach (ref Vector128<T> vector in MemoryMarshal.Cast<T, Vector128<T>>(sums))
        {
            Vector128<T> distance = vector - most;
            vector = typeof(T) == typeof(double)
                ? FlushedExp.ExpOrZero(distance.AsDouble()).As<double, T>()
                : FlushedExp.ExpOrZero(distance.AsSingle()).As<float, T>();
            total += vector;
        }

        return Vector128.Sum(total);
    }

    private static T Largest<T>(Vector256<T> vector)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(double) ? T.CreateTruncating(LaneReduction.Largest(vector.AsDouble())) : T.CreateTruncating(LaneReduction.Largest(vector.AsSingle()));

    private static void CopyClasses<T>(ReadOnlySpan<T> lanes, int chunk, Span<T> classes)
    {
        lanes[..^chunk].CopyTo(classes);
        lanes[^chunk..].CopyTo(classes[^chunk..]);
    }
}
