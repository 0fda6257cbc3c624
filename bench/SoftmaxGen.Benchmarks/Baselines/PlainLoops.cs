namespace SoftmaxGen.Benchmarks.Baselines;

/// <summary>Softmax regression as a careful C# programmer writes it: plain loops over arrays, of a shape that is known at run time.</summary>
/// <param name="classes">The number of classes.</param>
/// <param name="features">The number of features.</param>
internal sealed class PlainLoops(int classes, int features)
{
    private readonly int _classes = classes;
    private readonly int _features = features;
    private readonly int _columns = features + 1;
    private readonly double[] _scores = new double[classes];
    private readonly double[] _row = [1, .. new double[features]];

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
        for (int row = 0; row < labels.Length; row++)
        {
            double max = Score(weights, rows, row);
            double distance = max - _scores[labels[row]];
            loss += distance + Math.Log(Normalize(max));
            _scores[labels[row]] -= 1;
            AddGradient(rows, row, gradient);
        }

        double scale = 1.0 / labels.Length;
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] *= scale;
        }

        return loss * scale;
    }

    /// <summary>Computes the lower triangle of the mean loss's Hessian: block <c>(j, l)</c> is the mean of <c>p_j ([j == l] - p_l) x x^T</c>.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="rows">The rows, row-major.</param>
    /// <param name="hessian">Receives the Hessian, <c>P x P</c>, row-major; zero above the diagonal.</param>
    public void Hessian(double[] weights, double[] rows, double[] hessian)
    {
        Array.Clear(hessian);
        int rowCount = rows.Length / _features;
        for (int row = 0; row < rowCount; row++)
        {
            Normalize(Score(weights, rows, row));
            Array.Copy(rows, row * _features, _row, 1, _features);
            AddHessian(hessian);
        }

        double scale = 1.0 / rowCount;
        for (int i = 0; i < hessian.Length; i++)
        {
            hessian[i] *= scale;
        }
    }

    /// <summary>Finds the class with the largest score, the first one of several.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="rows">The rows, row-major.</param>
    /// <param name="row">The row to predict.</param>
    /// <returns>The class.</returns>
    public int Predict(double[] weights, double[] rows, int row) => Array.IndexOf(_scores, Score(weights, rows, row));

    /// <summary>Computes the probability of each class.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="rows">The rows, row-major.</param>
    /// <param name="row">The row to predict.</param>
    /// <param name="probabilities">Receives the probabilities of all rows, row-major.</param>
    public void PredictProbabilities(double[] weights, double[] rows, int row, double[] probabilities)
    {
        Normalize(Score(weights, rows, row));
        _scores.CopyTo(probabilities, row * _classes);
    }

    // The scores of a row; returns the largest.
    private double Score(double[] weights, double[] rows, int row)
    {
        double[] scores = _scores;
        int features = _features;
        int x = row * features;
        double max = double.NegativeInfinity;
        for (int j = 0; j < scores.Length; j++)
        {
            int w = j * _columns;
            double score = weights[w];
            for (int k = 0; k < features; k++)
            {
                score += weights[w + 1 + k] * rows[x + k];
            }

            scores[j] = score;
            max = Math.Max(max, score);
        }

        return max;
    }

    // Turns the scores into probabilities; returns the sum of their exponentials.
    private double Normalize(double max)
    {
        double[] scores = _scores;
        double sum = 0;
        for (int j = 0; j < scores.Length; j++)
        {
            scores[j] = Math.Exp(scores[j] - max);
            sum += scores[j];
        }

        double inverse = 1 / sum;
        for (int j = 0; j < scores.Length; j++)
        {
            scores[j] *= inverse;
        }

        return sum;
    }

    private void AddHessian(double[] hessian)
    {
        double[] probabilities = _scores;
        double[] x = _row;
        int parameters = probabilities.Length * x.Length;
        for (int j = 0; j < probabilities.Length; j++)
        {
            for (int l = 0; l <= j; l++)
            {
                double factor = probabilities[j] * ((j == l ? 1 : 0) - probabilities[l]);
                for (int a = 0; a < x.Length; a++)
                {
                    int h = (((j * x.Length) + a) * parameters) + (l * x.Length);
                    double element = factor * x[a];
                    int end = j == l ? a + 1 : x.Length;
                    for (int b = 0; b < end; b++)
                    {
                        hessian[h + b] += element * x[b];
                    }
                }
            }
        }
    }

    private void AddGradient(double[] rows, int row, double[] gradient)
    {
        double[] residuals = _scores;
        int features = _features;
        int x = row * features;
        for (int j = 0; j < residuals.Length; j++)
        {
            int g = j * _columns;
            double residual = residuals[j];
            gradient[g] += residual;
            for (int k = 0; k < features; k++)
            {
                gradient[g + 1 + k] += residual * rows[x + k];
            }
        }
    }
}
