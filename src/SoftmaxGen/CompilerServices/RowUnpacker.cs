using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SoftmaxGen.CompilerServices;

/// <summary>The way back from <see cref="RowPacker"/>: from blocks of rows, number by number, to rows. For generated code alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowUnpacker
{
    // Numbers of a row, and rows, that one transpose takes.
    private const int Step = 4;

    /// <summary>Unpacks whole blocks.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="packed">The blocks: number <c>j</c> of row <c>lane</c> of block <c>b</c> is <c>packed[(b * C + j) * BlockRows + lane]</c>.</param>
    /// <param name="perRow">The numbers of a row, <c>C</c>.</param>
    /// <param name="rows">Receives the rows, <c>n x C</c>, row-major.</param>
    /// <exception cref="ArgumentException">The rows do not fit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unpack<T>(ReadOnlySpan<T> packed, int perRow, Span<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Length, packed.Length);
        int blockRows = PackedRows<T>.BlockRows;
        int blockLength = blockRows * perRow;
        bool transposes = perRow >= Step && Avx.IsSupported;
        ref T source = ref MemoryMarshal.GetReference(packed);
        ref T target = ref MemoryMarshal.GetReference(rows);
        for (int first = 0; first + blockLength <= packed.Length; first += blockLength)
        {
            if (transposes)
            {
                for (int lane = 0; lane < blockRows; lane += Step)
                {
                    TransposeRows(ref Unsafe.Add(ref source, first + lane), ref Unsafe.Add(ref target, first + (lane * perRow)), perRow);
                }
            }
            else
            {
                Copy(ref Unsafe.Add(ref source, first), ref Unsafe.Add(ref target, first), perRow);
            }
        }
    }

    // Few numbers a row: row by row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy<T>(ref T block, ref T rows, int perRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int blockRows = PackedRows<T>.BlockRows;
        for (int lane = 0; lane < blockRows; lane++)
        {
            for (int j = 0; j < perRow; j++)
            {
                rows = Unsafe.Add(ref block, (j * blockRows) + lane);
                rows = ref Unsafe.Add(ref rows, 1);
            }
        }
    }

    // Four rows, four numbers of each at a time; the last ones are taken twice when the number is not a multiple.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeRows<T>(ref T block, ref T rows, int perRow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int last = perRow - Step;
        for (int j = 0; j < last; j += Step)
        {
            Transpose(ref Unsafe.Add(ref block, j * PackedRows<T>.BlockRows), ref Unsafe.Add(ref rows, j), (nuint)perRow);
        }

        Transpose(ref Unsafe.Add(ref block, last * PackedRows<T>.BlockRows), ref Unsafe.Add(ref rows, last), (nuint)perRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose<T>(ref T block, ref T rows, nuint perRow)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            Transpose(ref Unsafe.As<T, double>(ref block), ref Unsafe.As<T, double>(ref rows), perRow);
        }
        else
        {
            Transpose(ref Unsafe.As<T, float>(ref block), ref Unsafe.As<T, float>(ref rows), perRow);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref double block, ref double rows, nuint perRow)
    {
        Vector256<double> a = Vector256.LoadUnsafe(ref block, 0);
        Vector256<double> b = Vector256.LoadUnsafe(ref block, 8);
        Vector256<double> c = Vector256.LoadUnsafe(ref block, 16);
        Vector256<double> d = Vector256.LoadUnsafe(ref block, 24);
        Vector256<double> evenAb = Avx.UnpackLow(a, b);
        Vector256<double> oddAb = Avx.UnpackHigh(a, b);
        Vector256<double> evenCd = Avx.UnpackLow(c, d);
        Vector256<double> oddCd = Avx.UnpackHigh(c, d);
        Avx.Permute2x128(evenAb, evenCd, 0x20).StoreUnsafe(ref rows, 0);
        Avx.Permute2x128(oddAb, oddCd, 0x20).StoreUnsafe(ref rows, perRow);
        Avx.Permute2x128(evenAb, evenCd, 0x31).StoreUnsafe(ref rows, 2 * perRow);
        Avx.Permute2x128(oddAb, oddCd, 0x31).StoreUnsafe(ref rows, 3 * perRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref float block, ref float rows, nuint perRow)
    {
        Vector128<float> a = Vector128.LoadUnsafe(ref block, 0);
        Vector128<float> b = Vector128.LoadUnsafe(ref block, 16);
        Vector128<float> c = Vector128.LoadUnsafe(ref block, 32);
        Vector128<float> d = Vector128.LoadUnsafe(ref block, 48);
        Vector128<float> firstAb = Sse.UnpackLow(a, b);
        Vector128<float> lastAb = Sse.UnpackHigh(a, b);
        Vector128<float> firstCd = Sse.UnpackLow(c, d);
        Vector128<float> lastCd = Sse.UnpackHigh(c, d);
        Sse.MoveLowToHigh(firstAb, firstCd).StoreUnsafe(ref rows, 0);
        Sse.MoveHighToLow(firstCd, firstAb).StoreUnsafe(ref rows, perRow);
        Sse.MoveLowToHigh(lastAb, lastCd).StoreUnsafe(ref rows, 2 * perRow);
        Sse.MoveHighToLow(lastCd, lastAb).StoreUnsafe(ref rows, 3 * perRow);
    }
}
