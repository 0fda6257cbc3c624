using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SoftmaxGen.Numerics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// The second-order kernels, tile by tile, compiled anew for each model. Every row has a weight here, which is 0 for the rows of the padding.
/// <see cref="CurvatureTiles{TPlan, TKernels, T}"/> checks what is handed over.
/// </summary>
internal static class CurvatureLoop<TPlan, TKernels, T>
    where TPlan : struct, IKernelPlan
    where TKernels : struct, ITileKernels<TPlan, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static int BlockRows => PackedRows<T>.BlockRows;

    private static int Contrasts => TPlan.Classes - 1;

    private static int Lanes => KernelVectors.Bytes / Unsafe.SizeOf<T>();

    private static int VectorsPerBlock => BlockRows / Lanes;

    /// <summary>Adds the product of the Hessian with a direction.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void AddProduct(
        ReadOnlySpan<double> weights,
        ReadOnlySpan<double> direction,
        PackedRows<T> rows,
        Span<double> productSum,
        in CurvatureLayout layout,
        ref double scratch)
    {
        ref double sums = ref Unsafe.Add(ref scratch, layout.Sums);
        ref T w = ref Part(ref scratch, 0);
        ref T v = ref Part(ref scratch, layout.Direction);
        ref T p = ref Part(ref scratch, layout.Probabilities);
        ref T u = ref Part(ref scratch, layout.Coefficients);
        ref T x = ref MemoryMarshal.GetReference(rows.Features);
        int tileBlocks = layout.TileBlocks;
        int end = Blocks(rows);
        Prepare(weights, layout, ref scratch);
        TileLoop<TPlan, TKernels, T>.PrepareWeights(direction, ref v);
        for (int first = 0; first < end; first += tileBlocks)
        {
            int blocks = Math.Min(tileBlocks, end - first);
            ref T rowWeights = ref TileWeights(rows, first, blocks, ref Part(ref scratch, layout.RowWeights));
            ref T next = ref Unsafe.Add(ref x, tileBlocks * TPlan.Features * BlockRows);
            Probabilities(weights, ref x, ref w, ref p, ref next, blocks);
            TKernels.Scores(ref x, ref v, ref u, ref next, blocks);
            CurvatureStages<TPlan, T>.ProductResiduals(ref p, ref u, ref rowWeights, blocks);
            TKernels.Gradient(ref x, ref u, ref next, ref sums, blocks);
            x = ref next;
        }

        // The direction was scaled like the weights.
        TileLoop<TPlan, TKernels, T>.AddSumsTo(productSum, ref sums, 1 / TileLoop<TPlan, TKernels, T>.Scale);
    }

    /// <summary>Adds the distinct elements of the Hessian.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void AddHessian(ReadOnlySpan<double> weights, PackedRows<T> rows, Span<double> hessianSum, in CurvatureLayout layout, ref double scratch)
    {
        ref double sums = ref Unsafe.Add(ref scratch, layout.Sums);
        ref T w = ref Part(ref scratch, 0);
        ref T p = ref Part(ref scratch, layout.Probabilities);
        ref T h = ref Part(ref scratch, layout.Coefficients);
        ref T pairs = ref Part(ref scratch, layout.ColumnPairs);
        ref T x = ref MemoryMarshal.GetReference(rows.Features);
        int tileBlocks = layout.TileBlocks;
        int end = Blocks(rows);
        Prepare(weights, layout, ref scratch);
        for (int first = 0; first < end; first += tileBlocks)
        {
            int blocks = Math.Min(tileBlocks, end - first);
            ref T rowWeights = ref TileWeights(rows, first, blocks, ref Part(ref scratch, layout.RowWeights));
            ref T next = ref Unsafe.Add(ref x, tileBlocks * TPlan.Features * BlockRows);
            if (TKernels.FusesHessian)
            {
                FusedPairs(weights, ref x, ref w, ref p, ref rowWeights, ref h, ref next, blocks);
                TKernels.Hessian(ref x, ref h, ref sums, blocks);
            }
            else
            {
                Pairs(weights, ref x, ref w, ref p, ref rowWeights, ref h, ref pairs, ref next, blocks);
                TKernels.Hessian(ref pairs, ref h, ref sums, blocks);
            }

            x = ref next;
        }

        AddHessianSumsTo(hessianSum, ref sums);
    }

    [MethodImpl(AggressiveInlining)]
    private static int Blocks(PackedRows<T> rows) => (rows.Count + PackedRows<T>.GroupRows - 1) / PackedRows<T>.GroupRows * PackedRows<T>.GroupBlocks;

    [MethodImpl(AggressiveInlining)]
    private static void Prepare(ReadOnlySpan<double> weights, in CurvatureLayout layout, ref double scratch)
    {
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref scratch, layout.Sums), layout.SumDoubles).Clear();
        TileLoop<TPlan, TKernels, T>.PrepareWeights(weights, ref Part(ref scratch, 0));
    }

    // The weights of the rows of a tile; those of an unweighted training set are made in the scratch: 1, and 0 for the padding.
    [MethodImpl(AggressiveInlining)]
    private static ref T TileWeights(PackedRows<T> rows, int firstBlock, int blocks, ref T made)
    {
        if (!rows.RowWeights.IsEmpty)
        {
            return ref Unsafe.Add(ref MemoryMarshal.GetReference(rows.RowWeights), (nint)firstBlock * BlockRows);
        }

        TileLoop<TPlan, TKernels, T>.Weigh(ref made, rows.Count - (firstBlock * BlockRows), blocks * BlockRows);
        return ref made;
    }

    // The probabilities of classes 1 to C - 1 of a tile.
    [MethodImpl(AggressiveOptimization)]
    private static void Probabilities(ReadOnlySpan<double> weights, ref T x, ref T w, ref T p, ref T next, int blocks)
    {
        TKernels.Scores(ref x, ref w, ref p, ref next, blocks);
        nint end = (nint)blocks * VectorsPerBlock;
        nint vector = TKernels.Probabilities(ref p, 0, end);
        while ((nuint)vector < (nuint)end)
        {
            CarefulProbabilities(weights, ref x, ref p, vector);
            vector = TKernels.Probabilities(ref p, vector + 1, end);
        }
    }

    // From the features of a tile to the products of pairs of its probabilities and of pairs of its columns.
    [MethodImpl(NoInlining)]
    private static void Pairs(
        ReadOnlySpan<double> weights, ref T x, ref T w, ref T p, ref T rowWeights, ref T h, ref T pairs, ref T next, int blocks)
    {
        Probabilities(weights, ref x, ref w, ref p, ref next, blocks);
        CurvatureStages<TPlan, T>.MultiplyContrasts(ref p, ref rowWeights, ref h, 0, (nint)blocks * VectorsPerBlock);
        CurvatureStages<TPlan, T>.MultiplyColumns(ref x, ref pairs, blocks);
    }

    // From the scores of a tile to the products of pairs of its probabilities.
    [MethodImpl(AggressiveOptimization)]
    private static void FusedPairs(ReadOnlySpan<double> weights, ref T x, ref T w, ref T t, ref T rowWeights, ref T h, ref T next, int blocks)
    {
        TKernels.Scores(ref x, ref w, ref t, ref next, blocks);
        nint end = (nint)blocks * VectorsPerBlock;
        nint vector = TKernels.SoftmaxPairs(ref t, ref rowWeights, ref h, 0, end);
        while ((nuint)vector < (nuint)end)
        {
            CarefulPairs(weights, ref x, ref t, ref rowWeights, ref h, vector);
            vector = TKernels.SoftmaxPairs(ref t, ref rowWeights, ref h, vector + 1, end);
        }
    }

    [MethodImpl(AggressiveOptimization)]
    private static void AddHessianSumsTo(Span<double> hessian, ref double sums)
    {
        int i = 0;
        if (VectorsPerBlock == 1 && TPlan.HessianStride > 1)
        {
            for (; i <= hessian.Length - ScratchLayout.BlockDoubles; i += ScratchLayout.BlockDoubles)
            {
                RowLanes.AddEach(ref Unsafe.Add(ref sums, i * TPlan.HessianStride), ref hessian[i]);
            }
        }

        for (; i < hessian.Length; i++)
        {
            ref double sum = ref Unsafe.Add(ref sums, i * TPlan.HessianStride);
            hessian[i] += TPlan.HessianStride > 1 ? KernelVectors.Sum(ref sum) : sum;
        }
    }

    // The rows of a vector whose contrasts lie beyond the exponential's range.
    [MethodImpl(NoInlining)]
    private static void CarefulProbabilities(ReadOnlySpan<double> weights, ref T x, ref T p, nint vector)
    {
        ReadOnlySpan<T> features = MemoryMarshal.CreateReadOnlySpan(ref RowVector(ref x, vector, TPlan.Features), ((TPlan.Features - 1) * BlockRows) + Lanes);
        Span<T> probabilities = MemoryMarshal.CreateSpan(ref RowVector(ref p, vector, Contrasts), ((Contrasts - 1) * BlockRows) + Lanes);
        CarefulSoftmax.Probabilities(weights, features, probabilities, BlockRows, Lanes);
    }

    [MethodImpl(NoInlining)]
    private static void CarefulPairs(ReadOnlySpan<double> weights, ref T x, ref T t, ref T rowWeights, ref T h, nint vector)
    {
        CarefulProbabilities(weights, ref x, ref t, vector);
        CurvatureStages<TPlan, T>.MultiplyContrasts(ref t, ref rowWeights, ref h, vector, vector + 1);
    }

    // Vectors narrower than a block's 64 bytes share its blocks.
    [MethodImpl(AggressiveInlining)]
    private static ref T RowVector(ref T origin, nint vector, int perBlock) =>
        ref Unsafe.Add(ref origin, (vector / VectorsPerBlock * perBlock * BlockRows) + (vector % VectorsPerBlock * Lanes));

    [MethodImpl(AggressiveInlining)]
    private static ref T Part(ref double scratch, int offset) => ref TileLoop<TPlan, TKernels, T>.Part(ref scratch, offset);
}
