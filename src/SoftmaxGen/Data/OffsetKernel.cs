using System.Buffers;
using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Data;

/// <summary>
/// The sums of the generated kernels for rows whose scores have offsets, <c>S = W x + o</c>, which generated kernels do not know. Plain loops in
/// double, one row at a time, from the same packed rows.
/// </summary>
internal static class OffsetKernel
{
    /// <summary>Checks that every offset is finite.</summary>
    /// <exception cref="ArgumentException">An offset is NaN or infinite.</exception>
    public static void Check<T>(ReadOnlySpan<T> offsets, int classes, string parameterName, int firstRow = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int index = FiniteScan.FirstNonFinite(offsets);
        if (index >= 0)
        {
            (int row, int column) = int.DivRem(index, classes);
            throw Refusal.Argument($"The offset of class {column} in row {firstRow + row} is {offsets[index]}; it must be finite.", parameterName);
        }
    }

    /// <summary>Adds the loss and the gradient of packed rows to running sums.</summary>
    public static double AccumulateLossAndGradient<T>(
        ReadOnlySpan<double> weights, PackedRows<T> rows, ReadOnlySpan<T> offsets, int classes, Span<double> gradientSum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = weights.Length / classes;
        double[] scratch = ArrayPool<double>.Shared.Rent(columns + classes);
        Span<double> x = scratch.AsSpan(0, columns);
        Span<double> p = scratch.AsSpan(columns, classes);
        double loss = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            double weight = Read(weights, rows, row, offsets, x, p);
            if (weight > 0)
            {
                int label = int.CreateTruncating(rows.ClassIndices[row]);
                double own = p[label];
                loss += weight * (Normalize(p) - own);
                p[label] -= 1;
                AddOuter(weight, p, x, gradientSum);
            }
        }

        ArrayPool<double>.Shared.Return(scratch);
        return loss;
    }

    /// <summary>Adds the product of the packed rows' Hessian with a direction to a running sum.</summary>
    public static void AccumulateHessianProduct<T>(
        ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, PackedRows<T> rows, ReadOnlySpan<T> offsets, int classes, Span<double> productSum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = weights.Length / classes;
        double[] scratch = ArrayPool<double>.Shared.Rent(columns + (2 * classes));
        Span<double> x = scratch.AsSpan(0, columns);
        Span<double> p = scratch.AsSpan(columns, classes);
        Span<double> u = scratch.AsSpan(columns + classes, classes);
        for (int row = 0; row < rows.Count; row++)
        {
            double weight = Read(weights, rows, row, offsets, x, p);
            if (weight > 0)
            {
                Normalize(p);
                Scores(direction, x, u);
                double mean = 0;
                for (int j = 0; j < classes; j++)
                {
                    mean += p[j] * u[j];
                }

                for (int j = 0; j < classes; j++)
                {
                    p[j] *= u[j] - mean;
                }

                AddOuter(weight, p, x, productSum);
            }
        }

        ArrayPool<double>.Shared.Return(scratch);
    }

    /// <summary>Adds the distinct elements of the packed rows' Hessian, <see cref="PackedHessian"/>, to a running sum.</summary>
    public static void AccumulateHessian<T>(
        ReadOnlySpan<double> weights, PackedRows<T> rows, ReadOnlySpan<T> offsets, int classes, Span<double> packedSum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = weights.Length / classes;
        double[] scratch = ArrayPool<double>.Shared.Rent(columns + classes);
        Span<double> x = scratch.AsSpan(0, columns);
        Span<double> p = scratch.AsSpan(columns, classes);
        for (int row = 0; row < rows.Count; row++)
        {
            double weight = Read(weights, rows, row, offsets, x, p);
            if (weight > 0)
            {
                Normalize(p);
                AddCurvature(weight, p, x, packedSum);
            }
        }

        ArrayPool<double>.Shared.Return(scratch);
    }

    /// <summary>Reads a row as <c>[1, x_1 … x_m]</c> and computes its scores.</summary>
    /// <returns>The row's weight; where it is 0, the row is not read.</returns>
    private static double Read<T>(
        ReadOnlySpan<double> weights, PackedRows<T> rows, int row, ReadOnlySpan<T> offsets, Span<double> x, Span<double> scores)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double weight = rows.RowWeights.IsEmpty ? 1 : double.CreateTruncating(rows.RowWeights[row]);
        if (weight > 0)
        {
            int blockRows = PackedRows<T>.BlockRows;
            x[0] = 1;
            RowStore<T>.Read(rows.Features[(row / blockRows * blockRows * rows.FeatureCount)..], row % blockRows, x[1..]);
            Scores(weights, x, scores);
            for (int j = 0; j < scores.Length; j++)
            {
                scores[j] += double.CreateTruncating(offsets[(row * scores.Length) + j]);
            }
        }

        return weight;
    }

    private static void Scores(ReadOnlySpan<double> weights, ReadOnlySpan<double> x, Span<double> scores)
    {
        for (int j = 0; j < scores.Length; j++)
        {
            ReadOnlySpan<double> w = weights.Slice(j * x.Length, x.Length);
            double score = 0;
            for (int k = 0; k < x.Length; k++)
            {
                score += w[k] * x[k];
            }

            scores[j] = score;
        }
    }

    /// <summary>Turns scores into probabilities.</summary>
    /// <returns>The <c>logsumexp</c> of the scores.</returns>
    private static double Normalize(Span<double> scores)
    {
        (double largest, double sum) = ScalarSoftmax.Exponentiate(scores, scores);
        foreach (ref double score in scores)
        {
            score /= sum;
        }

        return largest + Math.Log(sum);
    }

    // w p_j ([j == l] - p_l) x_a x_b for the classes j >= l >= 1 and the columns a >= b.
    private static void AddCurvature(double weight, ReadOnlySpan<double> p, ReadOnlySpan<double> x, Span<double> packedSum)
    {
        int next = 0;
        for (int j = 1; j < p.Length; j++)
        {
            for (int l = 1; l <= j; l++)
            {
                double curvature = weight * p[j] * (j == l ? 1 - p[j] : -p[l]);
                for (int a = 0; a < x.Length; a++)
                {
                    VectorAlgebra.AddScaled(curvature * x[a], x[..(a + 1)], packedSum.Slice(next, a + 1));
                    next += a + 1;
                }
            }
        }
    }

    private static void AddOuter(double weight, ReadOnlySpan<double> residuals, ReadOnlySpan<double> x, Span<double> sum)
    {
        for (int j = 0; j < residuals.Length; j++)
        {
            Span<double> s = sum.Slice(j * x.Length, x.Length);
            double residual = weight * residuals[j];
            for (int k = 0; k < x.Length; k++)
            {
                s[k] += residual * x[k];
            }
        }
    }
}
