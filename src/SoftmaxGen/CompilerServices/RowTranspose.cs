using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// Transposes a block of row-major rows in registers: from vectors along the rows to one vector for each feature, whose lanes are the rows in their
/// order. Needs AVX-512. For generated code and the packing of rows alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowTranspose
{
    // Controls of Shuffle4x128: 128-bit lanes 0 and 2, or 1 and 3, of each operand; and its lower, or upper, half.
    private const byte EvenQuarters = 0b_10_00_10_00;
    private const byte OddQuarters = 0b_11_01_11_01;
    private const byte LowerHalves = 0b_01_00_01_00;
    private const byte UpperHalves = 0b_11_10_11_10;

    /// <summary>Transposes 8 rows of two features.</summary>
    /// <param name="lower">The first four rows.</param>
    /// <param name="upper">The last four rows.</param>
    /// <param name="x1">Receives the first feature of each row.</param>
    /// <param name="x2">Receives the second feature of each row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TwoFeatures(Vector512<double> lower, Vector512<double> upper, out Vector512<double> x1, out Vector512<double> x2)
    {
        x1 = Avx512F.PermuteVar8x64x2(lower, Vector512.Create(0L, 2, 4, 6, 8, 10, 12, 14), upper);
        x2 = Avx512F.PermuteVar8x64x2(lower, Vector512.Create(1L, 3, 5, 7, 9, 11, 13, 15), upper);
    }

    /// <summary>Transposes 16 rows of two features.</summary>
    /// <param name="lower">The first eight rows.</param>
    /// <param name="upper">The last eight rows.</param>
    /// <param name="x1">Receives the first feature of each row.</param>
    /// <param name="x2">Receives the second feature of each row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TwoFeatures(Vector512<float> lower, Vector512<float> upper, out Vector512<float> x1, out Vector512<float> x2)
    {
        x1 = Avx512F.PermuteVar16x32x2(lower, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), upper);
        x2 = Avx512F.PermuteVar16x32x2(lower, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31), upper);
    }

    /// <summary>Transposes 8 rows of three features.</summary>
    /// <param name="a">The first third of their numbers.</param>
    /// <param name="b">The second third.</param>
    /// <param name="c">The last third.</param>
    /// <param name="x1">Receives the first feature of each row.</param>
    /// <param name="x2">Receives the second feature of each row.</param>
    /// <param name="x3">Receives the third feature of each row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ThreeFeatures(
        Vector512<double> a, Vector512<double> b, Vector512<double> c, out Vector512<double> x1, out Vector512<double> x2, out Vector512<double> x3)
    {
        // The rows of the first two vectors come in front; those of the third are put behind them.
        x1 = Avx512F.PermuteVar8x64x2(a, Vector512.Create(0L, 3, 6, 9, 12, 15, 0, 0), b);
        x2 = Avx512F.PermuteVar8x64x2(a, Vector512.Create(1L, 4, 7, 10, 13, 0, 0, 0), b);
        x3 = Avx512F.PermuteVar8x64x2(a, Vector512.Create(2L, 5, 8, 11, 14, 0, 0, 0), b);
        x1 = Avx512F.PermuteVar8x64x2(x1, Vector512.Create(0L, 1, 2, 3, 4, 5, 10, 13), c);
        x2 = Avx512F.PermuteVar8x64x2(x2, Vector512.Create(0L, 1, 2, 3, 4, 8, 11, 14), c);
        x3 = Avx512F.PermuteVar8x64x2(x3, Vector512.Create(0L, 1, 2, 3, 4, 9, 12, 15), c);
    }

    /// <summary>Transposes 16 rows of three features.</summary>
    /// <param name="a">The first third of their numbers.</param>
    /// <param name="b">The second third.</param>
    /// <param name="c">The last third.</param>
    /// <param name="x1">Receives the first feature of each row.</param>
    /// <param name="x2">Receives the second feature of each row.</param>
    /// <param name="x3">Receives the third feature of each row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ThreeFeatures(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, out Vector512<float> x1, out Vector512<float> x2, out Vector512<float> x3)
    {
        x1 = Avx512F.PermuteVar16x32x2(a, Vector512.Create(0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 0, 0, 0, 0, 0), b);
        x2 = Avx512F.PermuteVar16x32x2(a, Vector512.Create(1, 4, 7, 10, 13, 16, 19, 22, 25, 28, 31, 0, 0, 0, 0, 0), b);
        x3 = Avx512F.PermuteVar16x32x2(a, Vector512.Create(2, 5, 8, 11, 14, 17, 20, 23, 26, 29, 0, 0, 0, 0, 0, 0), b);
        x1 = Avx512F.PermuteVar16x32x2(x1, Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 17, 20, 23, 26, 29), c);
        x2 = Avx512F.PermuteVar16x32x2(x2, Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 18, 21, 24, 27, 30), c);
        x3 = Avx512F.PermuteVar16x32x2(x3, Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 19, 22, 25, 28, 31), c);
    }

    /// <summary>Transposes four features of 8 rows, two to a vector.</summary>
    /// <param name="rows02">Rows 0 and 2.</param>
    /// <param name="rows13">Rows 1 and 3.</param>
    /// <param name="rows46">Rows 4 and 6.</param>
    /// <param name="rows57">Rows 5 and 7.</param>
    /// <param name="x1">Receives the first feature of each row.</param>
    /// <param name="x2">Receives the second feature of each row.</param>
    /// <param name="x3">Receives the third feature of each row.</param>
    /// <param name="x4">Receives the fourth feature of each row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FourFeatures(
        Vector512<double> rows02,
        Vector512<double> rows13,
        Vector512<double> rows46,
        Vector512<double> rows57,
        out Vector512<double> x1,
        out Vector512<double> x2,
        out Vector512<double> x3,
        out Vector512<double> x4)
    {
        // The quarters are features 1 and 3, or 2 and 4, of two rows, and then of two more.
        Vector512<double> odd0123 = Avx512F.UnpackLow(rows02, rows13);
        Vector512<double> odd4567 = Avx512F.UnpackLow(rows46, rows57);
        Vector512<double> even0123 = Avx512F.UnpackHigh(rows02, rows13);
        Vector512<double> even4567 = Avx512F.UnpackHigh(rows46, rows57);
        x1 = Avx512F.Shuffle4x128(odd0123, odd4567, EvenQuarters);
        x2 = Avx512F.Shuffle4x128(even0123, even4567, EvenQuarters);
        x3 = Avx512F.Shuffle4x128(odd0123, odd4567, OddQuarters);
        x4 = Avx512F.Shuffle4x128(even0123, even4567, OddQuarters);
    }

    /// <summary>Transposes four features of 16 rows, four to a vector.</summary>
    /// <param name="rows0123">Rows 0 to 3.</param>
    /// <param name="rows4567">Rows 4 to 7.</param>
    /// <param name="rows8To11">Rows 8 to 11.</param>
    /// <param name="rows12To15">Rows 12 to 15.</param>
    /// <param name="x1">Receives the first feature of each row.</param>
    /// <param name="x2">Receives the second feature of each row.</param>
    /// <param name="x3">Receives the third feature of each row.</param>
    /// <param name="x4">Receives the fourth feature of each row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FourFeatures(
        Vector512<float> rows0123,
        Vector512<float> rows4567,
        Vector512<float> rows8To11,
        Vector512<float> rows12To15,
        out Vector512<float> x1,
        out Vector512<float> x2,
        out Vector512<float> x3,
        out Vector512<float> x4)
    {
        Vector512<int> features12 = Vector512.Create(0, 4, 8, 12, 16, 20, 24, 28, 1, 5, 9, 13, 17, 21, 25, 29);
        Vector512<int> features34 = Vector512.Create(2, 6, 10, 14, 18, 22, 26, 30, 3, 7, 11, 15, 19, 23, 27, 31);
        Vector512<float> first12 = Avx512F.PermuteVar16x32x2(rows0123, features12, rows4567);
        Vector512<float> last12 = Avx512F.PermuteVar16x32x2(rows8To11, features12, rows12To15);
        Vector512<float> first34 = Avx512F.PermuteVar16x32x2(rows0123, features34, rows4567);
        Vector512<float> last34 = Avx512F.PermuteVar16x32x2(rows8To11, features34, rows12To15);
        x1 = Avx512F.Shuffle4x128(first12, last12, LowerHalves);
        x2 = Avx512F.Shuffle4x128(first12, last12, UpperHalves);
        x3 = Avx512F.Shuffle4x128(first34, last34, LowerHalves);
        x4 = Avx512F.Shuffle4x128(first34, last34, UpperHalves);
    }
}
