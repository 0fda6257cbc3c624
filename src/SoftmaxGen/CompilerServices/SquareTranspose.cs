using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftmaxGen.CompilerServices;

/// <summary>Transposes eight vectors of eight: the way into blocks of rows and out of them. Needs AVX-512 F.</summary>
internal static class SquareTranspose
{
    // Controls of Shuffle4x128: 128-bit lanes 0 and 2, or 1 and 3, of each operand.
    private const byte EvenLanes = 0b_10_00_10_00;
    private const byte OddLanes = 0b_11_01_11_01;

    /// <summary>
    /// Stores lane <c>i</c> of eight vectors side by side, <c>i</c> strides on. Pairs of vectors are interleaved first, because that stays within the
    /// 128-bit lanes, which Zen 5 does twice a cycle; shuffles of whole lanes then put the pairs in order. Permutations of two registers, which do
    /// both at once, took half as long again.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(
        Vector512<double> v0,
        Vector512<double> v1,
        Vector512<double> v2,
        Vector512<double> v3,
        Vector512<double> v4,
        Vector512<double> v5,
        Vector512<double> v6,
        Vector512<double> v7,
        ref double target,
        nuint stride)
    {
        StoreEveryOther(
            Avx512F.UnpackLow(v0, v1), Avx512F.UnpackLow(v2, v3), Avx512F.UnpackLow(v4, v5), Avx512F.UnpackLow(v6, v7), ref target, stride);
        StoreEveryOther(
            Avx512F.UnpackHigh(v0, v1),
            Avx512F.UnpackHigh(v2, v3),
            Avx512F.UnpackHigh(v4, v5),
            Avx512F.UnpackHigh(v6, v7),
            ref Unsafe.Add(ref target, stride),
            stride);
    }

    // The 128-bit lanes of each argument are those numbered 0, 2, 4 and 6 (or 1, 3, 5 and 7) of two vectors: a 4 x 4 transpose of lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreEveryOther(
        Vector512<double> v01, Vector512<double> v23, Vector512<double> v45, Vector512<double> v67, ref double target, nuint stride)
    {
        Vector512<double> lanes04First = Avx512F.Shuffle4x128(v01, v23, EvenLanes);
        Vector512<double> lanes26First = Avx512F.Shuffle4x128(v01, v23, OddLanes);
        Vector512<double> lanes04Last = Avx512F.Shuffle4x128(v45, v67, EvenLanes);
        Vector512<double> lanes26Last = Avx512F.Shuffle4x128(v45, v67, OddLanes);
        Avx512F.Shuffle4x128(lanes04First, lanes04Last, EvenLanes).StoreUnsafe(ref target, 0);
        Avx512F.Shuffle4x128(lanes26First, lanes26Last, EvenLanes).StoreUnsafe(ref target, 2 * stride);
        Avx512F.Shuffle4x128(lanes04First, lanes04Last, OddLanes).StoreUnsafe(ref target, 4 * stride);
        Avx512F.Shuffle4x128(lanes26First, lanes26Last, OddLanes).StoreUnsafe(ref target, 6 * stride);
    }
}
