using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// Vectors whose lanes are the features of one row: the sums of their lanes, brought together so that the lanes of the result are rows. As many
/// vectors as they have lanes are added in pairs, the pairs in pairs, and so on: <c>SumElements</c>, then <c>SumPairs</c> in single precision, then
/// <c>SumQuarters</c> twice. Needs AVX-512. For generated code alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowLanes
{
    // Controls of Shuffle4x128: 128-bit lanes 0 and 2, or 1 and 3, of each operand.
    private const byte EvenQuarters = 0b_10_00_10_00;
    private const byte OddQuarters = 0b_11_01_11_01;

    // Controls of Permute2x128: the lower, or the upper, half of each operand.
    private const byte LowerHalves = 0x20;
    private const byte UpperHalves = 0x31;

    /// <summary>Adds neighbouring elements of two rows: the sums of the first row are the even elements, those of the second the odd ones.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="second">The second row.</param>
    /// <returns>Half as many sums of each.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> SumElements(Vector512<double> first, Vector512<double> second) =>
        Avx512F.UnpackLow(first, second) + Avx512F.UnpackHigh(first, second);

    /// <inheritdoc cref="SumElements(Vector512{double}, Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SumElements(Vector512<float> first, Vector512<float> second) =>
        Avx512F.UnpackLow(first, second) + Avx512F.UnpackHigh(first, second);

    /// <summary>Adds neighbouring pairs of elements of four rows, two to a vector.</summary>
    /// <param name="first">The first two rows, by turns.</param>
    /// <param name="second">The other two.</param>
    /// <returns>The sums of each 128 bits, one of each row.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SumPairs(Vector512<float> first, Vector512<float> second) =>
        Avx512F.UnpackLow(first.AsDouble(), second.AsDouble()).AsSingle() + Avx512F.UnpackHigh(first.AsDouble(), second.AsDouble()).AsSingle();

    /// <summary>Adds neighbouring quarters of two vectors: the sums of the first become the lower half, those of the second the upper.</summary>
    /// <param name="first">The rows of the lower half.</param>
    /// <param name="second">The rows of the upper half.</param>
    /// <returns>The sums, in the order of the rows.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> SumQuarters(Vector512<double> first, Vector512<double> second) =>
        Avx512F.Shuffle4x128(first, second, EvenQuarters) + Avx512F.Shuffle4x128(first, second, OddQuarters);

    /// <inheritdoc cref="SumQuarters(Vector512{double}, Vector512{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SumQuarters(Vector512<float> first, Vector512<float> second) =>
        Avx512F.Shuffle4x128(first, second, EvenQuarters) + Avx512F.Shuffle4x128(first, second, OddQuarters);

    /// <summary>Makes a vector of two halves. A method of its own: <c>Vector512.Create</c> would clear a register and insert both.</summary>
    /// <param name="lower">The lower half.</param>
    /// <param name="upper">The upper half.</param>
    /// <returns>The vector.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> JoinHalves(Vector256<double> lower, Vector256<double> upper) =>
        Avx512F.InsertVector256(lower.ToVector512Unsafe(), upper, 1);

    /// <summary>Makes a vector of four quarters.</summary>
    /// <param name="first">The lowest quarter.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third.</param>
    /// <param name="fourth">The highest quarter.</param>
    /// <returns>The vector.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> JoinQuarters(Vector128<float> first, Vector128<float> second, Vector128<float> third, Vector128<float> fourth) =>
        Avx512DQ.InsertVector256(first.ToVector256Unsafe().WithUpper(second).ToVector512Unsafe(), third.ToVector256Unsafe().WithUpper(fourth), 1);

    /// <summary>Adds the chains of eight rows, four a row, in pairs: <c>(0 + 1) + (2 + 3)</c>.</summary>
    /// <param name="rows02">The chains of rows 0 and 2.</param>
    /// <param name="rows13">The chains of rows 1 and 3.</param>
    /// <param name="rows46">The chains of rows 4 and 6.</param>
    /// <param name="rows57">The chains of rows 5 and 7.</param>
    /// <returns>The sums of the rows, in their order.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> SumChains(Vector512<double> rows02, Vector512<double> rows13, Vector512<double> rows46, Vector512<double> rows57) =>
        SumQuarters(SumElements(rows02, rows13), SumElements(rows46, rows57));

    /// <summary>Adds the chains of four rows, four a row, in pairs: <c>(0 + 1) + (2 + 3)</c>. Needs AVX alone.</summary>
    /// <param name="row0">The chains of row 0.</param>
    /// <param name="row1">The chains of row 1.</param>
    /// <param name="row2">The chains of row 2.</param>
    /// <param name="row3">The chains of row 3.</param>
    /// <returns>The sums of the rows, in their order.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> SumChains(Vector256<double> row0, Vector256<double> row1, Vector256<double> row2, Vector256<double> row3)
    {
        Vector256<double> rows01 = Avx.UnpackLow(row0, row1) + Avx.UnpackHigh(row0, row1);
        Vector256<double> rows23 = Avx.UnpackLow(row2, row3) + Avx.UnpackHigh(row2, row3);
        return Avx.Permute2x128(rows01, rows23, LowerHalves) + Avx.Permute2x128(rows01, rows23, UpperHalves);
    }

    /// <summary>Turns 8 labels into class indices.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="firstLabel">The label of the first class.</param>
    /// <returns>The class indices.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> ClassIndices(Vector256<int> labels, int firstLabel) =>
        Avx512F.ConvertToVector512Double(labels - Vector256.Create(firstLabel));

    /// <summary>Turns 16 labels into class indices.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="firstLabel">The label of the first class.</param>
    /// <returns>The class indices.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ClassIndices(Vector512<int> labels, int firstLabel) =>
        Vector512.ConvertToSingle(labels - Vector512.Create(firstLabel));

    /// <summary>Adds the sums of 8 vectors to numbers.</summary>
    internal static void AddEach(ref readonly double vectors, ref double target) =>
        (Vector512.LoadUnsafe(ref target) + SumEach(in vectors)).StoreUnsafe(ref target);

    // The sums of the lanes of eight vectors, which lie one behind the other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> SumEach(ref readonly double vectors)
    {
        Vector512<double> sums01 = SumElements(Vector512.LoadUnsafe(in vectors, 0), Vector512.LoadUnsafe(in vectors, 8));
        Vector512<double> sums23 = SumElements(Vector512.LoadUnsafe(in vectors, 16), Vector512.LoadUnsafe(in vectors, 24));
        Vector512<double> sums45 = SumElements(Vector512.LoadUnsafe(in vectors, 32), Vector512.LoadUnsafe(in vectors, 40));
        Vector512<double> sums67 = SumElements(Vector512.LoadUnsafe(in vectors, 48), Vector512.LoadUnsafe(in vectors, 56));
        return SumQuarters(SumQuarters(sums01, sums23), SumQuarters(sums45, sums67));
    }
}
