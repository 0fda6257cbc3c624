using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training;

/// <summary>A random training set with a group L1 penalty, and the same problem in plain arithmetic.</summary>
internal sealed class SparseSample
{
    private readonly ModelShape _shape;
    private readonly double[] _deviations;

    private SparseSample(ModelShape shape, SparseProblem problem, double[] rows, double[] deviations, TrainingOptions options)
    {
        _shape = shape;
        _deviations = deviations;
        Problem = problem;
        Rows = rows;
        Options = options;
    }

    /// <summary>Gets the problem by the features whose weights are penalised.</summary>
    public SparseProblem Problem { get; }

    /// <summary>Gets the raw rows.</summary>
    public double[] Rows { get; }

    public TrainingOptions Options { get; }

    /// <summary>Draws rows that some features tell from each other and others do not, in any units, with weights or offsets, and penalties.</summary>
    public static SparseSample Draw(ModelShape shape, Random random)
    {
        int m = shape.Features;
        int count = random.Next(shape.Classes + 4, 60);
        bool standardize = random.Next(3) > 0;
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i < shape.Classes ? i : random.Next(shape.Classes))];
        double[] rowWeights = [.. labels.Select((_, i) => random.Next(3) == 0 && i >= shape.Classes ? 2 * random.NextDouble() : 1)];
        double[] offsets = [.. Enumerable.Range(0, random.Next(4) == 0 ? count * shape.Classes : 0).Select(_ => random.NextDouble() - 0.5)];
        double[] rows = new double[count * m];
        double[] penalised = new double[count * m];
        double[] deviations = new double[m];
        double common = random.Next(3) == 0 ? 2 * random.NextDouble() : 0;
        double[] shared = [.. labels.Select(_ => random.NextDouble() - 0.5)];
        for (int k = 0; k < m; k++)
        {
            double signal = random.Next(2) * 2 * random.NextDouble();
            double[] means = [.. Enumerable.Range(0, shape.Classes).Select(_ => random.NextDouble() - 0.5)];
            double scale = standardize ? Math.Pow(10, (6 * random.NextDouble()) - 3) : 0.5 + random.NextDouble();
            double center = random.Next(2) * scale * (random.NextDouble() - 0.5) * (standardize ? 20 : 2);
            for (int i = 0; i < count; i++)
            {
                rows[(i * m) + k] = center + (scale * (random.NextDouble() - 0.5 + (signal * means[labels[i]]) + (common * shared[i])));
            }

            double[] column = [.. Enumerable.Range(0, count).Select(i => rows[(i * m) + k])];
            double total = rowWeights.Sum();
            double mean = column.Zip(rowWeights, (x, w) => w * x).Sum() / total;
            deviations[k] = standardize ? Math.Sqrt(column.Zip(rowWeights, (x, w) => w * (x - mean) * (x - mean)).Sum() / total) : 1;
            for (int i = 0; i < count; i++)
            {
                penalised[(i * m) + k] = standardize ? (column[i] - mean) / deviations[k] : column[i];
            }
        }

        var options = new TrainingOptions
        {
            GroupL1 = Math.Pow(10, -0.5 - (2 * random.NextDouble())),
            L1 = random.Next(4) == 0 ? Math.Pow(10, -1 - (2 * random.NextDouble())) : 0,
            L2 = random.Next(3) switch { 0 => 0, 1 => Math.Pow(10, -4 * random.NextDouble()), _ => null },
            Standardize = standardize,
            Solver = (Solver)random.Next(3),
            Tolerance = 1e-9,
            MaxIterations = 1000,
        };
        var problem = new SparseProblem
        {
            Classes = shape.Classes,
            Rows = penalised,
            Labels = labels,
            RowWeights = rowWeights,
            Offsets = offsets,
            L1 = options.L1,
            GroupL1 = options.GroupL1,
            L2 = options.L2 ?? (1 / rowWeights.Sum()),
        };
        return new SparseSample(shape, problem, rows, deviations, options);
    }

    /// <summary>Trains a model.</summary>
    public TrainingResult<TModel> Train<TModel>(TrainingOptions options)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        using var set = new TrainingSet<TModel, double>(
            new() { Rows = Rows, Labels = Problem.Labels, RowWeights = Problem.RowWeights, Offsets = Problem.Offsets });
        return SoftmaxTrainer.Train(set, options);
    }

    /// <summary>Turns the weights of a model into those that are penalised, with the biases that belong to them, of mean zero.</summary>
    public double[] Penalised(ReadOnlySpan<double> weights)
    {
        int columns = _shape.Features + 1;
        double[] point = weights.ToArray();
        for (int i = 0; i < point.Length; i++)
        {
            int k = (i % columns) - 1;
            if (k >= 0)
            {
                // A row has the same scores: w x = (w d) (x - mean) / d + w mean.
                point[i] = weights[i] * _deviations[k];
                point[i - k - 1] += weights[i] * (Rows[k] - (_deviations[k] * Problem.Rows[k]));
            }
        }

        double mean = Enumerable.Range(0, _shape.Classes).Average(j => point[j * columns]);
        return [.. point.Select((w, i) => i % columns == 0 ? w - mean : w)];
    }
}
