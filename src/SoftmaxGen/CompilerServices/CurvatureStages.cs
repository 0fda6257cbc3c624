using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace SoftmaxGen.CompilerServices;

/// <summary>The stages of second order that no generated kernel has, at the widest vectors that the hardware has.</summary>
internal static class CurvatureStages<TPlan, T>
    where TPlan : struct, IKernelPlan
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary><c>residual_j = w p_j (u_j - sum_l p_l u_l)</c>, in place of u.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void ProductResiduals(ref T p, ref T u, ref T w, int blocks)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            CurvatureStages<TPlan, Vectors512<T>, Vector512<T>, T>.ProductResiduals(ref p, ref u, ref w, blocks);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            CurvatureStages<TPlan, Vectors256<T>, Vector256<T>, T>.ProductResiduals(ref p, ref u, ref w, blocks);
        }
        else
        {
            CurvatureStages<TPlan, Vectors128<T>, Vector128<T>, T>.ProductResiduals(ref p, ref u, ref w, blocks);
        }
    }

    /// <summary><c>h_jj = w p_j (1 - p_j)</c> and <c>h_jl = -w p_j p_l</c> for <c>j > l</c>, row by row of the triangle.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void MultiplyContrasts(ref T p, ref T w, ref T h, nint vector, nint end)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            CurvatureStages<TPlan, Vectors512<T>, Vector512<T>, T>.MultiplyContrasts(ref p, ref w, ref h, vector, end);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            CurvatureStages<TPlan, Vectors256<T>, Vector256<T>, T>.MultiplyContrasts(ref p, ref w, ref h, vector, end);
        }
        else
        {
            CurvatureStages<TPlan, Vectors128<T>, Vector128<T>, T>.MultiplyContrasts(ref p, ref w, ref h, vector, end);
        }
    }

    /// <summary><c>x_a x_b</c> for <c>a >= b</c>, row by row of the triangle; <c>x_0 = 1</c>, and the pair of the bias with itself is left out.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void MultiplyColumns(ref T x, ref T pairs, int blocks)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            CurvatureStages<TPlan, Vectors512<T>, Vector512<T>, T>.MultiplyColumns(ref x, ref pairs, blocks);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            CurvatureStages<TPlan, Vectors256<T>, Vector256<T>, T>.MultiplyColumns(ref x, ref pairs, blocks);
        }
        else
        {
            CurvatureStages<TPlan, Vectors128<T>, Vector128<T>, T>.MultiplyColumns(ref x, ref pairs, blocks);
        }
    }
}

/// <summary>
/// The stages at one width, compiled anew for each model. A class of its own, that the kernels of small shapes never load: they have these stages fused.
/// </summary>
internal static class CurvatureStages<TPlan, TVectors, TVector, T>
    where TPlan : struct, IKernelPlan
    where TVectors : struct, IVectors<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static int BlockRows => PackedRows<T>.BlockRows;

    private static int Contrasts => TPlan.Classes - 1;

    private static int ContrastPairs => Contrasts * (Contrasts + 1) / 2;

    private static int Lanes => Unsafe.SizeOf<TVector>() / Unsafe.SizeOf<T>();

    private static int VectorsPerBlock => BlockRows / Lanes;

    /// <summary><c>residual_j = w p_j (u_j - sum_l p_l u_l)</c>, in place of u.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void ProductResiduals(ref T p, ref T u, ref T w, int blocks)
    {
        nint end = (nint)blocks * VectorsPerBlock;
        for (nint vector = 0; vector < end; vector++)
        {
            ref T pv = ref RowVector(ref p, vector, Contrasts);
            ref T uv = ref RowVector(ref u, vector, Contrasts);
            TVector wv = TVectors.Load(ref w, vector * Lanes);
            TVector mean = TVectors.Zero;
            for (nint j = 0; j < Contrasts * BlockRows; j += BlockRows)
            {
                mean = TVectors.MultiplyAdd(TVectors.Load(ref pv, j), TVectors.Load(ref uv, j), mean);
            }

            for (nint j = 0; j < Contrasts * BlockRows; j += BlockRows)
            {
                TVector wp = TVectors.Multiply(TVectors.Load(ref pv, j), wv);
                TVectors.Store(TVectors.Multiply(wp, TVectors.Subtract(TVectors.Load(ref uv, j), mean)), ref uv, j);
            }
        }
    }

    /// <summary><c>h_jj = w p_j (1 - p_j)</c> and <c>h_jl = -w p_j p_l</c> for <c>j > l</c>, row by row of the triangle.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void MultiplyContrasts(ref T p, ref T w, ref T h, nint vector, nint end)
    {
        for (; vector < end; vector++)
        {
            ref T pv = ref RowVector(ref p, vector, Contrasts);
            ref T hv = ref RowVector(ref h, vector, ContrastPairs);
            TVector wv = TVectors.Load(ref w, vector * Lanes);
            for (nint j = 0; j < Contrasts * BlockRows; j += BlockRows)
            {
                TVector pj = TVectors.Load(ref pv, j);
                TVector wp = TVectors.Multiply(wv, pj);
                for (nint l = 0; l < j; l += BlockRows)
                {
                    TVectors.Store(TVectors.Subtract(TVectors.Zero, TVectors.Multiply(wp, TVectors.Load(ref pv, l))), ref hv, 0);
                    hv = ref Unsafe.Add(ref hv, BlockRows);
                }

                TVectors.Store(TVectors.Multiply(wp, TVectors.Subtract(TVectors.One, pj)), ref hv, 0);
                hv = ref Unsafe.Add(ref hv, BlockRows);
            }
        }
    }

    /// <summary><c>x_a x_b</c> for <c>a >= b</c>, row by row of the triangle; <c>x_0 = 1</c>, and the pair of the bias with itself is left out.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void MultiplyColumns(ref T x, ref T pairs, int blocks)
    {
        int stored = (TPlan.Features + 1) * (TPlan.Features + 2) / 2 - 1;
        nint end = (nint)blocks * VectorsPerBlock;
        for (nint vector = 0; vector < end; vector++)
        {
            ref T xv = ref RowVector(ref x, vector, TPlan.Features);
            ref T product = ref RowVector(ref pairs, vector, stored);
            for (nint a = 0; a < TPlan.Features * BlockRows; a += BlockRows)
            {
                TVector xa = TVectors.Load(ref xv, a);
                TVectors.Store(xa, ref product, 0);
                product = ref Unsafe.Add(ref product, BlockRows);
                for (nint b = 0; b <= a; b += BlockRows)
                {
                    TVectors.Store(TVectors.Multiply(xa, TVectors.Load(ref xv, b)), ref product, 0);
                    product = ref Unsafe.Add(ref product, BlockRows);
                }
            }
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static ref T RowVector(ref T origin, nint vector, int perBlock) =>
        ref Unsafe.Add(ref origin, (vector / VectorsPerBlock * perBlock * BlockRows) + (vector % VectorsPerBlock * Lanes));
}
