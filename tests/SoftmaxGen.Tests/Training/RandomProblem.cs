using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training;

/// <summary>A random training problem, and what plain arithmetic says of an answer to it.</summary>
internal sealed class RandomProblem
{
    private readonly ModelShape _shape;

    private RandomProblem(ModelShape shape, double[] rows, int[] labels, double[] rowWeights, TrainingOptions options)
    {
        _shape = shape;
        Rows = rows;
        Labels = labels;
        RowWeights = rowWeights;
        Options = options;
    }

    public double[] Rows { get; }

    public int[] Labels { get; }

    public double[] RowWeights { get; }

    public TrainingOptions Options { get; }

    public bool HasEmptyClass => Enumerable.Range(0, _shape.Classes).Any(j => !Labels.Zip(RowWeights).Any(row => row.First == j && row.Second > 0));

    /// <summary>Draws a problem.</summary>
    public static RandomProblem Draw(ModelShape shape, Random random)
    {
        int count = random.Next(shape.Classes, random.Next(2) == 0 ? 20 : 80);
        int m = shape.Features;
        double[] scales = [.. Enumerable.Range(0, m).Select(_ => random.Next(3) == 0 ? Math.Pow(10, (16 * random.NextDouble()) - 8) : 1)];
        double[] centres = [.. scales.Select(scale => random.Next(2) == 0 ? 0 : 10 * scale * (random.NextDouble() - 0.5))];
        bool[] constant = [.. scales.Select(_ => random.Next(10) == 0)];
        bool separable = random.Next(3) == 0;
        double[] rows = new double[count * m];
        int[] labels = new int[count];
        double[] rowWeights = [.. labels.Select(_ => random.Next(8) == 0 ? 0 : random.Next(2) == 0 ? 1 : random.NextDouble())];
        for (int i = 0; i < count; i++)
        {
            // Every class once, in most problems, then as it comes.
            labels[i] = i < shape.Classes && random.Next(20) > 0 ? i : random.Next(shape.Classes);
            rowWeights[i] = i < shape.Classes && random.Next(20) > 0 ? 1 : rowWeights[i];
            for (int k = 0; k < m; k++)
            {
                double x = separable ? (k == labels[i] % m ? 20 * (1 + (labels[i] / m)) : 0) + random.NextDouble() : random.NextDouble() - 0.5;
                rows[(i * m) + k] = centres[k] + (scales[k] * (constant[k] ? 1 : x));
            }

            if (i > 0 && random.Next(10) == 0)
            {
                // The features of another row, be its class the same or not.
                rows.AsSpan(random.Next(i) * m, m).CopyTo(rows.AsSpan(i * m));
            }
        }

        double l1 = random.Next(4) == 0 ? Math.Pow(10, -4 * random.NextDouble()) : 0;
        var options = new TrainingOptions
        {
            Solver = (Solver)random.Next(l1 > 0 ? 3 : 4),
            L1 = l1,
            L2 = random.Next(3) switch { 0 => 0, 1 => Math.Pow(10, -6 * random.NextDouble()), _ => null },
            Standardize = random.Next(2) == 0,
            Tolerance = random.Next(2) == 0 ? 1e-6 : 1e-3,
            MaxIterations = 100,
        };
        return new RandomProblem(shape, rows, labels, rowWeights, options);
    }

    /// <summary>Computes the largest magnitude of the objective's (sub)gradient by the weights that the penalty acts on.</summary>
    public double GradientNorm(double[] weights)
    {
        (double[] rows, double[] point) = Penalised(weights);
        double[] gradient = PlainSoftmax.LossAndGradient(point, rows, Labels, RowWeights).Gradient;
        double l2 = Options.L2 ?? (1 / RowWeights.Sum());
        double largest = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            bool isBias = i % (_shape.Features + 1) == 0;
            double slope = gradient[i] + (isBias ? 0 : l2 * point[i]);
            double element = isBias ? slope
                : point[i] != 0 ? slope + (Options.L1 * Math.Sign(point[i]))
                : Math.Max(0, Math.Abs(slope) - Options.L1);
            largest = Math.Max(largest, Math.Abs(element));
        }

        return largest;
    }

    /// <summary>
    /// Bounds what rounding makes of that: scores are rounded relative to the largest of their terms, residuals by as much, and the gradient by as much
    /// times the feature.
    /// </summary>
    public double Rounding(double[] weights)
    {
        const double Unit = 1.2e-16;
        int columns = _shape.Features + 1;
        double largestTerm = 1;
        double largestFeature = 1;
        double[] features = Penalised(weights).Rows;
        for (int i = 0; i < Rows.Length; i++)
        {
            largestFeature = Math.Max(largestFeature, Math.Abs(features[i]));
            for (int j = 0; j < _shape.Classes; j++)
            {
                largestTerm = Math.Max(largestTerm, Math.Abs(weights[(j * columns) + 1 + (i % _shape.Features)] * Rows[i]));
                largestTerm = Math.Max(largestTerm, Math.Abs(weights[j * columns]));
            }
        }

        return 8 * columns * Unit * largestTerm * largestFeature;
    }

    /// <summary>Says whether every row of positive weight has its own class with a probability above 1/2.</summary>
    public bool AllRowsAreWon(double[] weights) => Enumerable.Range(0, Labels.Length).All(i => RowWeights[i] == 0
        || PlainSoftmax.Probabilities(PlainSoftmax.Scores(weights, Rows.AsSpan(i * _shape.Features, _shape.Features)))[Labels[i]] > 0.5);

    /// <summary>Says whether some rows can be separated, so that there is no optimum without a penalty.</summary>
    public bool HasNoOptimum() => new PreciseSoftmax(_shape.Classes, Rows, Labels, RowWeights, null, 0, true, new bool[_shape.Features]).HasRecession();

    /// <summary>The features and the weights that the penalty acts on: the raw ones, or those of standardised features.</summary>
    private (double[] Rows, double[] Point) Penalised(double[] weights)
    {
        if (!Options.Standardize)
        {
            return (Rows, weights);
        }

        int m = _shape.Features;
        double[] rows = [.. Rows];
        double[] point = [.. weights];
        double total = RowWeights.Sum();
        for (int k = 0; k < m; k++)
        {
            double[] column = [.. Enumerable.Range(0, Labels.Length).Select(i => Rows[(i * m) + k])];
            double origin = column[Array.FindIndex(RowWeights, w => w > 0)];
            double mean = origin + (column.Zip(RowWeights, (x, w) => w * (x - origin)).Sum() / total);
            double deviation = Math.Sqrt(column.Zip(RowWeights, (x, w) => w * (x - mean) * (x - mean)).Sum() / total);
            for (int i = 0; i < column.Length; i++)
            {
                rows[(i * m) + k] = deviation > 0 ? (column[i] - mean) / deviation : 0;
            }

            for (int row = 0; row < point.Length; row += m + 1)
            {
                point[row] += weights[row + 1 + k] * mean;
                point[row + 1 + k] = weights[row + 1 + k] * deviation;
            }
        }

        return (rows, point);
    }
}
