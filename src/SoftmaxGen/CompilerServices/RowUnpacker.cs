using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// The way back from <see cref="RowPacker"/>: from blocks of exponentials, class by class, to rows of probabilities. For generated code alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowUnpacker
{
    /// <summary>
    /// The vectors at the end of a block, behind those of its classes: the factor of each row, and one that is not read.
    /// </summary>
    public const int ExtraVectors = BlockLayout.ExtraVectors;

    // Classes, and rows, that one transpose takes.
    private const int WholeStep = 8;
    private const int Step = 4;
    private const int HalfStep = 2;

    private const int ThreeClasses = 3;

    /// <summary>Unpacks whole blocks, and multiplies each row by its factor.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="packed">
    /// The blocks, of <c>C + ExtraVectors</c> vectors: class <c>j</c> of row <c>lane</c> is number <c>j * BlockRows + lane</c> of its block, and the factor
    /// of the row number <c>C * BlockRows + lane</c>.
    /// </param>
    /// <param name="classes">The numbers of a row, <c>C</c>.</param>
    /// <param name="rows">Receives the rows, <c>n x C</c>, row-major; whole blocks of them.</param>
    /// <exception cref="ArgumentException">There are fewer blocks than rows.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Unpack<T>(ReadOnlySpan<T> packed, int classes, Span<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Precision.Require<T>();

        // More classes than there are numbers would overflow the products below.
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, packed.Length);
        int blockRows = PackedRows<T>.BlockRows;
        int blocks = (int)(rows.Length / ((long)blockRows * classes));
        int blockLength = (int)Math.Min(blockRows * ((long)classes + ExtraVectors), int.MaxValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(packed.Length, (long)blocks * blockLength);
        ref T source = ref MemoryMarshal.GetReference(packed);
        ref T target = ref MemoryMarshal.GetReference(rows);
        for (; blocks > 0; blocks--)
        {
            if (typeof(T) == typeof(double) && classes >= WholeStep && Vector512.IsHardwareAccelerated)
            {
                TransposeBlock(ref Unsafe.As<T, double>(ref source), ref Unsafe.As<T, double>(ref target), classes);
            }
            else if (classes >= Step && Avx.IsSupported)
            {
                for (int lane = 0; lane < blockRows; lane += Step)
                {
                    TransposeRows(ref Unsafe.Add(ref source, lane), ref Unsafe.Add(ref target, lane * classes), classes);
                }
            }
            else if (typeof(T) == typeof(double) && classes == HalfStep && Avx.IsSupported)
            {
                TransposePairs(ref Unsafe.As<T, double>(ref source), ref Unsafe.As<T, double>(ref target), classes);
            }
            else if (typeof(T) == typeof(double) && classes == ThreeClasses && Avx512F.IsSupported)
            {
                InterleaveThree(ref Unsafe.As<T, double>(ref source), ref Unsafe.As<T, double>(ref target));
            }
            else
            {
                Copy(ref source, ref target, classes);
            }

            source = ref Unsafe.Add(ref source, blockLength);
            target = ref Unsafe.Add(ref target, blockRows * classes);
        }
    }

    /// <summary>Copies rows out of the blocks that <see cref="RowPacker"/> makes.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="features">The numbers of a row, <c>m</c>.</param>
    /// <param name="rows">Receives the rows, <c>n x m</c>, row-major; the last block need not be full.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void CopyRows<T>(ReadOnlySpan<T> blocks, int features, Span<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int blockLength = PackedRows<T>.BlockRows * features;
        for (; rows.Length > 0; rows = rows[Math.Min(blockLength, rows.Length)..])
        {
            ReadOnlySpan<T> block = blocks[..blockLength];
            if (typeof(T) == typeof(double) && features >= WholeStep && rows.Length >= blockLength && Vector512.IsHardwareAccelerated)
            {
                CopyBlock(MemoryMarshal.Cast<T, double>(block), MemoryMarshal.Cast<T, double>(rows), features);
            }
            else
            {
                for (int i = 0; i < Math.Min(blockLength, rows.Length); i += features)
                {
                    Span<T> row = rows.Slice(i, features);
                    for (int k = 0; k < row.Length; k++)
                    {
                        row[k] = block[(k * PackedRows<T>.BlockRows) + (i / features)];
                    }
                }
            }

            blocks = blocks[blockLength..];
        }
    }

    // Eight features at a time, the last ones in part a second time.
    private static void CopyBlock(ReadOnlySpan<double> block, Span<double> rows, int features)
    {
        for (int step = 0; step < features; step += WholeStep)
        {
            int k = Math.Min(step, features - WholeStep);
            ReadOnlySpan<Vector512<double>> vectors = MemoryMarshal.Cast<double, Vector512<double>>(block.Slice(k * WholeStep, WholeStep * WholeStep));
            SquareTranspose.Store(
                vectors[0], vectors[1], vectors[2], vectors[3], vectors[4], vectors[5], vectors[6], vectors[7], ref rows[k], (nuint)features);
        }
    }

    // Few numbers a row: row by row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy<T>(ref T block, ref T rows, int classes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int blockRows = PackedRows<T>.BlockRows;
        for (int lane = 0; lane < blockRows; lane++)
        {
            T factor = Unsafe.Add(ref block, classes * blockRows);
            for (int j = 0; j < classes; j++)
            {
                Unsafe.Add(ref rows, j) = Unsafe.Add(ref block, j * blockRows) * factor;
            }

            block = ref Unsafe.Add(ref block, 1);
            rows = ref Unsafe.Add(ref rows, classes);
        }
    }

    // Eight rows of three classes, which are three vectors again: six shuffles for 24 multiplications and stores one by one, a sixth of the time of a row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InterleaveThree(ref double block, ref double rows)
    {
        Vector512<double> factor = Vector512.LoadUnsafe(ref block, 24);
        Vector512<double> a = Vector512.LoadUnsafe(ref block, 0) * factor;
        Vector512<double> b = Vector512.LoadUnsafe(ref block, 8) * factor;
        Vector512<double> c = Vector512.LoadUnsafe(ref block, 16) * factor;

        // First numbers of a and b, lanes 0 to 7 and 8 to 15, in their places; then those of c, lanes 8 to 15, in the gaps.
        Vector512<double> ab = Avx512F.PermuteVar8x64x2(a, Vector512.Create(0L, 8, 0, 1, 9, 0, 2, 10), b);
        Avx512F.PermuteVar8x64x2(ab, Vector512.Create(0L, 1, 8, 3, 4, 9, 6, 7), c).StoreUnsafe(ref rows, 0);
        ab = Avx512F.PermuteVar8x64x2(a, Vector512.Create(0L, 3, 11, 0, 4, 12, 0, 5), b);
        Avx512F.PermuteVar8x64x2(ab, Vector512.Create(10L, 1, 2, 11, 4, 5, 12, 7), c).StoreUnsafe(ref rows, 8);
        ab = Avx512F.PermuteVar8x64x2(a, Vector512.Create(13L, 0, 6, 14, 0, 7, 15, 0), b);
        Avx512F.PermuteVar8x64x2(ab, Vector512.Create(0L, 13, 2, 3, 14, 5, 6, 15), c).StoreUnsafe(ref rows, 16);
    }

    // Eight rows, eight classes at a time; of the last ones as few as will do, some of them a second time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeBlock(ref double block, ref double rows, int classes)
    {
        Vector512<double> factors = Vector512.LoadUnsafe(ref block, (nuint)(classes * WholeStep));
        int last = classes - WholeStep;
        for (int j = 0; j < last; j += WholeStep)
        {
            TransposeEightClasses(ref Unsafe.Add(ref block, j * WholeStep), factors, ref Unsafe.Add(ref rows, j), (nuint)classes);
        }

        switch (classes % WholeStep)
        {
            case 1 or HalfStep:
                TransposePairs(ref block, ref rows, classes);
                break;
            case HalfStep + 1 or Step:
                TransposeLastFour(ref block, ref rows, classes);
                break;
            default:
                TransposeEightClasses(ref Unsafe.Add(ref block, last * WholeStep), factors, ref Unsafe.Add(ref rows, last), (nuint)classes);
                break;
        }
    }

    // The last two classes of eight rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposePairs(ref double block, ref double rows, int classes)
    {
        ref double factors = ref Unsafe.Add(ref block, classes * WholeStep);
        TransposePair(ref block, ref factors, ref rows, classes);
        TransposePair(ref Unsafe.Add(ref block, Step), ref Unsafe.Add(ref factors, Step), ref Unsafe.Add(ref rows, Step * classes), classes);
    }

    // The last four classes of eight rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeLastFour(ref double block, ref double rows, int classes)
    {
        ref double factors = ref Unsafe.Add(ref block, classes * WholeStep);
        ref double lastBlock = ref Unsafe.Add(ref block, (classes - Step) * WholeStep);
        ref double lastRows = ref Unsafe.Add(ref rows, classes - Step);
        Transpose(ref lastBlock, ref factors, ref lastRows, (nuint)classes);
        Transpose(ref Unsafe.Add(ref lastBlock, Step), ref Unsafe.Add(ref factors, Step), ref Unsafe.Add(ref lastRows, Step * classes), (nuint)classes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeEightClasses(ref double block, Vector512<double> factors, ref double rows, nuint classes) => SquareTranspose.Store(
        Vector512.LoadUnsafe(ref block, 0) * factors,
        Vector512.LoadUnsafe(ref block, 8) * factors,
        Vector512.LoadUnsafe(ref block, 16) * factors,
        Vector512.LoadUnsafe(ref block, 24) * factors,
        Vector512.LoadUnsafe(ref block, 32) * factors,
        Vector512.LoadUnsafe(ref block, 40) * factors,
        Vector512.LoadUnsafe(ref block, 48) * factors,
        Vector512.LoadUnsafe(ref block, 56) * factors,
        ref rows,
        classes);

    // Four rows, four classes at a time; of the last ones two where they will do, because a pair takes a quarter of the shuffles and half the bytes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeRows<T>(ref T block, ref T rows, int classes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref T factors = ref Unsafe.Add(ref block, classes * PackedRows<T>.BlockRows);
        int last = classes - Step;
        for (int j = 0; j < last; j += Step)
        {
            Transpose(ref Unsafe.Add(ref block, j * PackedRows<T>.BlockRows), ref factors, ref Unsafe.Add(ref rows, j), (nuint)classes);
        }

        if (typeof(T) == typeof(double) && (classes % Step) is 1 or HalfStep)
        {
            TransposePair(ref Unsafe.As<T, double>(ref block), ref Unsafe.As<T, double>(ref factors), ref Unsafe.As<T, double>(ref rows), classes);
            return;
        }

        Transpose(ref Unsafe.Add(ref block, last * PackedRows<T>.BlockRows), ref factors, ref Unsafe.Add(ref rows, last), (nuint)classes);
    }

    // The last two classes of four rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposePair(ref double block, ref double factors, ref double rows, int classes)
    {
        ref double first = ref Unsafe.Add(ref block, (classes - HalfStep) * WholeStep);
        ref double target = ref Unsafe.Add(ref rows, classes - HalfStep);
        Vector256<double> factor = Vector256.LoadUnsafe(ref factors);
        Vector256<double> a = Vector256.LoadUnsafe(ref first, 0) * factor;
        Vector256<double> b = Vector256.LoadUnsafe(ref first, 8) * factor;
        Vector256<double> even = Avx.UnpackLow(a, b);
        Vector256<double> odd = Avx.UnpackHigh(a, b);
        nuint stride = (nuint)classes;
        even.GetLower().StoreUnsafe(ref target, 0);
        odd.GetLower().StoreUnsafe(ref target, stride);
        even.GetUpper().StoreUnsafe(ref target, 2 * stride);
        odd.GetUpper().StoreUnsafe(ref target, 3 * stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose<T>(ref T block, ref T factors, ref T rows, nuint classes)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            Transpose(ref Unsafe.As<T, double>(ref block), ref Unsafe.As<T, double>(ref factors), ref Unsafe.As<T, double>(ref rows), classes);
        }
        else
        {
            Transpose(ref Unsafe.As<T, float>(ref block), ref Unsafe.As<T, float>(ref factors), ref Unsafe.As<T, float>(ref rows), classes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref double block, ref double factors, ref double rows, nuint classes)
    {
        Vector256<double> factor = Vector256.LoadUnsafe(ref factors);
        Vector256<double> a = Vector256.LoadUnsafe(ref block, 0) * factor;
        Vector256<double> b = Vector256.LoadUnsafe(ref block, 8) * factor;
        Vector256<double> c = Vector256.LoadUnsafe(ref block, 16) * factor;
        Vector256<double> d = Vector256.LoadUnsafe(ref block, 24) * factor;
        Vector256<double> evenAb = Avx.UnpackLow(a, b);
        Vector256<double> oddAb = Avx.UnpackHigh(a, b);
        Vector256<double> evenCd = Avx.UnpackLow(c, d);
        Vector256<double> oddCd = Avx.UnpackHigh(c, d);
        Avx.Permute2x128(evenAb, evenCd, 0x20).StoreUnsafe(ref rows, 0);
        Avx.Permute2x128(oddAb, oddCd, 0x20).StoreUnsafe(ref rows, classes);
        Avx.Permute2x128(evenAb, evenCd, 0x31).StoreUnsafe(ref rows, 2 * classes);
        Avx.Permute2x128(oddAb, oddCd, 0x31).StoreUnsafe(ref rows, 3 * classes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref float block, ref float factors, ref float rows, nuint classes)
    {
        Vector128<float> factor = Vector128.LoadUnsafe(ref factors);
        Vector128<float> a = Vector128.LoadUnsafe(ref block, 0) * factor;
        Vector128<float> b = Vector128.LoadUnsafe(ref block, 16) * factor;
        Vector128<float> c = Vector128.LoadUnsafe(ref block, 32) * factor;
        Vector128<float> d = Vector128.LoadUnsafe(ref block, 48) * factor;
        Vector128<float> firstAb = Sse.UnpackLow(a, b);
        Vector128<float> lastAb = Sse.UnpackHigh(a, b);
        Vector128<float> firstCd = Sse.UnpackLow(c, d);
        Vector128<float> lastCd = Sse.UnpackHigh(c, d);
        Sse.MoveLowToHigh(firstAb, firstCd).StoreUnsafe(ref rows, 0);
        Sse.MoveHighToLow(firstCd, firstAb).StoreUnsafe(ref rows, classes);
        Sse.MoveLowToHigh(lastAb, lastCd).StoreUnsafe(ref rows, 2 * classes);
        Sse.MoveHighToLow(lastCd, lastAb).StoreUnsafe(ref rows, 3 * classes);
    }
}
