using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SoftmaxGen.Numerics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace SoftmaxGen.CompilerServices;

/// <summary>
/// Labels of many contrasts, behind the softmax, row by row: comparisons with each contrast take as long or longer. For 512-bit vectors alone: with fewer
/// registers the softmax takes the labels along.
/// </summary>
internal static class LabelStage<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static int BlockRows => PackedRows<T>.BlockRows;

    // Below, digits of probabilities are lost.
    private static Vector512<T> LeastProbability => Vector512.Create(T.CreateTruncating(typeof(T) == typeof(double) ? 1e-300 : 1e-36));

    /// <summary>Moves the probability of each row's label to <paramref name="p"/>, which holds that of class 0, and takes 1 off where it was.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void TakeLabels(ref T t, ref T y, ref T p, int contrasts, int blocks)
    {
        for (; blocks > 0; blocks--)
        {
            // Written out: with a loop 12 x 5 and 26 x 16 take 2 % longer.
            TakeLabel(ref t, ref y, ref p, contrasts, 0, T.One);
            TakeLabel(ref t, ref y, ref p, contrasts, 1, T.One);
            TakeLabel(ref t, ref y, ref p, contrasts, 2, T.One);
            TakeLabel(ref t, ref y, ref p, contrasts, 3, T.One);
            TakeLabel(ref t, ref y, ref p, contrasts, 4, T.One);
            TakeLabel(ref t, ref y, ref p, contrasts, 5, T.One);
            TakeLabel(ref t, ref y, ref p, contrasts, 6, T.One);
            TakeLabel(ref t, ref y, ref p, contrasts, 7, T.One);
            if (typeof(T) == typeof(float))
            {
                TakeLabel(ref t, ref y, ref p, contrasts, 8, T.One);
                TakeLabel(ref t, ref y, ref p, contrasts, 9, T.One);
                TakeLabel(ref t, ref y, ref p, contrasts, 10, T.One);
                TakeLabel(ref t, ref y, ref p, contrasts, 11, T.One);
                TakeLabel(ref t, ref y, ref p, contrasts, 12, T.One);
                TakeLabel(ref t, ref y, ref p, contrasts, 13, T.One);
                TakeLabel(ref t, ref y, ref p, contrasts, 14, T.One);
                TakeLabel(ref t, ref y, ref p, contrasts, 15, T.One);
            }

            t = ref Unsafe.Add(ref t, contrasts * BlockRows);
            y = ref Unsafe.Add(ref y, BlockRows);
            p = ref Unsafe.Add(ref p, BlockRows);
        }
    }

    /// <summary>Does the same for rows with weights, whose weight is taken off.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void TakeWeightedLabels(ref T t, ref T y, ref T w, ref T p, int contrasts, int blocks)
    {
        for (; blocks > 0; blocks--)
        {
            for (int lane = 0; lane < BlockRows; lane += 4)
            {
                TakeLabel(ref t, ref y, ref p, contrasts, lane, Unsafe.Add(ref w, lane));
                TakeLabel(ref t, ref y, ref p, contrasts, lane + 1, Unsafe.Add(ref w, lane + 1));
                TakeLabel(ref t, ref y, ref p, contrasts, lane + 2, Unsafe.Add(ref w, lane + 2));
                TakeLabel(ref t, ref y, ref p, contrasts, lane + 3, Unsafe.Add(ref w, lane + 3));
            }

            t = ref Unsafe.Add(ref t, contrasts * BlockRows);
            y = ref Unsafe.Add(ref y, BlockRows);
            w = ref Unsafe.Add(ref w, BlockRows);
            p = ref Unsafe.Add(ref p, BlockRows);
        }
    }

    /// <summary>
    /// Adds up the loss <c>-log P_y</c>, while no probability is so small that digits of it are lost: the logarithm of a product whose mantissa is kept in
    /// [1, 2) and whose exponents are counted apart.
    /// </summary>
    /// <returns>The first row vector with a probability that is too small, or with a NaN; otherwise the end.</returns>
    [MethodImpl(AggressiveOptimization)]
    public static nint AddLoss(ref T p, ref T loss, nint vector, nint end)
    {
        Vector512<T> product = Load(ref loss, 0);
        Vector512<T> exponents = Load(ref loss, BlockRows);
        for (; vector < end; vector++)
        {
            Vector512<T> probability = Load(ref p, vector * BlockRows);
            if (!Operations512<T>.All(Vector512.LessThanOrEqual(LeastProbability, probability)))
            {
                break;
            }

            product *= probability;
            exponents = Operations512<T>.AddExponent(exponents, product);
            product = Operations512<T>.Mantissa(product);
        }

        product.StoreUnsafe(ref loss);
        exponents.StoreUnsafe(ref loss, (nuint)BlockRows);
        return vector;
    }

    /// <summary>Does the same for rows with weights, times the weight.</summary>
    /// <returns>The first row vector with a probability that is too small, or with a NaN; otherwise the end.</returns>
    [MethodImpl(AggressiveOptimization)]
    public static nint AddWeightedLoss(ref T p, ref T w, ref T loss, nint vector, nint end)
    {
        Vector512<T> sum = Load(ref loss, 0);
        for (; vector < end; vector++)
        {
            // Where the weight is 0 so is p, and (0 + 1) / (0 + 1) has no loss.
            Vector512<T> weight = Load(ref w, vector * BlockRows);
            Vector512<T> none = Vector512.ConditionalSelect(Vector512.Equals(weight, Vector512<T>.Zero), Vector512<T>.One, Vector512<T>.Zero);
            Vector512<T> product = Load(ref p, vector * BlockRows) + none;
            Vector512<T> probability = product / (weight + none);
            if (!Operations512<T>.All(Vector512.LessThanOrEqual(LeastProbability, product) & Vector512.LessThanOrEqual(LeastProbability, probability)))
            {
                break;
            }

            sum = Vectors512<T>.MultiplyAdd(weight, Vector512<T>.Zero - Log(probability), sum);
        }

        sum.StoreUnsafe(ref loss);
        return vector;
    }

    [MethodImpl(AggressiveInlining)]
    private static void TakeLabel(ref T t, ref T y, ref T p, int contrasts, int lane, T weight)
    {
        int label = T.ConvertToIntegerNative<int>(Unsafe.Add(ref y, lane));

        // Labels may change after they were checked: what is no class must not find a place outside the tile.
        if (unchecked((uint)(label - 1)) < contrasts)
        {
            ref T ofLabel = ref Unsafe.Add(ref t, ((label - 1) * BlockRows) + lane);
            Unsafe.Add(ref p, lane) = ofLabel;
            ofLabel -= weight;
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> Load(ref T source, nint index) => Vector512.LoadUnsafe(ref source, (nuint)index);

    [MethodImpl(AggressiveInlining)]
    private static Vector512<T> Log(Vector512<T> value) => typeof(T) == typeof(double)
        ? VectorLog.Log(value.AsDouble()).As<double, T>()
        : VectorLog.Log(value.AsSingle()).As<float, T>();
}
