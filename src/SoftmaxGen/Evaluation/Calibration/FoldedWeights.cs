using System.Numerics;
using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>Models whose weights are those of another, changed so that their scores are what a calibration wants.</summary>
internal static class FoldedWeights
{
    /// <summary>Moves the mean over the classes of each column to 0, which changes no probability.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="classes">The number of classes, <c>C</c>.</param>
    /// <param name="columns">How many columns are centred, from the first on; 1 for the biases alone.</param>
    public static void Centre(double[] weights, int classes, int columns)
    {
        int length = weights.Length / classes;
        for (int column = 0; column < columns; column++)
        {
            double mean = 0;
            for (int j = 0; j < classes; j++)
            {
                mean += weights[(j * length) + column] / classes;
            }

            for (int j = 0; j < classes; j++)
            {
                weights[(j * length) + column] -= mean;
            }
        }
    }

    /// <summary>Makes a model of a row of weights and a bias more for each class: <c>S_k' = s_k S_k + b_k</c>, the biases centred.</summary>
    /// <param name="weights">The weights that give the scores <c>S</c>, <c>C x (m+1)</c>, row-major; changed.</param>
    /// <param name="scales">The <c>C</c> scales <c>s</c>.</param>
    /// <param name="biases">The <c>C</c> biases <c>b</c>.</param>
    /// <param name="moments">The moments of the rows that the other model was trained on; null where they are not known.</param>
    /// <exception cref="ArgumentException">The precision of the model does not hold a weight.</exception>
    public static TModel ToModel<TModel, T>(double[] weights, ReadOnlySpan<double> scales, ReadOnlySpan<double> biases, FeatureMoments? moments)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int classes = scales.Length;
        int columns = weights.Length / classes;
        for (int j = 0; j < classes; j++)
        {
            Span<double> row = weights.AsSpan(j * columns, columns);
            VectorAlgebra.Scale(scales[j], row, row);
            row[0] += biases[j];
        }

        Centre(weights, classes, columns: 1);
        var typed = new T[weights.Length];
        Precision.Narrow<T>(weights, typed);
        return TModel.FromWeights(typed, moments);
    }
}
