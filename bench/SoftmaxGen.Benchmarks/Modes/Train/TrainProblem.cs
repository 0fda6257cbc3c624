using System.Globalization;
using SoftmaxGen.Benchmarks.Workloads;

namespace SoftmaxGen.Benchmarks.Modes.Train;

/// <summary>Rows and labels to train on, and how.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Rows">The rows, row-major.</param>
/// <param name="Labels">The class of each row.</param>
/// <param name="Options">The penalty; everything else is as it is by default.</param>
internal sealed record TrainProblem(string Name, double[] Rows, int[] Labels, TrainingOptions Options)
{
    private const double L2 = 1e-3;

    /// <summary>Reads one of the small data sets beside the program.</summary>
    /// <param name="name">The name of its file.</param>
    /// <param name="divisor">What its features are divided by.</param>
    /// <param name="standardize">Whether the penalty acts on the weights of standardised features.</param>
    /// <returns>The problem.</returns>
    public static TrainProblem Read(string name, double divisor, bool standardize)
    {
        string[][] cells = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", name + ".csv")).Skip(1).Select(line => line.Split(','))];
        string[] classes = [.. cells.Select(row => row[^1]).Distinct()];
        return new TrainProblem(
            name,
            [.. cells.SelectMany(row => row[..^1]).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture) / divisor)],
            [.. cells.Select(row => Array.IndexOf(classes, row[^1]))],
            new TrainingOptions { L2 = L2, Standardize = standardize });
    }

    /// <summary>Makes rows and draws their labels from a model, so that there is something to learn.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <returns>The problem.</returns>
    public static TrainProblem Draw(ModelShape shape, int rowCount)
    {
        var workload = new Workload(shape, rowCount);
        var random = new Random(1);
        double[] scores = new double[shape.Classes];
        for (int row = 0; row < rowCount; row++)
        {
            for (int j = 0; j < scores.Length; j++)
            {
                ReadOnlySpan<double> w = workload.Weights.AsSpan(j * (shape.Features + 1), shape.Features + 1);

                // The largest of scores with Gumbel noise is a draw from the softmax.
                scores[j] = (3 * w[0]) - Math.Log(-Math.Log(1 - random.NextDouble()));
                for (int k = 0; k < shape.Features; k++)
                {
                    scores[j] += 3 * w[k + 1] * workload.Rows[(row * shape.Features) + k];
                }
            }

            workload.Labels[row] = Array.IndexOf(scores, scores.Max());
        }

        return new TrainProblem(
            $"synthetic {shape.Classes} x {shape.Features}", workload.Rows, workload.Labels, new TrainingOptions { L2 = L2, Standardize = false });
    }
}
