namespace SoftmaxGen.Tests.Oracles;

/// <summary>
/// Softmax regression as a textbook has it: scalar double arithmetic, one row at a time, nothing of the library. The row is
/// <c>x = [1, x1..xm]</c>, <c>W</c> is <c>C x (m+1)</c>, row-major, the bias first in each row; classes are counted from 0.
/// </summary>
internal static class PlainSoftmax
{
    /// <summary>Computes the scores <c>S = W x</c> of one row.</summary>
    public static double[] Scores(ReadOnlySpan<double> weights, ReadOnlySpan<double> features)
    {
        int columns = features.Length + 1;
        double[] scores = new double[weights.Length / columns];
        for (int j = 0; j < scores.Length; j++)
        {
            ReadOnlySpan<double> w = weights.Slice(j * columns, columns);
            scores[j] = w[0];
            for (int k = 0; k < features.Length; k++)
            {
                scores[j] += w[k + 1] * features[k];
            }
        }

        return scores;
    }

    /// <summary>Computes <c>P(Y=k|x) = exp(S_k) / sum_j exp(S_j)</c>, the largest score subtracted first.</summary>
    public static double[] Probabilities(double[] scores)
    {
        double largest = scores.Max();
        double[] powers = Array.ConvertAll(scores, score => Math.Exp(score - largest));
        double sum = powers.Sum();
        return Array.ConvertAll(powers, power => power / sum);
    }

    /// <summary>Computes <c>-log P(Y=y|x)</c> as <c>logsumexp(S) - S_y</c>.</summary>
    public static double Loss(double[] scores, int y)
    {
        double largest = scores.Max();
        return Math.Log(scores.Sum(score => Math.Exp(score - largest))) + (largest - scores[y]);
    }

    /// <summary>
    /// Computes the mean loss <c>sum_i w_i (-log P(y_i|x_i)) / sum_i w_i</c> and its gradient, whose row <c>j</c> is
    /// <c>sum_i w_i (P(Y=j|x_i) - [j == y_i]) x_i / sum_i w_i</c>.
    /// </summary>
    /// <param name="weights">The weights.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="classIndices">The classes of the <c>n</c> rows.</param>
    /// <param name="rowWeights">The weights of the rows; 1 each when null.</param>
    public static MeanLoss LossAndGradient(double[] weights, double[] rows, int[] classIndices, double[]? rowWeights = null)
    {
        int features = rows.Length / classIndices.Length;
        double loss = 0;
        double[] gradient = new double[weights.Length];
        double totalWeight = 0;
        for (int i = 0; i < classIndices.Length; i++)
        {
            double weight = rowWeights?[i] ?? 1;
            if (weight == 0)
            {
                continue;
            }

            ReadOnlySpan<double> x = rows.AsSpan(i * features, features);
            double[] scores = Scores(weights, x);
            loss += weight * Loss(scores, classIndices[i]);
            AddToGradient(gradient, Probabilities(scores), classIndices[i], x, weight);
            totalWeight += weight;
        }

        return new MeanLoss(loss / totalWeight, Array.ConvertAll(gradient, sum => sum / totalWeight));
    }

    /// <summary>
    /// Computes the product of the mean loss's Hessian with a direction <c>V</c>: row <c>j</c> is <c>sum_i w_i p_j (u_j - sum_l p_l u_l) x_i / sum_i w_i</c>
    /// with <c>u = V x_i</c>.
    /// </summary>
    public static double[] HessianProduct(double[] weights, double[] direction, double[] rows, int rowCount, double[]? rowWeights = null)
    {
        int features = rows.Length / rowCount;
        double[] product = new double[weights.Length];
        double totalWeight = 0;
        for (int i = 0; i < rowCount; i++)
        {
            double weight = rowWeights?[i] ?? 1;
            ReadOnlySpan<double> x = rows.AsSpan(i * features, features);
            double[] p = Probabilities(Scores(weights, x));
            double[] u = Scores(direction, x);
            double mean = p.Zip(u, (pj, uj) => pj * uj).Sum();
            for (int j = 0; j < p.Length; j++)
            {
                double residual = weight * p[j] * (u[j] - mean);
                Span<double> h = product.AsSpan(j * (features + 1), features + 1);
                h[0] += residual;
                for (int k = 0; k < features; k++)
                {
                    h[k + 1] += residual * x[k];
                }
            }

            totalWeight += weight;
        }

        return Array.ConvertAll(product, sum => sum / totalWeight);
    }

    private static void AddToGradient(double[] gradient, double[] probabilities, int y, ReadOnlySpan<double> x, double weight)
    {
        int columns = x.Length + 1;
        for (int j = 0; j < probabilities.Length; j++)
        {
            double residual = weight * (j == y ? MinusOthers(probabilities, y) : probabilities[j]);
            Span<double> g = gradient.AsSpan(j * columns, columns);
            g[0] += residual;
            for (int k = 0; k < x.Length; k++)
            {
                g[k + 1] += residual * x[k];
            }
        }
    }

    /// <summary>Computes <c>P(Y=y|x) - 1</c> without the cancellation.</summary>
    private static double MinusOthers(double[] probabilities, int y)
    {
        double others = 0;
        for (int j = 0; j < probabilities.Length; j++)
        {
            others += j == y ? 0 : probabilities[j];
        }

        return -others;
    }
}

/// <summary>A mean loss and its gradient.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="Gradient">The gradient, <c>C x (m+1)</c>, row-major.</param>
internal sealed record MeanLoss(double Loss, double[] Gradient);
