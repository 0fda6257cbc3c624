using System.Buffers;
using System.ComponentModel;
using System.Numerics;

namespace SoftmaxGen.Numerics;

/// <summary>
/// The softmax of rows whose scores lie so far apart that the kernels' range of <c>exp</c> does not hold them (about 690). The kernels leave
/// their loop for such rows and come here; being rare, they are done row by row in plain double arithmetic. For generated code alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CarefulSoftmax
{
    /// <summary>Computes the residuals <c>w (P(Y=j|x) - [j == y])</c> of classes 1 to <c>C-1</c> for some rows of one block, and their loss.</summary>
    /// <typeparam name="T">The type of features.</typeparam>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major, unscaled.</param>
    /// <param name="features">The block from the first of the rows on: feature <c>k</c> of row <c>i</c> at <c>k * stride + i</c>.</param>
    /// <param name="classIndices">The class index of each row; its length is the number of rows.</param>
    /// <param name="rowWeights">The weight of each row; empty when every row weighs 1.</param>
    /// <param name="residuals">Receives the residuals: class <c>j</c> of row <c>i</c> at <c>(j - 1) * stride + i</c>.</param>
    /// <param name="stride">The rows of a block.</param>
    /// <returns>The sum of the rows' weighted losses; NaN when a feature is not finite or a score overflows.</returns>
    public static double Rows<T>(
        ReadOnlySpan<double> weights,
        ReadOnlySpan<T> features,
        ReadOnlySpan<T> classIndices,
        ReadOnlySpan<T> rowWeights,
        Span<T> residuals,
        int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int featureCount = ((features.Length - classIndices.Length) / stride) + 1;
        int classes = weights.Length / (featureCount + 1);
        double[] rented = ArrayPool<double>.Shared.Rent(classes);
        Span<double> scores = rented.AsSpan(0, classes);
        double loss = 0;
        for (int row = 0; row < classIndices.Length; row++)
        {
            Scores(weights, features[row..], stride, scores);
            int label = int.CreateTruncating(classIndices[row]);

            // What is no class, because labels changed after they were checked, counts as class 0, as in the kernels.
            label = (uint)label < (uint)classes ? label : 0;
            double rowWeight = rowWeights.IsEmpty ? 1 : double.CreateChecked(rowWeights[row]);
            double rowLoss = ProbabilitiesAndLoss(scores, label);
            loss += rowWeight == 0 ? 0 : rowWeight * rowLoss;
            scores[label] -= 1;
            for (int j = 1; j < classes; j++)
            {
                residuals[((j - 1) * stride) + row] = T.CreateChecked(rowWeight == 0 ? 0 : rowWeight * scores[j]);
            }
        }

        ArrayPool<double>.Shared.Return(rented);
        return loss;
    }

    /// <summary>Computes the probabilities of classes 1 to <c>C-1</c> for some rows of one block.</summary>
    /// <typeparam name="T">The type of features.</typeparam>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major, unscaled.</param>
    /// <param name="features">The block from the first of the rows on: feature <c>k</c> of row <c>i</c> at <c>k * stride + i</c>.</param>
    /// <param name="probabilities">Receives the probabilities: class <c>j</c> of row <c>i</c> at <c>(j - 1) * stride + i</c>.</param>
    /// <param name="stride">The rows of a block.</param>
    /// <param name="rows">The number of rows.</param>
    public static void Probabilities<T>(ReadOnlySpan<double> weights, ReadOnlySpan<T> features, Span<T> probabilities, int stride, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int classes = ((probabilities.Length - rows) / stride) + 2;
        double[] rented = ArrayPool<double>.Shared.Rent(classes);
        Span<double> scores = rented.AsSpan(0, classes);
        for (int row = 0; row < rows; row++)
        {
            Scores(weights, features[row..], stride, scores);
            _ = ProbabilitiesAndLoss(scores, 0);
            for (int j = 1; j < classes; j++)
            {
                probabilities[((j - 1) * stride) + row] = T.CreateTruncating(scores[j]);
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    private static void Scores<T>(ReadOnlySpan<double> weights, ReadOnlySpan<T> features, int stride, Span<double> scores)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int columns = weights.Length / scores.Length;
        for (int j = 0; j < scores.Length; j++)
        {
            ReadOnlySpan<double> w = weights.Slice(j * columns, columns);
            double score = w[0];
            for (int k = 1; k < columns; k++)
            {
                score += w[k] * double.CreateTruncating(features[(k - 1) * stride]);
            }

            scores[j] = score;
        }
    }

    private static double ProbabilitiesAndLoss(Span<double> scores, int label)
    {
        double max = double.NegativeInfinity;
        foreach (double score in scores)
        {
            max = Math.Max(max, score);
        }

        double distance = max - scores[label];
        double sum = 0;
        foreach (ref double score in scores)
        {
            score = Math.Exp(score - max);
            sum += score;
        }

        foreach (ref double score in scores)
        {
            score /= sum;
        }

        return Math.Log(sum) + distance;
    }
}
