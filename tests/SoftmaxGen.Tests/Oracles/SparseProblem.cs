namespace SoftmaxGen.Tests.Oracles;

/// <summary>
/// Mean loss <c>+ l1 |W|_1 + groupL1 sum_k ||W_k|| + (l2/2) |W|^2</c> in plain loops, with <c>W_k</c> for column <c>k</c> of all classes and the biases not
/// penalised. The minimum is found by accelerated proximal gradients (Beck and Teboulle, <i>A fast iterative shrinkage-thresholding algorithm</i>, 2009) with
/// restarts, which share neither code nor method with the library.
/// </summary>
internal sealed class SparseProblem
{
    public required int Classes { get; init; }

    /// <summary>Gets the rows, <c>n x m</c>, row-major: the features whose weights are penalised.</summary>
    public required double[] Rows { get; init; }

    public required int[] Labels { get; init; }

    /// <summary>Gets the weights of the rows.</summary>
    public required double[] RowWeights { get; init; }

    /// <summary>Gets what is added to the scores, <c>n x C</c>, row-major; empty for nothing.</summary>
    public double[] Offsets { get; init; } = [];

    public double L1 { get; init; }

    public double GroupL1 { get; init; }

    public double L2 { get; init; }

    private int Columns => (Rows.Length / Labels.Length) + 1;

    /// <summary>Makes the problem with another strength <c>groupL1</c>.</summary>
    public SparseProblem With(double groupL1) => new()
    {
        Classes = Classes, Rows = Rows, Labels = Labels, RowWeights = RowWeights, Offsets = Offsets, L1 = L1, GroupL1 = groupL1, L2 = L2,
    };

    /// <summary>Computes the objective.</summary>
    public double Value(double[] weights)
    {
        double value = LossAndGradient(weights).Loss;
        for (int k = 1; k < Columns; k++)
        {
            double[] column = Column(weights, k);
            value += (L1 * column.Sum(Math.Abs)) + (GroupL1 * Norm(column)) + (L2 / 2 * column.Sum(w => w * w));
        }

        return value;
    }

    /// <summary>
    /// Computes how far the conditions of Karush, Kuhn and Tucker are from being met: the largest magnitude of what no subgradient of the penalty balances.
    /// </summary>
    public double Violation(double[] weights)
    {
        double[] gradient = LossAndGradient(weights).Gradient;
        double largest = Column(gradient, 0).Max(Math.Abs);
        for (int k = 1; k < Columns; k++)
        {
            double[] w = Column(weights, k);
            double[] g = Column(gradient, k);
            double length = Norm(w);
            double[] left = [.. w.Zip(g, (x, slope) =>
            {
                double smooth = slope + (L2 * x) + (length > 0 ? GroupL1 * x / length : 0);
                return x != 0 ? smooth + (L1 * Math.Sign(x)) : Soft(smooth, L1);
            })];
            double share = length > 0 ? 1 : 1 - Math.Min(1, GroupL1 / Norm(left));
            largest = Math.Max(largest, left.Max(x => x == 0 ? 0 : share * Math.Abs(x)));
        }

        return largest;
    }

    /// <summary>
    /// Bounds the minimum from below by the dual problem. Whatever the probabilities <c>P</c> of a row, <c>logsumexp(S)</c> is at least <c>P'S</c> and their
    /// entropy; the sum over the rows is linear in the weights but for the penalty, and has a minimum where the penalty balances the gradient. So the
    /// probabilities are those of the weights, drawn towards the labels until it does. The biases, which nothing balances, must have slopes of next to nothing.
    /// </summary>
    public double LowerBound(double[] weights)
    {
        double[] gradient = LossAndGradient(weights).Gradient;
        double share = L2 > 0 || IsBalanced(gradient, 1) ? 1 : 0;
        for (double step = 0.5; share < 1 && step > 1e-18; step /= 2)
        {
            share += IsBalanced(gradient, share + step) ? step : 0;
        }

        double bound = 0;
        for (int i = 0; i < Labels.Length; i++)
        {
            double[] p = PlainSoftmax.Probabilities(Scores(weights, i));
            for (int j = 0; j < Classes; j++)
            {
                double residual = share * (p[j] - (j == Labels[i] ? 1 : 0));
                double drawn = (j == Labels[i] ? 1 : 0) + residual;
                double entropy = drawn > 0 ? -drawn * Math.Log(drawn) : 0;
                bound += RowWeights[i] / RowWeights.Sum() * (entropy + (Offsets.Length > 0 ? residual * Offsets[(i * Classes) + j] : 0));
            }
        }

        for (int k = 0; k < Columns; k++)
        {
            double rest = Math.Max(0, Norm([.. Column(gradient, k).Select(g => Soft(share * g, L1))]) - GroupL1);
            bound -= k == 0 ? Column(gradient, 0).Zip(Column(weights, 0), static (g, w) => Math.Abs(g * w)).Sum() : L2 > 0 ? rest * rest / (2 * L2) : 0;
        }

        return bound;
    }

    /// <summary>Finds the least <c>groupL1</c> at which no feature has a weight: the longest column of the gradient where only biases are fitted.</summary>
    public double LargestGroupL1()
    {
        double[] gradient = LossAndGradient(With(1e9).Minimize(1e-12)).Gradient;
        return Enumerable.Range(1, Columns - 1).Max(k => Norm([.. Column(gradient, k).Select(g => Soft(g, L1))]));
    }

    /// <summary>Finds the minimum, with biases of mean zero.</summary>
    public double[] Minimize(double tolerance)
    {
        // The Hessian of a row's loss is at most half of x x^T.
        double squares = 0;
        for (int i = 0; i < Labels.Length; i++)
        {
            squares += RowWeights[i] * (1 + Rows.AsSpan(i * (Columns - 1), Columns - 1).ToArray().Sum(x => x * x));
        }

        double step = 1 / ((0.5 * squares / RowWeights.Sum()) + L2);
        double[] x = new double[Classes * Columns];
        double[] y = [.. x];
        double momentum = 1;
        for (int iteration = 0; iteration < 1_000_000; iteration++)
        {
            double[] next = Step(y, step);
            double change = 0;
            double uphill = 0;
            for (int i = 0; i < x.Length; i++)
            {
                change = Math.Max(change, Math.Abs(next[i] - y[i]) / step);
                uphill += (y[i] - next[i]) * (next[i] - x[i]);
            }

            double nextMomentum = uphill > 0 ? 1 : (1 + Math.Sqrt(1 + (4 * momentum * momentum))) / 2;
            double push = uphill > 0 ? 0 : (momentum - 1) / nextMomentum;
            for (int i = 0; i < x.Length; i++)
            {
                y[i] = next[i] + (push * (next[i] - x[i]));
            }

            x = next;
            momentum = nextMomentum;
            if (change <= tolerance)
            {
                double mean = Column(x, 0).Average();
                return [.. x.Select((w, i) => i % Columns == 0 ? w - mean : w)];
            }
        }

        throw new InvalidOperationException("The reference did not converge.");
    }

    private double[] Step(double[] y, double step)
    {
        double[] next = [.. y];
        double[] gradient = LossAndGradient(y).Gradient;
        for (int k = 0; k < Columns; k++)
        {
            double length = 0;
            for (int i = k; i < next.Length; i += Columns)
            {
                next[i] -= step * (gradient[i] + (k > 0 ? L2 * y[i] : 0));
                next[i] = k > 0 ? Soft(next[i], step * L1) : next[i];
                length += next[i] * next[i];
            }

            length = Math.Sqrt(length);
            double share = k == 0 ? 1 : length <= step * GroupL1 ? 0 : 1 - (step * GroupL1 / length);
            for (int i = k; i < next.Length; i += Columns)
            {
                next[i] *= share;
            }
        }

        return next;
    }

    private (double Loss, double[] Gradient) LossAndGradient(double[] weights)
    {
        int m = Columns - 1;
        double total = RowWeights.Sum();
        double loss = 0;
        double[] gradient = new double[weights.Length];
        for (int i = 0; i < Labels.Length; i++)
        {
            double[] scores = Scores(weights, i);
            double[] p = PlainSoftmax.Probabilities(scores);
            double share = RowWeights[i] / total;
            loss += share * PlainSoftmax.Loss(scores, Labels[i]);
            for (int j = 0; j < Classes; j++)
            {
                double residual = share * (p[j] - (j == Labels[i] ? 1 : 0));
                gradient[j * Columns] += residual;
                for (int k = 0; k < m; k++)
                {
                    gradient[(j * Columns) + 1 + k] += residual * Rows[(i * m) + k];
                }
            }
        }

        return (loss, gradient);
    }

    private double[] Scores(double[] weights, int row)
    {
        int m = Columns - 1;
        double[] scores = new double[Classes];
        for (int j = 0; j < Classes; j++)
        {
            double score = weights[j * Columns] + (Offsets.Length > 0 ? Offsets[(row * Classes) + j] : 0);
            for (int k = 0; k < m; k++)
            {
                score += weights[(j * Columns) + 1 + k] * Rows[(row * m) + k];
            }

            scores[j] = score;
        }

        return scores;
    }

    private bool IsBalanced(double[] gradient, double share) =>
        Enumerable.Range(1, Columns - 1).All(k => Norm([.. Column(gradient, k).Select(g => Soft(share * g, L1))]) <= GroupL1);

    private double[] Column(double[] weights, int column) => [.. Enumerable.Range(0, Classes).Select(j => weights[(j * Columns) + column])];

    private static double Norm(double[] x) => Math.Sqrt(x.Sum(element => element * element));

    private static double Soft(double x, double threshold) => Math.Sign(x) * Math.Max(Math.Abs(x) - threshold, 0);
}
