namespace SoftmaxGen.Benchmarks.Baselines;

/// <summary>Learning from a stream as a careful C# programmer writes it: plain loops over arrays, of a shape that is known at run time.</summary>
/// <param name="classes">The number of classes.</param>
/// <param name="features">The number of features.</param>
/// <param name="isAdaptive">Whether each weight has a step of its own, as AdaGrad has it; if not, steps are those of stochastic gradient descent.</param>
/// <param name="rate">The learning rate.</param>
internal sealed class PlainLearner(int classes, int features, bool isAdaptive, double rate)
{
    private readonly double[] _weights = new double[classes * (features + 1)];
    private readonly double[] _squares = new double[classes * (features + 1)];
    private readonly double[] _scores = new double[classes];

    /// <summary>Gets the weights, <c>C x (m+1)</c>, row-major, the bias first in each row.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Learns from one row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="label">Its class.</param>
    /// <returns>The row's loss before the step.</returns>
    public double Update(ReadOnlySpan<double> row, int label)
    {
        double largest = Score(row);
        double distance = largest - _scores[label];
        double sum = 0;
        for (int j = 0; j < _scores.Length; j++)
        {
            _scores[j] = Math.Exp(_scores[j] - largest);
            sum += _scores[j];
        }

        for (int j = 0; j < _scores.Length; j++)
        {
            double residual = (_scores[j] / sum) - (j == label ? 1 : 0);
            int first = j * (row.Length + 1);
            Move(first, residual);
            for (int k = 0; k < row.Length; k++)
            {
                Move(first + 1 + k, residual * row[k]);
            }
        }

        return distance + Math.Log(sum);
    }

    private double Score(ReadOnlySpan<double> row)
    {
        double largest = double.NegativeInfinity;
        for (int j = 0; j < _scores.Length; j++)
        {
            int first = j * (row.Length + 1);
            double score = _weights[first];
            for (int k = 0; k < row.Length; k++)
            {
                score += _weights[first + 1 + k] * row[k];
            }

            _scores[j] = score;
            largest = Math.Max(largest, score);
        }

        return largest;
    }

    private void Move(int index, double gradient)
    {
        if (isAdaptive)
        {
            _squares[index] += gradient * gradient;
            _weights[index] -= rate * gradient / (Math.Sqrt(_squares[index]) + 1e-10);
        }
        else
        {
            _weights[index] -= rate * gradient;
        }
    }
}
