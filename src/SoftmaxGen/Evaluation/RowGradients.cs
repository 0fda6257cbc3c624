using System.Numerics;
using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>What statistical inference needs of single rows rather than of their sum.</summary>
internal static class RowGradients
{
    /// <summary>
    /// Computes the mean outer product of the rows' gradients by the coefficients of the baseline form, less their mean. A row's gradient is
    /// <c>(P(Y=j|x) - [j == y]) x</c>, with scores <c>W x</c>.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features.</typeparam>
    /// <param name="set">The training set.</param>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="mean">The mean gradient by the coefficients, as the training set computes it.</param>
    /// <param name="totalWeight">The sum of the rows' weights.</param>
    /// <param name="bias">
    /// Receives by how much the mean of the rows' gradients differs from the given one, in deviations: rounding, unless the training set counts more than
    /// rows and labels.
    /// </param>
    /// <returns>The matrix, square, row-major, both triangles.</returns>
    public static double[] MeanOuterProduct<TModel, T>(
        TrainingSet<TModel, T> set, double[] weights, double[] mean, double totalWeight, out double bias)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int size = mean.Length;
        double[] sum = new double[size * size];
        double[] residuals = new double[TModel.Shape.Classes];
        double[] gradient = new double[size];
        double[] difference = new double[size];
        UnpackedRows.ForEach(set, (row, classIndex, weight) =>
        {
            Residuals(weights, row, classIndex, residuals);
            for (int j = 1; j < residuals.Length; j++)
            {
                VectorAlgebra.Scale(residuals[j], row, gradient.AsSpan((j - 1) * row.Length, row.Length));
            }

            VectorAlgebra.AddScaled(-1, mean, gradient);
            VectorAlgebra.AddScaled(weight / totalWeight, gradient, difference);
            for (int i = 0; i < size; i++)
            {
                VectorAlgebra.AddScaled(weight / totalWeight * gradient[i], gradient, sum.AsSpan(i * size, size));
            }
        });
        bias = difference.Select((d, i) => d == 0 ? 0 : Math.Abs(d) / Math.Sqrt(sum[(i * size) + i])).Max();
        return sum;
    }

    /// <summary>Finds by how much a step of the coefficients changes the scores.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features.</typeparam>
    /// <param name="set">The training set.</param>
    /// <param name="step">The step, <c>(C-1) x (m+1)</c>, row-major.</param>
    /// <returns>The largest change of a score of a row, relative to the first class.</returns>
    public static double LargestScore<TModel, T>(TrainingSet<TModel, T> set, double[] step)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double largest = 0;
        UnpackedRows.ForEach(set, (row, _, _) =>
        {
            for (int first = 0; first < step.Length; first += row.Length)
            {
                largest = Math.Max(largest, Math.Abs(VectorAlgebra.Dot(step.AsSpan(first, row.Length), row)));
            }
        });
        return largest;
    }

    /// <summary>Computes <c>P(Y=j|x) - [j == y]</c>.</summary>
    private static void Residuals(double[] weights, ReadOnlySpan<double> row, int y, double[] residuals)
    {
        double largest = double.NegativeInfinity;
        for (int j = 0; j < residuals.Length; j++)
        {
            residuals[j] = VectorAlgebra.Dot(weights.AsSpan(j * row.Length, row.Length), row);
            largest = Math.Max(largest, residuals[j]);
        }

        double sum = 0;
        for (int j = 0; j < residuals.Length; j++)
        {
            residuals[j] = Math.Exp(residuals[j] - largest);
            sum += residuals[j];
        }

        double others = 0;
        for (int j = 0; j < residuals.Length; j++)
        {
            residuals[j] /= sum;
            others += j == y ? 0 : residuals[j];
        }

        residuals[y] = -others;
    }
}
