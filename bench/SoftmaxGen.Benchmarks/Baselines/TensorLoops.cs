using System.Numerics.Tensors;

namespace SoftmaxGen.Benchmarks.Baselines;

/// <summary>
/// Softmax regression with System.Numerics.Tensors, row by row. The largest score is subtracted by hand: <c>TensorPrimitives.SoftMax</c> does not,
/// and gives no sum for the loss.
/// </summary>
/// <param name="classes">The number of classes.</param>
/// <param name="features">The number of features.</param>
internal sealed class TensorLoops(int classes, int features)
{
    private readonly double[] _scores = new double[classes];

    /// <summary>Computes the mean loss and its gradient.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major, the bias first in each row.</param>
    /// <param name="rows">The rows, row-major.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="gradient">Receives the gradient, laid out as the weights are.</param>
    /// <returns>The mean loss.</returns>
    public double LossAndGradient(double[] weights, double[] rows, int[] labels, double[] gradient)
    {
        Array.Clear(gradient);
        double loss = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<double> x = rows.AsSpan(i * features, features);
            loss += Residuals(weights, x, labels[i]);
            AddGradient(x, gradient);
        }

        double scale = 1.0 / labels.Length;
        TensorPrimitives.Multiply(gradient, scale, gradient);
        return loss * scale;
    }

    // Leaves the residuals P - Y in the place of the scores and returns the loss of the row.
    private double Residuals(double[] weights, ReadOnlySpan<double> x, int label)
    {
        double[] scores = _scores;
        for (int j = 0; j < scores.Length; j++)
        {
            ReadOnlySpan<double> w = weights.AsSpan(j * (x.Length + 1), x.Length + 1);
            scores[j] = w[0] + TensorPrimitives.Dot(w[1..], x);
        }

        TensorPrimitives.Subtract(scores, TensorPrimitives.Max<double>(scores), scores);
        double labelScore = scores[label];
        TensorPrimitives.Exp<double>(scores, scores);
        double sum = TensorPrimitives.Sum<double>(scores);
        TensorPrimitives.Multiply(scores, 1 / sum, scores);
        scores[label] -= 1;
        return Math.Log(sum) - labelScore;
    }

    private void AddGradient(ReadOnlySpan<double> x, double[] gradient)
    {
        double[] residuals = _scores;
        for (int j = 0; j < residuals.Length; j++)
        {
            Span<double> g = gradient.AsSpan(j * (x.Length + 1), x.Length + 1);
            g[0] += residuals[j];
            TensorPrimitives.MultiplyAdd(x, residuals[j], g[1..], g[1..]);
        }
    }
}
