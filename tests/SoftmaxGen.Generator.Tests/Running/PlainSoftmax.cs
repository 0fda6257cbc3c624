namespace SoftmaxGen.Generator.Tests.Running;

/// <summary>The mathematics as it stands in a textbook, to compare generated code with.</summary>
internal static class PlainSoftmax
{
    /// <summary>Computes the scores <c>S = W x</c> of one row.</summary>
    public static double[] Scores(ReadOnlySpan<double> weights, ReadOnlySpan<double> x)
    {
        int stride = x.Length + 1;
        double[] scores = new double[weights.Length / stride];
        for (int j = 0; j < scores.Length; j++)
        {
            scores[j] = weights[j * stride];
            for (int k = 0; k < x.Length; k++)
            {
                scores[j] += weights[(j * stride) + 1 + k] * x[k];
            }
        }

        return scores;
    }

    /// <summary>Computes <c>P(Y=k|x) = exp(S_k) / sum_j exp(S_j)</c>.</summary>
    public static double[] Probabilities(double[] scores)
    {
        double max = scores.Max();
        double sum = scores.Sum(score => Math.Exp(score - max));
        return [.. scores.Select(score => Math.Exp(score - max) / sum)];
    }

    /// <summary>Computes the mean loss and its gradient; classes are counted from 0.</summary>
    public static (double Loss, double[] Gradient) LossAndGradient(double[] weights, double[] rows, int[] classes, int features)
    {
        double loss = 0;
        double[] gradient = new double[weights.Length];
        for (int i = 0; i < classes.Length; i++)
        {
            ReadOnlySpan<double> x = rows.AsSpan(i * features, features);
            double[] scores = Scores(weights, x);
            double max = scores.Max();
            loss += max + Math.Log(scores.Sum(score => Math.Exp(score - max))) - scores[classes[i]];
            AddGradient(gradient, Probabilities(scores), classes[i], x);
        }

        return (loss / classes.Length, [.. gradient.Select(sum => sum / classes.Length)]);
    }

    private static void AddGradient(double[] gradient, double[] probabilities, int actual, ReadOnlySpan<double> x)
    {
        for (int j = 0; j < probabilities.Length; j++)
        {
            double residual = probabilities[j] - (j == actual ? 1 : 0);
            Span<double> row = gradient.AsSpan(j * (x.Length + 1), x.Length + 1);
            row[0] += residual;
            for (int k = 0; k < x.Length; k++)
            {
                row[k + 1] += residual * x[k];
            }
        }
    }
}
