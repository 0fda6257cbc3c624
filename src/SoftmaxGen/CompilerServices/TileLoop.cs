using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SoftmaxGen.Numerics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// The loss and its gradient, tile by tile. Every type parameter is a struct, so that the JIT compiles this anew for each model and knows all
/// sizes as numbers. <see cref="TrainingTiles{TPlan, TKernels, T}"/> checks what is handed over.
/// </summary>
internal static class TileLoop<TPlan, TKernels, T>
    where TPlan : struct, IKernelPlan
    where TKernels : struct, ITileKernels<TPlan, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int GroupBlocks = BlockLayout.GroupBlocks;

    /// <summary>Gets what contrasts are scaled by.</summary>
    public static double Scale
    {
        [MethodImpl(AggressiveInlining)]
        get => typeof(T) == typeof(double) ? KernelVectors.DoubleScale : KernelVectors.SingleScale;
    }

    private static int BlockRows => PackedRows<T>.BlockRows;

    private static int GroupRows => GroupBlocks * BlockRows;

    private static int Contrasts => TPlan.Classes - 1;

    private static int Columns => TPlan.Features + 1;

    private static int SumDoubles
    {
        [MethodImpl(AggressiveInlining)]
        get => Contrasts * Columns * TPlan.SumStride;
    }

    private static int Lanes
    {
        [MethodImpl(AggressiveInlining)]
        get => KernelVectors.Bytes / Unsafe.SizeOf<T>();
    }

    private static ScratchLayout Layout
    {
        [MethodImpl(AggressiveInlining)]
        get => TrainingTiles<TPlan, TKernels, T>.Layout(TPlan.TileBlocks);
    }

    private static ScratchLayout RowMajorLayout
    {
        [MethodImpl(AggressiveInlining)]
        get => TrainingTiles<TPlan, TKernels, T>.Layout(TPlan.RowMajorTileBlocks);
    }

    /// <summary>Adds the loss and the gradient of packed rows to running sums.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static double AddPacked(ReadOnlySpan<double> weights, PackedRows<T> rows, Span<double> gradientSum, ref double scratch)
    {
        ClearSums(ref scratch);
        PrepareWeights(weights, ref Part(ref scratch, ScratchLayout.Weights));
        ref T secondTile = ref At(ref MemoryMarshal.GetReference(rows.Features), TPlan.TileBlocks * TPlan.Features * BlockRows);
        double loss = AddRows(weights, rows, ref secondTile, TPlan.TileBlocks, ref scratch);
        AddSumsTo(gradientSum, ref At(ref scratch, Layout.Sums), 1);
        return loss;
    }

    /// <summary>Computes the mean loss and gradient of row-major rows; those that are packed are packed tile by tile into the scratch.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static double AddRowMajor(ReadOnlySpan<T> weights, ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, Span<T> gradient, ref double scratch)
    {
        // The sums run in double whatever the model's type is.
        int wide = RowMajorLayout.Wide;
        Span<double> wideWeights = typeof(T) == typeof(double)
            ? MemoryMarshal.CreateSpan(ref Unsafe.As<T, double>(ref MemoryMarshal.GetReference(weights)), weights.Length)
            : MemoryMarshal.CreateSpan(ref At(ref scratch, wide), weights.Length);
        Span<double> gradientSum = typeof(T) == typeof(double)
            ? MemoryMarshal.CreateSpan(ref Unsafe.As<T, double>(ref MemoryMarshal.GetReference(gradient)), gradient.Length)
            : MemoryMarshal.CreateSpan(ref At(ref scratch, wide + weights.Length), gradient.Length);
        for (int i = 0; typeof(T) == typeof(float) && i < weights.Length; i++)
        {
            wideWeights[i] = Unsafe.As<T, float>(ref Unsafe.AsRef(in weights[i]));
        }

        gradientSum.Clear();
        ClearSums(ref scratch);
        PrepareWeights(wideWeights, ref Part(ref scratch, ScratchLayout.Weights));
        TKernels.PrepareUnpacked(wideWeights, ref Part(ref scratch, RowMajorLayout.Unpacked));
        double loss = 0;
        int tileRows = TPlan.RowMajorTileBlocks * BlockRows;
        int first = AddUnpacked(rows, labels, 0, ref loss, ref scratch);
        while (first < labels.Length)
        {
            int count = Math.Min(tileRows, labels.Length - first);
            PackedRows<T> tile = PackTile(rows.Slice(first * TPlan.Features, count * TPlan.Features), labels.Slice(first, count), ref scratch);
            ref T nextTile = ref At(ref MemoryMarshal.GetReference(rows), (nint)(first + tileRows) * TPlan.Features);
            loss += AddRows(wideWeights, tile, ref nextTile, TPlan.RowMajorTileBlocks, ref scratch);
            first = AddUnpacked(rows, labels, first + count, ref loss, ref scratch);
        }

        AddSumsTo(gradientSum, ref At(ref scratch, Layout.Sums), 1);
        double scale = 1.0 / labels.Length;
        if (typeof(T) == typeof(double))
        {
            // The sums are the gradient.
            for (int i = 0; i < gradientSum.Length; i++)
            {
                gradientSum[i] *= scale;
            }
        }
        else
        {
            Span<float> narrow = MemoryMarshal.CreateSpan(ref Unsafe.As<T, float>(ref MemoryMarshal.GetReference(gradient)), gradient.Length);
            for (int i = 0; i < narrow.Length; i++)
            {
                narrow[i] = (float)(gradientSum[i] * scale);
            }
        }

        return loss * scale;
    }

    /// <summary>Lays out the scaled weights of the contrasts in the order in which the scores read them: some contrasts at a time, column by column.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void PrepareWeights(ReadOnlySpan<double> weights, ref T prepared) =>
        ContrastWeights.Prepare(weights, Columns, TKernels.ContrastsAtOnce, Scale, MemoryMarshal.CreateSpan(ref prepared, Contrasts * Columns));

    /// <summary>Adds the gradient to what there is, from the sums of its contrasts.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void AddSumsTo(Span<double> gradient, ref double first, double factor)
    {
        if (TPlan.SumStride == 1)
        {
            ContrastWeights.AddSumsTo(gradient, Columns, MemoryMarshal.CreateReadOnlySpan(ref first, SumDoubles), factor);
        }
        else
        {
            AddVectorSumsTo(gradient, ref first, factor);
        }
    }

    /// <summary>Writes the weights of rows that have none: 1, and 0 for the padding behind them.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void Weigh(ref T weights, int real, int count)
    {
        for (int row = 0; row < count; row += Lanes)
        {
            Fill(row < real ? 1 : 0, ref weights, row);
        }

        for (int row = real; row < count && row % Lanes != 0; row++)
        {
            At(ref weights, row) = T.Zero;
        }
    }

    /// <summary>Finds a part of the scratch.</summary>
    [MethodImpl(AggressiveInlining)]
    public static ref T Part(ref double scratch, int offset) => ref Unsafe.As<double, T>(ref At(ref scratch, offset));

    // Not left to the zeroing of stack memory, which is switched off, and pooled memory has none.
    [MethodImpl(AggressiveInlining)]
    private static void ClearSums(ref double scratch) => MemoryMarshal.CreateSpan(ref At(ref scratch, Layout.Sums), SumDoubles).Clear();

    // Adds row-major rows without packing them, from a row on, and returns the first that is to be packed: it has scores beyond the exponential's range or
    // shares a block with such a row, or it is one of the last, which do not fill a block.
    [MethodImpl(AggressiveOptimization)]
    private static int AddUnpacked(ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, int first, ref double lossSum, ref double scratch)
    {
        while (TKernels.UnpackedBlocks > 0 && labels.Length - first >= BlockRows)
        {
            int blocks = Math.Min(TKernels.UnpackedBlocks, (labels.Length - first) / BlockRows);
            ref T loss = ref ClearLoss(ref scratch);
            int added = (int)TKernels.AddUnpacked(
                ref At(ref MemoryMarshal.GetReference(rows), (nint)first * TPlan.Features),
                ref At(ref MemoryMarshal.GetReference(labels), first),
                ref Part(ref scratch, ScratchLayout.Weights),
                ref Part(ref scratch, RowMajorLayout.Rows),
                ref Part(ref scratch, RowMajorLayout.Unpacked),
                ref At(ref scratch, Layout.Sums),
                ref loss,
                blocks);
            lossSum += LossOfParts(ref loss);
            first += added * BlockRows;
            if (added < blocks)
            {
                break;
            }
        }

        return first;
    }

    [MethodImpl(AggressiveInlining)]
    private static PackedRows<T> PackTile(ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, ref double scratch)
    {
        int count = labels.Length;
        Span<T> x = MemoryMarshal.CreateSpan(ref Part(ref scratch, RowMajorLayout.Rows), TPlan.RowMajorTileBlocks * BlockRows * TPlan.Features);
        Span<T> y = MemoryMarshal.CreateSpan(ref Part(ref scratch, RowMajorLayout.ClassIndices), TPlan.RowMajorTileBlocks * BlockRows);
        int inGroups = count / GroupRows * GroupRows;
        if (inGroups < count)
        {
            // The rows that pad the last group of blocks are zero.
            x.Slice(inGroups * TPlan.Features, GroupRows * TPlan.Features).Clear();
            y.Slice(inGroups, GroupRows).Clear();
        }

        int inBlocks = TPlan.PacksBlocks ? count / BlockRows : 0;
        if (TPlan.PacksBlocks)
        {
            RowPacker.PackBlocks<TPlan, T>(
                ref MemoryMarshal.GetReference(rows),
                ref MemoryMarshal.GetReference(labels),
                ref MemoryMarshal.GetReference(x),
                ref MemoryMarshal.GetReference(y),
                inBlocks);
        }

        if (inBlocks * BlockRows < count)
        {
            int packed = inBlocks * BlockRows;
            RowPacker.PackRows(rows[(packed * TPlan.Features)..], TPlan.Features, x[(packed * TPlan.Features)..]);
            RowPacker.PackLabels(labels[packed..], TPlan.FirstLabel, y[packed..]);
        }

        return PackedRows<T>.Create(count, TPlan.Features, x, y);
    }

    // Adds packed rows tile by tile. Rows of weight 1 need no weights, but for the last, which share a group of blocks with padding. What comes after the first
    // tile begins at next, and is fetched ahead.
    [MethodImpl(AggressiveOptimization)]
    private static double AddRows(ReadOnlySpan<double> weights, PackedRows<T> rows, ref T next, int tileBlocks, ref double scratch)
    {
        bool isWeighted = !rows.RowWeights.IsEmpty;
        ref T x = ref MemoryMarshal.GetReference(rows.Features);
        ref T y = ref MemoryMarshal.GetReference(rows.ClassIndices);
        ref T w = ref isWeighted ? ref MemoryMarshal.GetReference(rows.RowWeights) : ref Unsafe.NullRef<T>();
        int blocks = isWeighted ? (rows.Count + GroupRows - 1) / GroupRows * GroupBlocks : rows.Count / GroupRows * GroupBlocks;
        double loss = 0;
        for (int first = 0; first < blocks; first += tileBlocks)
        {
            int tile = Math.Min(tileBlocks, blocks - first);
            nint features = (nint)first * TPlan.Features * BlockRows;
            nint row = (nint)first * BlockRows;
            ref T tileWeights = ref isWeighted ? ref At(ref w, row) : ref w;
            loss += AddTile(weights, ref At(ref x, features), ref At(ref y, row), ref tileWeights, ref At(ref next, features), tile, ref scratch);
        }

        int rest = rows.Count % GroupRows;
        if (!isWeighted && rest > 0)
        {
            ref T tail = ref Part(ref scratch, Layout.TailWeights);
            Weigh(ref tail, rest, GroupRows);
            ref T tailRows = ref At(ref x, (nint)blocks * TPlan.Features * BlockRows);
            ref T tailLabels = ref At(ref y, (nint)blocks * BlockRows);
            loss += AddTile(weights, ref tailRows, ref tailLabels, ref tail, ref next, GroupBlocks, ref scratch);
        }

        return loss;
    }

    // Adds the rows of a tile to the gradient sums and returns the sum of their losses. The weights of the rows are a null reference where they are 1.
    [MethodImpl(AggressiveOptimization)]
    private static double AddTile(ReadOnlySpan<double> weights, ref T x, ref T y, ref T w, ref T next, int blocks, ref double scratch)
    {
        ref T t = ref Part(ref scratch, Layout.Tile);
        ref double g = ref At(ref scratch, Layout.Sums);
        if (!Vector128.IsHardwareAccelerated)
        {
            return PortableTile.Add(
                weights,
                MemoryMarshal.CreateReadOnlySpan(ref x, blocks * TPlan.Features * BlockRows),
                MemoryMarshal.CreateReadOnlySpan(ref y, blocks * BlockRows),
                Unsafe.IsNullRef(ref w) ? default : MemoryMarshal.CreateReadOnlySpan(ref w, blocks * BlockRows),
                MemoryMarshal.CreateSpan(ref t, Contrasts * BlockRows),
                MemoryMarshal.CreateSpan(ref g, SumDoubles),
                TPlan.SumStride);
        }

        TKernels.Scores(ref x, ref Part(ref scratch, ScratchLayout.Weights), ref t, ref next, blocks);
        double carefulLoss = Softmax(weights, ref x, ref y, ref w, ref t, blocks, ref scratch);
        TKernels.Gradient(ref x, ref t, ref next, ref g, blocks);
        return carefulLoss + TileLoss(!Unsafe.IsNullRef(ref w), ref scratch);
    }

    // From contrasts to residuals. The stages add up the loss in the scratch, and stop at every row vector that is to be done with care; returns the loss of
    // these.
    [MethodImpl(AggressiveInlining)]
    private static double Softmax(ReadOnlySpan<double> weights, ref T x, ref T y, ref T w, ref T t, int blocks, ref double scratch)
    {
        bool isWeighted = !Unsafe.IsNullRef(ref w);
        ref T loss = ref ClearLoss(ref scratch);
        if (isWeighted)
        {
            Fill(0, ref loss, 0);
        }

        ref T p = ref Part(ref scratch, Layout.LabelProbabilities);
        if (TKernels.HasLabelStage)
        {
            if (isWeighted)
            {
                TKernels.WeightedSoftmax(ref t, ref w, ref p, blocks);
                LabelStage<T>.TakeWeightedLabels(ref t, ref y, ref w, ref p, Contrasts, blocks);
            }
            else
            {
                TKernels.Softmax(ref t, ref p, blocks);
                LabelStage<T>.TakeLabels(ref t, ref y, ref p, Contrasts, blocks);
            }
        }

        double carefulLoss = 0;
        nint end = (nint)blocks * (BlockRows / Lanes);
        nint vector = AddLoss(ref t, ref y, ref w, ref p, ref loss, 0, end);
        while ((nuint)vector < (nuint)end)
        {
            carefulLoss += CarefulRows(weights, ref x, ref y, ref w, ref t, vector);
            vector = AddLoss(ref t, ref y, ref w, ref p, ref loss, vector + 1, end);
        }

        return carefulLoss;
    }

    // Behind the gradient: the logarithm is not waited for.
    [MethodImpl(AggressiveInlining)]
    private static double TileLoss(bool isWeighted, ref double scratch)
    {
        ref T loss = ref Part(ref scratch, Layout.Loss);
        return isWeighted ? Sum(ref loss, 0) : LossOfParts(ref loss);
    }

    // sum log Z - sum t_y, or -sum log P_y where labels have a stage of their own: a block each of the mantissas of the product, of its exponents, and of the
    // sum of t_y.
    [MethodImpl(AggressiveOptimization)]
    private static double LossOfParts(ref T loss)
    {
        const double Ln2 = 0.693147180559945309417;
        double product = 1;
        long exponents = 0;
        for (int lane = 0; lane < Lanes; lane++)
        {
            if (typeof(T) == typeof(double))
            {
                product *= Unsafe.As<T, double>(ref At(ref loss, lane));
                exponents += Unsafe.As<T, long>(ref At(ref loss, BlockRows + lane));
            }
            else
            {
                product *= Unsafe.As<T, float>(ref At(ref loss, lane));
                exponents += Unsafe.As<T, int>(ref At(ref loss, BlockRows + lane));
            }
        }

        double log = Math.Log(product) + (exponents * Ln2);
        return TKernels.HasLabelStage ? -log : log - (Sum(ref loss, 2 * BlockRows) / Scale);
    }

    // Row j gains the sums of contrast j, row 0 loses them all.
    [MethodImpl(AggressiveOptimization)]
    private static void AddVectorSumsTo(Span<double> gradient, ref double sums, double factor)
    {
        for (int row = Columns; row < gradient.Length; row += Columns)
        {
            for (int k = 0; k < Columns; k++)
            {
                double sum = factor * KernelVectors.Sum(ref sums);
                gradient[row + k] += sum;
                gradient[k] -= sum;
                sums = ref At(ref sums, TPlan.SumStride);
            }
        }
    }

    // The stage that adds up the loss, up to a row vector that is to be done with care.
    [MethodImpl(AggressiveInlining)]
    private static nint AddLoss(ref T t, ref T y, ref T w, ref T p, ref T loss, nint vector, nint end)
    {
        if (Unsafe.IsNullRef(ref w))
        {
            return TKernels.HasLabelStage ? LabelStage<T>.AddLoss(ref p, ref loss, vector, end) : TKernels.Softmax(ref t, ref y, ref loss, vector, end);
        }

        return TKernels.HasLabelStage
            ? LabelStage<T>.AddWeightedLoss(ref p, ref w, ref loss, vector, end)
            : TKernels.WeightedSoftmax(ref t, ref y, ref w, ref loss, vector, end);
    }

    // The parts of the loss of rows without weights: the product of Z, which is 1; its exponents; the scores of the labels.
    [MethodImpl(AggressiveInlining)]
    private static ref T ClearLoss(ref double scratch)
    {
        ref T loss = ref Part(ref scratch, Layout.Loss);
        Fill(1, ref loss, 0);
        Fill(0, ref loss, BlockRows);
        Fill(0, ref loss, 2 * BlockRows);
        return ref loss;
    }

    [MethodImpl(AggressiveInlining)]
    private static void Fill(int value, ref T target, int offset)
    {
        ref T first = ref At(ref target, offset);
        if (typeof(T) == typeof(double))
        {
            KernelVectors.Fill((double)value, ref Unsafe.As<T, double>(ref first));
        }
        else
        {
            KernelVectors.Fill((float)value, ref Unsafe.As<T, float>(ref first));
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static double Sum(ref T source, int offset) => typeof(T) == typeof(double)
        ? KernelVectors.Sum(ref Unsafe.As<T, double>(ref At(ref source, offset)))
        : KernelVectors.Sum(ref Unsafe.As<T, float>(ref At(ref source, offset)));

    // The rows of a vector whose contrasts lie beyond the exponential's range.
    [MethodImpl(NoInlining)]
    private static double CarefulRows(ReadOnlySpan<double> weights, ref T x, ref T y, ref T w, ref T t, nint vector)
    {
        (nint block, nint lane) = Math.DivRem(vector * Lanes, BlockRows);
        return CarefulSoftmax.Rows(
            weights,
            MemoryMarshal.CreateReadOnlySpan(ref At(ref x, (block * TPlan.Features * BlockRows) + lane), ((TPlan.Features - 1) * BlockRows) + Lanes),
            MemoryMarshal.CreateReadOnlySpan(ref At(ref y, vector * Lanes), Lanes),
            Unsafe.IsNullRef(ref w) ? default : MemoryMarshal.CreateReadOnlySpan(ref At(ref w, vector * Lanes), Lanes),
            MemoryMarshal.CreateSpan(ref At(ref t, (block * Contrasts * BlockRows) + lane), ((Contrasts - 1) * BlockRows) + Lanes),
            BlockRows);
    }

    [MethodImpl(AggressiveInlining)]
    private static ref TElement At<TElement>(ref TElement origin, nint offset) => ref Unsafe.Add(ref origin, offset);
}
