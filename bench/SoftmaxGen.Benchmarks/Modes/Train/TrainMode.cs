using SoftmaxGen.Benchmarks.Models;

namespace SoftmaxGen.Benchmarks.Modes.Train;

/// <summary>Measures whole trainings, packing included, by every solver, cold and warm, against the same solver over plain loops.</summary>
internal static class TrainMode
{
    private const string Usage = "train [--only PROBLEM[,PROBLEM]] [--markdown FILE]";

    private static readonly Entry[] _entries =
    [
        Entry.Of<Double3x4>("iris", () => TrainProblem.Read("iris", divisor: 1, standardize: false)),
        Entry.Of<Double3x13>("wine", () => TrainProblem.Read("wine", divisor: 1, standardize: true)),
        Entry.Of<Double10x64>("digits", () => TrainProblem.Read("digits", divisor: 16, standardize: false)),
        Entry.Of<Double4x8>("4x8", () => TrainProblem.Draw(Double4x8.Shape, 100_000)),
        Entry.Of<Double10x16>("10x16", () => TrainProblem.Draw(Double10x16.Shape, 200_000)),
        Entry.Of<Double2x30>("2x30", () => TrainProblem.Draw(Double2x30.Shape, 500_000)),
        Entry.Of<Double7x54>("7x54", () => TrainProblem.Draw(Double7x54.Shape, 200_000)),
        Entry.Of<Double26x16>("26x16", () => TrainProblem.Draw(Double26x16.Shape, 100_000)),
    ];

    /// <summary>Runs the mode.</summary>
    /// <param name="args">The arguments after its name.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        string? only = null;
        string? file = null;
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            switch (args[i])
            {
                case "--cold":
                    _entries.Single(entry => entry.Name == args[i + 1]).PrintCold();
                    return 0;
                case "--only":
                    only = args[i + 1];
                    break;
                case "--markdown":
                    file = args[i + 1];
                    break;
                default:
                    Console.Error.WriteLine(Usage);
                    return 2;
            }
        }

        string report = TrainReport.Write([.. _entries.Where(entry => only is null || only.Split(',').Contains(entry.Name)).Select(entry => entry.Measure())]);
        Console.Write(report);
        if (file is not null)
        {
            File.WriteAllText(file, report);
        }

        return 0;
    }

    private sealed record Entry(string Name, Action PrintCold, Func<ProblemResult> Measure)
    {
        public static Entry Of<TModel>(string name, Func<TrainProblem> make)
            where TModel : class, ISoftmaxModel<TModel, double> => new(
                name,
                () =>
                {
                    TrainProblem problem = make();
                    ColdFit.Print(() => _ = TModel.Train(problem.Rows, problem.Labels, problem.Options));
                },
                () => TrainContest<TModel>.Run(make(), ColdFit.Measure(name)));
    }
}
