using System.Diagnostics;
using System.Globalization;
using SoftmaxGen.Benchmarks.Baselines;
using SoftmaxGen.Benchmarks.Workloads;

namespace SoftmaxGen.Benchmarks.Modes.Sweep;

/// <summary>Plain loops against the generated code of one model, in turns. A few short rounds: the question is "slower?", not "by how much faster?".</summary>
/// <typeparam name="TModel">The model.</typeparam>
internal static class SweepContest<TModel>
    where TModel : class, ISoftmaxModel<TModel, double>
{
    private const int Rounds = 7;

    // A pass of plain loops takes some 10 ms, but a shape gets at least one block and a tail, and at most the rows of some ten tiles.
    private const double Multiplications = 5e6;
    private const int FewestRows = 77;
    private const int MostRows = 5003;

    /// <summary>Runs the contest.</summary>
    /// <returns>The times.</returns>
    public static SweepResult Run()
    {
        ModelShape shape = TModel.Shape;
        var workload = new Workload(shape, (int)Math.Clamp(Multiplications / shape.ParameterCount, FewestRows, MostRows));
        var plainLoops = new PlainLoops(shape.Classes, shape.Features);
        using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(workload.Rows, workload.Labels);
        double[] gradient = new double[shape.ParameterCount];
        Func<double>[] passes =
        [
            () => plainLoops.LossAndGradient(workload.Weights, workload.Rows, workload.Labels, gradient),
            () => set.LossAndGradient(workload.Weights, gradient),
            () => TModel.LossAndGradient(workload.Weights, workload.Rows, workload.Labels, gradient),
        ];
        CheckAgreement(passes, gradient);
        double[] fastest = Fastest(passes);
        return new SweepResult(fastest[0] / fastest[1], fastest[0] / fastest[2]);
    }

    private static double[] Fastest(Func<double>[] passes)
    {
        double[] fastest = new double[passes.Length];
        Array.Fill(fastest, double.PositiveInfinity);
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < passes.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                passes[i]();
                fastest[i] = Math.Min(fastest[i], Stopwatch.GetElapsedTime(start).TotalNanoseconds);
            }
        }

        return fastest;
    }

    // Code that computes something else is not compared. Written so that a NaN fails.
    private static void CheckAgreement(Func<double>[] passes, double[] gradient)
    {
        const double Tolerance = 1e-11;
        double loss = passes[0]();
        double[] expected = [.. gradient];
        foreach (Func<double> pass in passes)
        {
            bool agrees = Math.Abs(pass() - loss) <= Tolerance * loss;
            for (int i = 0; i < gradient.Length; i++)
            {
                agrees &= Math.Abs(gradient[i] - expected[i]) <= Tolerance;
            }

            if (!agrees)
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture, $"{TModel.Shape.Classes} x {TModel.Shape.Features}: the results differ."));
            }
        }
    }
}
