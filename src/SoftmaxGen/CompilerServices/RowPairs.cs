using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// Vectors whose 128-bit quarters are pairs of four rows: two neighbouring features, or two classes; and the sums of two rows whose lanes are classes.
/// Needs AVX-512. For generated code alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowPairs
{
    // Controls of Shuffle4x128: which two quarters of each operand.
    private const byte LowerQuarters = 0b_01_00_01_00;
    private const byte UpperQuarters = 0b_11_10_11_10;
    private const byte EvenQuarters = 0b_10_00_10_00;
    private const byte OddQuarters = 0b_11_01_11_01;
    private const byte SwappedHalves = 0b_01_00_11_10;
    private const byte SwappedQuarters = 0b_10_11_00_01;

    // Controls of Permute2x64: the first, or the second, of each pair twice.
    private const byte FirstOfPairs = 0b_0000_0000;
    private const byte SecondOfPairs = 0b_1111_1111;

    // A control of Range: the larger of two magnitudes, its sign cleared.
    private const byte LargerOfMagnitudes = 0b_10_11;

    /// <summary>Loads a pair into each quarter.</summary>
    /// <param name="source">What the index counts from.</param>
    /// <param name="index">The first of the pair.</param>
    /// <returns>The vector.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Repeat(ref readonly double source, nuint index)
    {
        Vector512<double> pair = Vector128.LoadUnsafe(in source, index).ToVector256Unsafe().ToVector512Unsafe();
        return Avx512F.Shuffle4x128(pair, pair, 0);
    }

    /// <summary>Loads a pair of four rows.</summary>
    /// <param name="source">What the index counts from.</param>
    /// <param name="index">The first of the pair of the first row.</param>
    /// <param name="stride">The numbers of a row.</param>
    /// <returns>The pairs, row by row.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Gather(ref readonly double source, nuint index, nuint stride)
    {
        Vector256<double> rows01 = Vector128.LoadUnsafe(in source, index).ToVector256Unsafe().WithUpper(Vector128.LoadUnsafe(in source, index + stride));
        Vector256<double> rows23 = Vector128.LoadUnsafe(in source, index + (2 * stride)).ToVector256Unsafe()
            .WithUpper(Vector128.LoadUnsafe(in source, index + (3 * stride)));
        return Avx512F.InsertVector256(rows01.ToVector512Unsafe(), rows23, 1);
    }

    /// <summary>Takes the lower halves of two vectors.</summary>
    /// <param name="first">The first vector.</param>
    /// <param name="second">The second vector.</param>
    /// <returns>The quarters 0 and 1 of both.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Lower(Vector512<double> first, Vector512<double> second) => Avx512F.Shuffle4x128(first, second, LowerQuarters);

    /// <summary>Takes the upper halves of two vectors.</summary>
    /// <param name="first">The first vector.</param>
    /// <param name="second">The second vector.</param>
    /// <returns>The quarters 2 and 3 of both.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Upper(Vector512<double> first, Vector512<double> second) => Avx512F.Shuffle4x128(first, second, UpperQuarters);

    /// <summary>Takes every other quarter of two vectors.</summary>
    /// <param name="first">The first vector.</param>
    /// <param name="second">The second vector.</param>
    /// <returns>The quarters 0 and 2 of both.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Even(Vector512<double> first, Vector512<double> second) => Avx512F.Shuffle4x128(first, second, EvenQuarters);

    /// <inheritdoc cref="Even"/>
    /// <returns>The quarters 1 and 3 of both.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Odd(Vector512<double> first, Vector512<double> second) => Avx512F.Shuffle4x128(first, second, OddQuarters);

    /// <summary>Adds up the lanes of two vectors.</summary>
    /// <param name="first">The first vector.</param>
    /// <param name="second">The second vector.</param>
    /// <returns>The two sums, in every quarter.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Totals(Vector512<double> first, Vector512<double> second)
    {
        Vector512<double> sums = RowLanes.SumElements(first, second);
        sums += Avx512F.Shuffle4x128(sums, sums, SwappedHalves);
        return sums + Avx512F.Shuffle4x128(sums, sums, SwappedQuarters);
    }

    /// <summary>Repeats the first of each pair.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <returns>The numbers with even indices, each twice.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> First(Vector512<double> pairs) => Avx512F.Permute2x64(pairs, FirstOfPairs);

    /// <summary>Repeats the second of each pair.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <returns>The numbers with odd indices, each twice.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Second(Vector512<double> pairs) => Avx512F.Permute2x64(pairs, SecondOfPairs);

    /// <summary>Loads a pair, and zeros behind it.</summary>
    /// <param name="source">What the index counts from.</param>
    /// <param name="index">The first of the pair.</param>
    /// <returns>The vector.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Alone(ref readonly double source, nuint index) => Vector128.LoadUnsafe(in source, index).ToVector256().ToVector512();

    /// <summary>Stores a pair times the first number of a vector.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="factor">The vector.</param>
    /// <param name="target">What the index counts from.</param>
    /// <param name="index">The first of the pair.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ref readonly double pair, Vector512<double> factor, ref double target, nuint index) =>
        (Vector128.LoadUnsafe(in pair) * factor.GetLower().GetLower()).StoreUnsafe(ref target, index);

    /// <summary>The larger of two magnitudes, where neither is NaN.</summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other.</param>
    /// <returns>The magnitude; never negative.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LargerMagnitude(Vector512<double> first, Vector512<double> second) => Avx512DQ.Range(first, second, LargerOfMagnitudes);
}
