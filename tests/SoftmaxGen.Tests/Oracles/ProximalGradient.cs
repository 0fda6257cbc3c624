namespace SoftmaxGen.Tests.Oracles;

/// <summary>
/// The elastic net by accelerated proximal gradients (Beck and Teboulle, <i>A fast iterative shrinkage-thresholding algorithm</i>, 2009) with restarts: shares
/// neither code nor method with the library.
/// </summary>
internal static class ProximalGradient
{
    /// <summary>Computes mean loss <c>+ l1 |W|_1 + (l2/2) |W|^2</c>, the biases not penalised.</summary>
    public static double Objective(double[] weights, double[] rows, int[] labels, double l1, double l2)
    {
        int columns = (rows.Length / labels.Length) + 1;
        return PlainSoftmax.LossAndGradient(weights, rows, labels).Loss
            + weights.Where((_, i) => i % columns != 0).Sum(w => (l1 * Math.Abs(w)) + (l2 / 2 * w * w));
    }

    /// <summary>Finds the minimum, with biases of mean zero.</summary>
    public static double[] Minimize(double[] rows, int[] labels, int classes, double l1, double l2, double tolerance)
    {
        int features = rows.Length / labels.Length;
        int columns = features + 1;

        // The Hessian of a row's loss is at most half of x x^T.
        double step = 1 / ((0.5 * (1 + (rows.Sum(x => x * x) / labels.Length))) + l2);
        double[] x = new double[classes * columns];
        double[] y = [.. x];
        double momentum = 1;
        for (int iteration = 0; iteration < 200_000; iteration++)
        {
            double[] gradient = PlainSoftmax.LossAndGradient(y, rows, labels).Gradient;
            double[] next = new double[x.Length];
            for (int i = 0; i < x.Length; i++)
            {
                bool isBias = i % columns == 0;
                double target = y[i] - (step * (gradient[i] + (isBias ? 0 : l2 * y[i])));
                next[i] = isBias ? target : Math.Sign(target) * Math.Max(Math.Abs(target) - (step * l1), 0);
            }

            double change = next.Zip(y, (a, b) => Math.Abs(a - b)).Max() / step;
            bool uphill = next.Select((v, i) => (y[i] - v) * (v - x[i])).Sum() > 0;
            double nextMomentum = uphill ? 1 : (1 + Math.Sqrt(1 + (4 * momentum * momentum))) / 2;
            double[] previous = x;
            double push = uphill ? 0 : (momentum - 1) / nextMomentum;
            y = [.. next.Select((v, i) => v + (push * (v - previous[i])))];
            x = next;
            momentum = nextMomentum;
            if (change <= tolerance)
            {
                double mean = x.Where((_, i) => i % columns == 0).Average();
                return [.. x.Select((w, i) => i % columns == 0 ? w - mean : w)];
            }
        }

        throw new InvalidOperationException("The reference did not converge.");
    }
}
