using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// The Hessian of a model's loss, and products with it, by the generated stages of a tile. Arguments are checked here, once a call. For generated code alone.
/// </summary>
/// <typeparam name="TPlan">The sizes of the model and its tiles.</typeparam>
/// <typeparam name="TKernels">The stages at the widest vectors that the hardware has.</typeparam>
/// <typeparam name="T">The type of the features.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Generated code names the type once for each of its members.")]
public static class CurvatureTiles<TPlan, TKernels, T>
    where TPlan : struct, IKernelPlan
    where TKernels : struct, ITileKernels<TPlan, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static int Contrasts => TPlan.Classes - 1;

    private static int Columns => TPlan.Features + 1;

    private static int ContrastPairs
    {
        [MethodImpl(AggressiveInlining)]
        get => Contrasts * (Contrasts + 1) / 2;
    }

    private static int ColumnPairs
    {
        [MethodImpl(AggressiveInlining)]
        get => Columns * (Columns + 1) / 2;
    }

    private static bool HasHessian => TPlan.HessianStride > 0;

    // The pair of the bias with itself is a column of ones, and not stored.
    private static CurvatureLayout Layout
    {
        [MethodImpl(AggressiveInlining)]
        get => new(
            Contrasts,
            Columns,
            HasHessian ? ContrastPairs : Contrasts,
            HasHessian && !TKernels.FusesHessian ? ColumnPairs - 1 : 0,
            Math.Max(Contrasts * Columns * TPlan.SumStride, ContrastPairs * ColumnPairs * TPlan.HessianStride));
    }

    /// <summary>
    /// Adds the product of the Hessian with a direction V: row j gains <c>sum_i w_i p_j (u_j - sum_l p_l u_l) x_i</c>, where <c>u = V x_i</c>.
    /// </summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major; finite.</param>
    /// <param name="direction">The direction, <c>C x (m+1)</c>, row-major; finite.</param>
    /// <param name="rows">The packed rows.</param>
    /// <param name="productSum">The sum to add to, <c>C x (m+1)</c>, row-major.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    [MethodImpl(AggressiveOptimization)]
    public static void AccumulateProduct(ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, PackedRows<T> rows, Span<double> productSum)
    {
        int parameterCount = TPlan.Classes * Columns;
        Guard.Plan<TPlan>();
        Guard.Accumulation(weights, parameterCount, rows, TPlan.Features, productSum, parameterCount, nameof(productSum));
        Guard.Length(direction.Length, parameterCount, nameof(direction));
        CurvatureLayout layout = Layout;
        double[] rented = ArrayPool<double>.Shared.Rent(layout.Length);
        try
        {
            ref double scratch = ref MemoryMarshal.GetReference(Scratch.Align(rented));
            CurvatureLoop<TPlan, TKernels, T>.AddProduct(weights, direction, rows, productSum, layout, ref scratch);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>
    /// Adds the distinct elements of the Hessian: for <c>j >= l >= 1</c> the lower triangle of block <c>(j, l)</c>,
    /// <c>sum_i w_i (p_j [j == l] - p_j p_l) x_i x_i^T</c>.
    /// </summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major; finite.</param>
    /// <param name="rows">The packed rows.</param>
    /// <param name="hessianSum">The sum to add to.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <exception cref="NotSupportedException">The model has no Hessian.</exception>
    [MethodImpl(AggressiveOptimization)]
    public static void AccumulateHessian(ReadOnlySpan<double> weights, PackedRows<T> rows, Span<double> hessianSum)
    {
        if (!HasHessian)
        {
            throw new NotSupportedException();
        }

        Guard.Plan<TPlan>();
        Guard.Accumulation(weights, TPlan.Classes * Columns, rows, TPlan.Features, hessianSum, ContrastPairs * ColumnPairs, nameof(hessianSum));
        CurvatureLayout layout = Layout;
        double[] rented = ArrayPool<double>.Shared.Rent(layout.Length);
        try
        {
            ref double scratch = ref MemoryMarshal.GetReference(Scratch.Align(rented));
            CurvatureLoop<TPlan, TKernels, T>.AddHessian(weights, rows, hessianSum, layout, ref scratch);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }
}
