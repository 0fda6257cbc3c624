using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.CompilerServices;

/// <summary>Packs row-major rows into the layout of <see cref="PackedRows{T}"/>. For generated code and the training set alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowPacker
{
    // The features of one transpose: a whole vector of doubles, or half of one; in single precision always the latter.
    private const int WholeStep = 8;
    private const int HalfStep = 4;
    private const int Vector128Bytes = 16;

    // So few are converted one by one: vectors of integers, which nothing else on the way needs, are not worth loading for them.
    private const int FewLabels = 1024;

    /// <summary>Packs whole rows; the lanes of the last block that no row fills are left as they are.</summary>
    /// <typeparam name="T">The type of features.</typeparam>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="features">The features of a row, <c>m</c>.</param>
    /// <param name="packed">Receives the blocks.</param>
    /// <exception cref="ArgumentException">The blocks of the rows do not fit into <paramref name="packed"/>.</exception>
    public static void PackRows<T>(ReadOnlySpan<T> rows, int features, Span<T> packed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Precision.Require<T>();

        // Rows of one number are packed as they stand.
        if (features == 1)
        {
            rows.CopyTo(packed);
            return;
        }

        int blockRows = PackedRows<T>.BlockRows;
        int count = rows.Length / features;
        int wholeBlocks = count / blockRows;
        if (CanTranspose<T>(features))
        {
            TransposeBlocks(rows, features, wholeBlocks, packed);
        }
        else
        {
            wholeBlocks = 0;
        }

        for (int row = wholeBlocks * blockRows; row < count; row++)
        {
            Span<T> lane = packed[((row / blockRows * blockRows * features) + (row % blockRows))..];
            ReadOnlySpan<T> values = rows.Slice(row * features, features);
            for (int k = 0; k < values.Length; k++)
            {
                lane[k * blockRows] = values[k];
            }
        }
    }

    /// <summary>
    /// Packs the rows of one block. It becomes part of the caller, whose constant number of features chooses the shuffles; where the lengths are constants,
    /// too, nothing is left of their check.
    /// </summary>
    /// <typeparam name="T">The type of features.</typeparam>
    /// <param name="rows">The rows, as many as a block has, row-major.</param>
    /// <param name="features">The features of a row, <c>m</c>.</param>
    /// <param name="packed">Receives the block.</param>
    /// <exception cref="ArgumentException">There are fewer rows than those of a block, or a block does not fit into <paramref name="packed"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PackBlock<T>(ReadOnlySpan<T> rows, int features, Span<T> packed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Precision.Require<T>();
        if (features < 1 || rows.Length < (long)PackedRows<T>.BlockRows * features || packed.Length < (long)PackedRows<T>.BlockRows * features)
        {
            ThrowBlock();
        }

        PackBlock(ref MemoryMarshal.GetReference(rows), features, ref MemoryMarshal.GetReference(packed));
    }

    /// <summary>
    /// Packs whole blocks of row-major rows, with shuffles for rows of the plan's length, and their labels beside them. Apart from its caller, or the shuffles
    /// would be too deep in it to be inlined themselves.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void PackBlocks<TPlan, T>(ref T rows, ref int labels, ref T packed, ref T classIndices, int blocks)
        where TPlan : struct, IKernelPlan
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int blockRows = PackedRows<T>.BlockRows;
        for (; blocks > 0; blocks--)
        {
            PackBlock(ref rows, TPlan.Features, ref packed);
            PackBlockLabels(ref labels, TPlan.FirstLabel, ref classIndices);
            rows = ref Unsafe.Add(ref rows, blockRows * TPlan.Features);
            labels = ref Unsafe.Add(ref labels, blockRows);
            packed = ref Unsafe.Add(ref packed, blockRows * TPlan.Features);
            classIndices = ref Unsafe.Add(ref classIndices, blockRows);
        }
    }

    /// <summary>Turns labels into class indices of the kernels' type.</summary>
    /// <typeparam name="T">The type of features.</typeparam>
    /// <param name="labels">The labels, all of them in range.</param>
    /// <param name="firstLabel">The label of the first class.</param>
    /// <param name="classIndices">Receives the class indices.</param>
    /// <exception cref="ArgumentException">The labels do not fit into <paramref name="classIndices"/>.</exception>
    public static void PackLabels<T>(ReadOnlySpan<int> labels, int firstLabel, Span<T> classIndices)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Precision.Require<T>();
        classIndices = classIndices[..labels.Length];
        int converted = labels.Length < FewLabels ? 0
            : typeof(T) == typeof(double)
            ? ConvertLabels(labels, firstLabel, MemoryMarshal.Cast<T, double>(classIndices))
            : ConvertLabels(labels, firstLabel, MemoryMarshal.Cast<T, float>(classIndices));
        for (int row = converted; row < labels.Length; row++)
        {
            classIndices[row] = T.CreateTruncating(labels[row] - firstLabel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PackBlock<T>(ref T rows, int features, ref T packed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (features == 1)
        {
            MemoryMarshal.CreateReadOnlySpan(ref rows, PackedRows<T>.BlockRows).CopyTo(MemoryMarshal.CreateSpan(ref packed, PackedRows<T>.BlockRows));
            return;
        }

        if (CanTranspose<T>(features))
        {
            TransposeBlock(Step<T>(features), ref rows, features, ref packed);
            return;
        }

        for (int row = 0; row < PackedRows<T>.BlockRows; row++)
        {
            for (int k = 0; k < features; k++)
            {
                Unsafe.Add(ref packed, (k * PackedRows<T>.BlockRows) + row) = Unsafe.Add(ref rows, (row * features) + k);
            }
        }
    }

    // The labels of one block as class indices.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PackBlockLabels<T>(ref int labels, int firstLabel, ref T classIndices)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
        {
            ConvertBlock(ref labels, firstLabel, ref Unsafe.As<T, double>(ref classIndices));
        }
        else
        {
            ConvertBlock(ref labels, firstLabel, ref Unsafe.As<T, float>(ref classIndices));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ConvertBlock(ref int labels, int firstLabel, ref double classIndices)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            RowLanes.ClassIndices(Vector256.LoadUnsafe(ref labels), firstLabel).StoreUnsafe(ref classIndices);
            return;
        }

        if (Avx.IsSupported)
        {
            Vector128<int> first = Vector128.Create(firstLabel);
            Avx.ConvertToVector256Double(Vector128.LoadUnsafe(ref labels, 0) - first).StoreUnsafe(ref classIndices, 0);
            Avx.ConvertToVector256Double(Vector128.LoadUnsafe(ref labels, 4) - first).StoreUnsafe(ref classIndices, 4);
            return;
        }

        for (int row = 0; row < PackedRows<double>.BlockRows; row++)
        {
            Unsafe.Add(ref classIndices, row) = Unsafe.Add(ref labels, row) - firstLabel;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ConvertBlock(ref int labels, int firstLabel, ref float classIndices)
    {
        Vector256<int> first = Vector256.Create(firstLabel);
        Vector256.ConvertToSingle(Vector256.LoadUnsafe(ref labels, 0) - first).StoreUnsafe(ref classIndices, 0);
        Vector256.ConvertToSingle(Vector256.LoadUnsafe(ref labels, 8) - first).StoreUnsafe(ref classIndices, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ConvertLabels(ReadOnlySpan<int> labels, int firstLabel, Span<double> classIndices)
    {
        int row = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            // The caller has made both spans the same length: a check of each index would be a third of the loop.
            ref int source = ref MemoryMarshal.GetReference(labels);
            ref double target = ref MemoryMarshal.GetReference(classIndices);
            for (; row <= labels.Length - Vector256<int>.Count; row += Vector256<int>.Count)
            {
                Vector256<int> indices = Vector256.LoadUnsafe(ref source, (nuint)row) - Vector256.Create(firstLabel);
                Avx512F.ConvertToVector512Double(indices).StoreUnsafe(ref target, (nuint)row);
            }
        }

        if (Avx.IsSupported)
        {
            for (; row <= labels.Length - Vector128<int>.Count; row += Vector128<int>.Count)
            {
                Vector128<int> indices = Vector128.LoadUnsafe(in labels[row]) - Vector128.Create(firstLabel);
                Avx.ConvertToVector256Double(indices).StoreUnsafe(ref classIndices[row]);
            }
        }

        return row;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ConvertLabels(ReadOnlySpan<int> labels, int firstLabel, Span<float> classIndices)
    {
        int row = 0;
        for (; row <= labels.Length - Vector256<int>.Count; row += Vector256<int>.Count)
        {
            Vector256<int> indices = Vector256.LoadUnsafe(in labels[row]) - Vector256.Create(firstLabel);
            Vector256.ConvertToSingle(indices).StoreUnsafe(ref classIndices[row]);
        }

        return row;
    }

    // The transposes take a few features at once; the last ones are taken twice when the number is not a multiple.
    private static bool CanTranspose<T>(int features)
        where T : unmanaged =>
        (Sse2.IsSupported || AdvSimd.Arm64.IsSupported) && features >= (Vector512.IsHardwareAccelerated ? 2 : Step<T>(features));

    private static void TransposeBlocks<T>(ReadOnlySpan<T> rows, int features, int blocks, Span<T> packed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blocks * PackedRows<T>.BlockRows * features, packed.Length);
        ref T source = ref MemoryMarshal.GetReference(rows);
        ref T target = ref MemoryMarshal.GetReference(packed);
        switch (Step<T>(features))
        {
            case WholeStep:
                TransposeByEight(ref source, features, ref target, blocks);
                break;
            case HalfStep:
                TransposeByFour(ref source, features, ref target, blocks);
                break;
            default:
                TransposeByTwo(ref source, features, ref target, blocks);
                break;
        }
    }

    // Each step in a method of its own, so that only one is compiled; optimised at the first call, like ConvertLabels: a training set is packed once, which
    // would be over before the tiers are.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeByEight<T>(ref T source, int features, ref T target, int blocks)
        where T : unmanaged => TransposeBlocks(WholeStep, ref source, features, ref target, blocks);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeByFour<T>(ref T source, int features, ref T target, int blocks)
        where T : unmanaged => TransposeBlocks(HalfStep, ref source, features, ref target, blocks);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeByTwo<T>(ref T source, int features, ref T target, int blocks)
        where T : unmanaged => TransposeBlocks(2, ref source, features, ref target, blocks);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeBlocks<T>(int step, ref T source, int features, ref T target, int blocks)
        where T : unmanaged
    {
        int blockLength = BlockLayout.VectorBytes / Unsafe.SizeOf<T>() * features;
        for (int block = 0; block < blocks; block++)
        {
            TransposeBlock(step, ref source, features, ref target);
            source = ref Unsafe.Add(ref source, blockLength);
            target = ref Unsafe.Add(ref target, blockLength);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeBlock<T>(int step, ref T rows, int features, ref T packed)
        where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated && features < HalfStep)
        {
            TransposeWhole(ref rows, features, ref packed);
            return;
        }

        int blockRows = BlockLayout.VectorBytes / Unsafe.SizeOf<T>();
        int k = 0;
        for (; k < features - step; k += step)
        {
            Transpose(step, ref Unsafe.Add(ref rows, k), features, ref Unsafe.Add(ref packed, k * blockRows));
        }

        int lastStep = LastStep<T>(step, features - k);
        int last = features - lastStep;
        Transpose(lastStep, ref Unsafe.Add(ref rows, last), features, ref Unsafe.Add(ref packed, last * blockRows));
    }

    // Two or three features are all that rows have: a block is as many whole vectors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeWhole<T>(ref T rows, int features, ref T packed)
        where T : unmanaged
    {
        if (typeof(T) == typeof(double))
        {
            TransposeWhole(ref Unsafe.As<T, double>(ref rows), features, ref Unsafe.As<T, double>(ref packed));
        }
        else
        {
            TransposeWhole(ref Unsafe.As<T, float>(ref rows), features, ref Unsafe.As<T, float>(ref packed));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeWhole(ref double rows, int features, ref double packed)
    {
        var a = Vector512.LoadUnsafe(ref rows, 0);
        var b = Vector512.LoadUnsafe(ref rows, 8);
        Vector512<double> x1, x2;
        if (features == 2)
        {
            RowTranspose.TwoFeatures(a, b, out x1, out x2);
        }
        else
        {
            RowTranspose.ThreeFeatures(a, b, Vector512.LoadUnsafe(ref rows, 16), out x1, out x2, out Vector512<double> x3);
            x3.StoreUnsafe(ref packed, 16);
        }

        x1.StoreUnsafe(ref packed, 0);
        x2.StoreUnsafe(ref packed, 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeWhole(ref float rows, int features, ref float packed)
    {
        var a = Vector512.LoadUnsafe(ref rows, 0);
        var b = Vector512.LoadUnsafe(ref rows, 16);
        Vector512<float> x1, x2;
        if (features == 2)
        {
            RowTranspose.TwoFeatures(a, b, out x1, out x2);
        }
        else
        {
            RowTranspose.ThreeFeatures(a, b, Vector512.LoadUnsafe(ref rows, 32), out x1, out x2, out Vector512<float> x3);
            x3.StoreUnsafe(ref packed, 32);
        }

        x1.StoreUnsafe(ref packed, 0);
        x2.StoreUnsafe(ref packed, 16);
    }

    // The fewest features of one transpose that will do for so many. The step is a constant, so that the larger ones are not compiled.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LastStep<T>(int step, int features)
        where T : unmanaged
    {
        int least = Vector128Bytes / Unsafe.SizeOf<T>();
        return step > least && features <= least ? least : step > HalfStep && features <= HalfStep ? HalfStep : step;
    }

    // Vectors of one row need 3 shuffles a feature, and half as many loads as those of two rows, which need 2 and are joined besides.
    private static int Step<T>(int features)
        where T : unmanaged
    {
        if (!Vector512.IsHardwareAccelerated || features < HalfStep)
        {
            return Vector128Bytes / Unsafe.SizeOf<T>();
        }

        return typeof(T) == typeof(double) && features >= WholeStep ? WholeStep : HalfStep;
    }

    /// <summary>Transposes a few features of each row of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose<T>(int step, ref T rows, int features, ref T packed)
        where T : unmanaged
    {
        nuint stride = (nuint)features;
        if (typeof(T) == typeof(double))
        {
            ref double source = ref Unsafe.As<T, double>(ref rows);
            ref double target = ref Unsafe.As<T, double>(ref packed);
            switch (step)
            {
                case WholeStep:
                    TransposeEightFeatures(ref source, stride, ref target);
                    break;
                case HalfStep:
                    TransposeFourFeatures512(ref source, stride, ref target);
                    break;
                default:
                    TransposeTwoFeatures(ref source, stride, ref target);
                    break;
            }
        }
        else
        {
            ref float source = ref Unsafe.As<T, float>(ref rows);
            ref float target = ref Unsafe.As<T, float>(ref packed);
            if (Vector512.IsHardwareAccelerated)
            {
                TransposeFourFeatures512(ref source, stride, ref target);
                return;
            }

            TransposeFourFeatures(ref source, stride, ref target);
        }
    }

    // Eight features of rows 0..7, one row to a vector.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeEightFeatures(ref double rows, nuint stride, ref double packed) => SquareTranspose.Store(
        Vector512.LoadUnsafe(ref rows, 0),
        Vector512.LoadUnsafe(ref rows, stride),
        Vector512.LoadUnsafe(ref rows, 2 * stride),
        Vector512.LoadUnsafe(ref rows, 3 * stride),
        Vector512.LoadUnsafe(ref rows, 4 * stride),
        Vector512.LoadUnsafe(ref rows, 5 * stride),
        Vector512.LoadUnsafe(ref rows, 6 * stride),
        Vector512.LoadUnsafe(ref rows, 7 * stride),
        ref packed,
        8);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeFourFeatures512(ref double rows, nuint stride, ref double packed)
    {
        RowTranspose.FourFeatures(
            Halves(ref rows, 0, 2 * stride),
            Halves(ref rows, stride, 3 * stride),
            Halves(ref rows, 4 * stride, 6 * stride),
            Halves(ref rows, 5 * stride, 7 * stride),
            out Vector512<double> x1,
            out Vector512<double> x2,
            out Vector512<double> x3,
            out Vector512<double> x4);
        x1.StoreUnsafe(ref packed, 0);
        x2.StoreUnsafe(ref packed, 8);
        x3.StoreUnsafe(ref packed, 16);
        x4.StoreUnsafe(ref packed, 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeFourFeatures512(ref float rows, nuint stride, ref float packed)
    {
        RowTranspose.FourFeatures(
            FourRows(ref rows, stride),
            FourRows(ref Unsafe.Add(ref rows, 4 * stride), stride),
            FourRows(ref Unsafe.Add(ref rows, 8 * stride), stride),
            FourRows(ref Unsafe.Add(ref rows, 12 * stride), stride),
            out Vector512<float> x1,
            out Vector512<float> x2,
            out Vector512<float> x3,
            out Vector512<float> x4);
        x1.StoreUnsafe(ref packed, 0);
        x2.StoreUnsafe(ref packed, 16);
        x3.StoreUnsafe(ref packed, 32);
        x4.StoreUnsafe(ref packed, 48);
    }

    // Two features of rows 0..7.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeTwoFeatures(ref double rows, nuint stride, ref double packed)
    {
        if (Vector256.IsHardwareAccelerated && Avx.IsSupported)
        {
            TransposeFourRows(ref rows, stride, ref packed);
            TransposeFourRows(ref Unsafe.Add(ref rows, 4 * stride), stride, ref Unsafe.Add(ref packed, 4));
            return;
        }

        for (nuint row = 0; row < 8; row += 2)
        {
            Vector128<double> even = Vector128.LoadUnsafe(ref rows, row * stride);
            Vector128<double> odd = Vector128.LoadUnsafe(ref rows, (row + 1) * stride);
            Low(even, odd).StoreUnsafe(ref packed, row);
            High(even, odd).StoreUnsafe(ref packed, row + 8);
        }
    }

    // Four features of rows 0..15.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeFourFeatures(ref float rows, nuint stride, ref float packed)
    {
        if (Vector256.IsHardwareAccelerated && Avx.IsSupported)
        {
            TransposeEightRows(ref rows, stride, ref packed);
            TransposeEightRows(ref Unsafe.Add(ref rows, 8 * stride), stride, ref Unsafe.Add(ref packed, 8));
            return;
        }

        for (nuint row = 0; row < 16; row += 4)
        {
            Vector128<float> row0 = Vector128.LoadUnsafe(ref rows, row * stride);
            Vector128<float> row1 = Vector128.LoadUnsafe(ref rows, (row + 1) * stride);
            Vector128<float> row2 = Vector128.LoadUnsafe(ref rows, (row + 2) * stride);
            Vector128<float> row3 = Vector128.LoadUnsafe(ref rows, (row + 3) * stride);
            Vector128<double> low01 = Low(row0, row1).AsDouble();
            Vector128<double> low23 = Low(row2, row3).AsDouble();
            Vector128<double> high01 = High(row0, row1).AsDouble();
            Vector128<double> high23 = High(row2, row3).AsDouble();
            Low(low01, low23).AsSingle().StoreUnsafe(ref packed, row);
            High(low01, low23).AsSingle().StoreUnsafe(ref packed, row + 16);
            Low(high01, high23).AsSingle().StoreUnsafe(ref packed, row + 32);
            High(high01, high23).AsSingle().StoreUnsafe(ref packed, row + 48);
        }
    }

    // The lower halves of two vectors, element by element in turns, and the upper ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Low(Vector128<double> a, Vector128<double> b) => Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> High(Vector128<double> a, Vector128<double> b) => Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> a, Vector128<float> b) => Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> a, Vector128<float> b) => Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);

    // Two features of rows 0..3: the 128-bit lanes hold rows 0 2 and rows 1 3, so that interleaving them puts the rows in order.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeFourRows(ref double rows, nuint stride, ref double packed)
    {
        Vector256<double> even = Pair(ref rows, 0, 2 * stride);
        Vector256<double> odd = Pair(ref rows, stride, 3 * stride);
        Avx.UnpackLow(even, odd).StoreUnsafe(ref packed, 0);
        Avx.UnpackHigh(even, odd).StoreUnsafe(ref packed, 8);
    }

    // Four features of rows 0..7: lanes of rows i and i + 4; a 4 x 4 transpose in each lane.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeEightRows(ref float rows, nuint stride, ref float packed)
    {
        Vector256<float> row0 = Pair(ref rows, 0, 4 * stride);
        Vector256<float> row1 = Pair(ref rows, stride, 5 * stride);
        Vector256<float> row2 = Pair(ref rows, 2 * stride, 6 * stride);
        Vector256<float> row3 = Pair(ref rows, 3 * stride, 7 * stride);
        Vector256<double> low01 = Avx.UnpackLow(row0, row1).AsDouble();
        Vector256<double> low23 = Avx.UnpackLow(row2, row3).AsDouble();
        Vector256<double> high01 = Avx.UnpackHigh(row0, row1).AsDouble();
        Vector256<double> high23 = Avx.UnpackHigh(row2, row3).AsDouble();
        Avx.UnpackLow(low01, low23).AsSingle().StoreUnsafe(ref packed, 0);
        Avx.UnpackHigh(low01, low23).AsSingle().StoreUnsafe(ref packed, 16);
        Avx.UnpackLow(high01, high23).AsSingle().StoreUnsafe(ref packed, 32);
        Avx.UnpackHigh(high01, high23).AsSingle().StoreUnsafe(ref packed, 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Pair<T>(ref T rows, nuint low, nuint high)
        where T : unmanaged => Vector128.LoadUnsafe(ref rows, low).ToVector256Unsafe().WithUpper(Vector128.LoadUnsafe(ref rows, high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Halves(ref double rows, nuint lower, nuint upper) =>
        RowLanes.JoinHalves(Vector256.LoadUnsafe(ref rows, lower), Vector256.LoadUnsafe(ref rows, upper));

    // Four features of each; rows of four are a vector as they stand.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FourRows(ref float rows, nuint stride) => stride == 4 ? Vector512.LoadUnsafe(ref rows) : RowLanes.JoinQuarters(
        Vector128.LoadUnsafe(ref rows, 0),
        Vector128.LoadUnsafe(ref rows, stride),
        Vector128.LoadUnsafe(ref rows, 2 * stride),
        Vector128.LoadUnsafe(ref rows, 3 * stride));

    [DoesNotReturn]
    private static void ThrowBlock() => throw new ArgumentException("These are not the rows of a block, and room for them.");
}
