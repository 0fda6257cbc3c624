using System.Numerics;
using SoftmaxGen.Onnx.Importing;

namespace SoftmaxGen.Onnx;

/// <summary>Weights as ONNX has them: coefficients and intercepts apart.</summary>
/// <param name="Coefficients">The weights of the features, <c>C x m</c>, row-major.</param>
/// <param name="Intercepts">The biases of the <c>C</c> classes.</param>
internal sealed record LinearLayer(double[] Coefficients, double[] Intercepts)
{
    /// <summary>Gets the number of classes, <c>C</c>.</summary>
    public int Classes => Intercepts.Length;

    /// <summary>Gets the number of features, <c>m</c>.</summary>
    public int Features => Coefficients.Length / Intercepts.Length;

    /// <summary>Takes a model's weights apart.</summary>
    /// <typeparam name="T">The type of the weights.</typeparam>
    /// <param name="shape">The shape of the model.</param>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major, the bias first in each row.</param>
    public static LinearLayer Create<T>(ModelShape shape, ReadOnlySpan<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LinearLayer layer = new(new double[shape.Classes * shape.Features], new double[shape.Classes]);
        for (int j = 0; j < shape.Classes; j++)
        {
            ReadOnlySpan<T> row = weights.Slice(j * (shape.Features + 1), shape.Features + 1);
            layer.Intercepts[j] = double.CreateTruncating(row[0]);
            for (int k = 0; k < shape.Features; k++)
            {
                layer.Coefficients[(j * shape.Features) + k] = double.CreateTruncating(row[k + 1]);
            }
        }

        return layer;
    }

    /// <summary>
    /// Makes the two rows of a layer's single one, the logit <c>s</c>: <c>1 / (1 + exp(-s))</c> is the softmax of <c>-s/2</c> and <c>s/2</c>.
    /// </summary>
    public LinearLayer OfTwoClasses() => new(
        [.. Coefficients.Select(static w => -0.5 * w), .. Coefficients.Select(static w => 0.5 * w)], [-0.5 * Intercepts[0], 0.5 * Intercepts[0]]);

    /// <summary>Applies a map to the features before.</summary>
    public LinearLayer After(ColumnMap map) => new(
        [.. Coefficients.Select((w, i) => w * map.Scale(i % Features))],
        [.. Intercepts.Select((b, j) => b + Enumerable.Range(0, Features).Sum(k => Coefficients[(j * Features) + k] * map.Shift(k)))]);

    /// <summary>Applies a map to the scores.</summary>
    public LinearLayer Then(ColumnMap map) => new(
        [.. Coefficients.Select((w, i) => w * map.Scale(i / Features))], [.. Intercepts.Select((b, j) => (b * map.Scale(j)) + map.Shift(j))]);

    /// <summary>Puts the classes into another order.</summary>
    public LinearLayer Arrange(int[] places)
    {
        LinearLayer arranged = new(new double[Coefficients.Length], new double[Intercepts.Length]);
        for (int j = 0; j < places.Length; j++)
        {
            arranged.Intercepts[places[j]] = Intercepts[j];
            Coefficients.AsSpan(j * Features, Features).CopyTo(arranged.Coefficients.AsSpan(places[j] * Features));
        }

        return arranged;
    }

    /// <summary>Puts a model's weights together.</summary>
    /// <typeparam name="T">The type of the weights; those beyond its range become infinite.</typeparam>
    /// <returns>The weights, <c>C x (m+1)</c>, row-major, the bias first in each row.</returns>
    public T[] ToWeights<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] weights = new T[Classes * (Features + 1)];
        for (int j = 0; j < Classes; j++)
        {
            Span<T> row = weights.AsSpan(j * (Features + 1), Features + 1);
            row[0] = T.CreateTruncating(Intercepts[j]);
            for (int k = 0; k < Features; k++)
            {
                row[k + 1] = T.CreateTruncating(Coefficients[(j * Features) + k]);
            }
        }

        return weights;
    }
}
