using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text;
using SoftmaxGen.Benchmarks.Models;
using SoftmaxGen.Benchmarks.Modes.Train;
using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Cold;

/// <summary>
/// What a process does for the first time: nothing, one prediction, one fit of irises, a model loaded and one prediction. Other builds of this program, whose
/// folders are named, take turns with it.
/// </summary>
internal static class ColdMode
{
    private const string Usage = "cold [--markdown FILE] [NAME=FOLDER ...]";
    private const string Child = "--child";
    private const int Processes = 15;

    private static readonly string _modelFile = Path.Combine(Path.GetTempPath(), "softmaxgen-cold.softmax.json");

    // What comes before the clock, and what the clock times.
    private static readonly Dictionary<string, Func<Action>> _tasks = new()
    {
        ["nothing"] = static () => static () => { },
        ["first prediction, 3 x 4"] = static () => static () => Double3x4.FromWeights(new double[Double3x4.ParameterCount]).Predict([5.1, 3.5, 1.4, 0.2]),
        ["first prediction, 10 x 64"] = static () => static () => Double10x64.FromWeights(new double[Double10x64.ParameterCount]).Predict(new double[64]),
        ["first fit, iris"] = static () =>
        {
            TrainProblem iris = Iris();
            return () => GC.KeepAlive(Double3x4.Train(iris.Rows, iris.Labels).Model);
        },
        ["model loaded and a prediction, 3 x 4"] = static () => static () => Double3x4.Load(_modelFile).Predict([5.1, 3.5, 1.4, 0.2]),
    };

    /// <summary>Runs the mode.</summary>
    /// <param name="args">The arguments after its name.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        if (args is [Child, string task])
        {
            return RunChild(task);
        }

        string? file = args is ["--markdown", string path, ..] ? path : null;
        string[] builds = file is null ? args : args[2..];
        if (!builds.All(static build => build.Contains('=', StringComparison.Ordinal)))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        TrainProblem iris = Iris();
        Double3x4.Train(iris.Rows, iris.Labels).Model.Save(_modelFile);
        string report = Write([("this build", AppContext.BaseDirectory), .. builds.Select(static build => (build.Split('=')[0], build.Split('=')[1]))]);
        File.Delete(_modelFile);
        Console.Write(report);
        if (file is not null)
        {
            File.WriteAllText(file, report);
        }

        return 0;
    }

    private static TrainProblem Iris() => TrainProblem.Read("iris", divisor: 1, standardize: false);

    private static int RunChild(string task)
    {
        Action action = _tasks[task]();
        int methods = (int)JitInfo.GetCompiledMethodCount();
        long start = Stopwatch.GetTimestamp();
        action();
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{milliseconds} {JitInfo.GetCompiledMethodCount() - methods}"));
        return 0;
    }

    private static string Write((string Name, string Folder)[] builds)
    {
        var text = new StringBuilder();
        text.AppendLine("# The first time in a process").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd}, .NET {Environment.Version}. Milliseconds, medians of {Processes}, fastest in brackets.");
        text.AppendLine().AppendLine("| task | build | whole process | the task alone | methods compiled for it |").AppendLine("|---|---|---:|---:|---:|");
        foreach (string task in _tasks.Keys)
        {
            Sample[][] samples = [.. builds.Select(static _ => new Sample[Processes])];
            for (int i = 0; i < Processes; i++)
            {
                for (int build = 0; build < builds.Length; build++)
                {
                    samples[build][i] = Time(builds[build].Folder, task);
                }
            }

            for (int build = 0; build < builds.Length; build++)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {task} | {builds[build].Name} | {Text(samples[build], static sample => sample.Process)} ");
                text.AppendLine(CultureInfo.InvariantCulture, $"| {Text(samples[build], static sample => sample.Task)} | {samples[build][0].Methods} |");
            }
        }

        return text.AppendLine("""

            ## Method

            - Processes take turns, task by task. The task alone is timed inside, and has whatever the runtime does for the first time on the way.
            - *The first fit* is by the defaults, of rows that were read before.
            """).ToString();
    }

    private static string Text(Sample[] samples, Func<Sample, double> time)
    {
        RoundTimes times = RoundTimes.Of([.. samples.Select(time)]);
        return string.Create(CultureInfo.InvariantCulture, $"{times.Median:F1} ({times.Minimum:F1})");
    }

    private static Sample Time(string folder, string task)
    {
        long start = Stopwatch.GetTimestamp();
        string[] output = ChildProcess.RunIn(folder, "cold", Child, task).Split(' ');
        double process = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new Sample(process, double.Parse(output[0], CultureInfo.InvariantCulture), int.Parse(output[1], CultureInfo.InvariantCulture));
    }

    private readonly record struct Sample(double Process, double Task, int Methods);
}
