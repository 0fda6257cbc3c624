using System.Diagnostics;
using System.Globalization;
using System.Text;
using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Cold;

/// <summary>
/// What a process does for the first time: nothing, one prediction, one fit of irises, a model loaded and one prediction. The processes are those of
/// <c>SoftmaxGen.Cold</c>, published in several ways, which take turns.
/// </summary>
internal static class ColdMode
{
    private const string Usage = "cold [--markdown FILE] NAME=FOLDER ..., folders of published SoftmaxGen.Cold";
    private const int Processes = 15;

    private static readonly string _modelFile = Path.Combine(Path.GetTempPath(), "softmaxgen-cold.softmax.json");

    /// <summary>Runs the mode.</summary>
    /// <param name="args">The arguments after its name.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        string? file = args is ["--markdown", string path, ..] ? path : null;
        string[] named = file is null ? args : args[2..];
        if (named.Length == 0 || !named.All(static build => build.Contains('=', StringComparison.Ordinal)))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        Build[] builds = [.. named.Select(static build => new Build(build.Split('=')[0], Path.Combine(build.Split('=')[1], "SoftmaxGen.Cold")))];
        ChildProcess.RunProgram(builds[0].Program, "save", _modelFile);
        string report = Write(builds, ChildProcess.RunProgram(builds[0].Program).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        File.Delete(_modelFile);
        Console.Write(report);
        if (file is not null)
        {
            File.WriteAllText(file, report);
        }

        return 0;
    }

    private static string Write(Build[] builds, string[] tasks)
    {
        var text = new StringBuilder();
        text.AppendLine("# The first time in a process").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd}, .NET {Environment.Version}. Milliseconds, medians of {Processes}, fastest in brackets.");
        text.AppendLine().AppendLine("| task | build | whole process | the task alone | compiling | methods compiled |")
            .AppendLine("|---|---|---:|---:|---:|---:|");
        foreach (string task in tasks)
        {
            Sample[][] samples = [.. builds.Select(static _ => new Sample[Processes])];
            for (int i = 0; i < Processes; i++)
            {
                for (int build = 0; build < builds.Length; build++)
                {
                    samples[build][i] = Time(builds[build].Program, task);
                }
            }

            for (int build = 0; build < builds.Length; build++)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {task} | {builds[build].Name} | {Text(samples[build], static sample => sample.Process)} ");
                text.Append(CultureInfo.InvariantCulture, $"| {Text(samples[build], static sample => sample.Task)} ");
                text.AppendLine(CultureInfo.InvariantCulture, $"| {Text(samples[build], static sample => sample.Compiling)} | {samples[build][0].Methods} |");
            }
        }

        return text.AppendLine().AppendLine("## Method").AppendLine().Append("""
            - Processes take turns, task by task. The task alone is timed inside, and has whatever the runtime does for the first time on the way. Compiling
              has the types that are loaded for it.
            - *The first fit* is by the defaults, of rows that were read before.

            """).ToString();
    }

    private static string Text(Sample[] samples, Func<Sample, double> time)
    {
        RoundTimes times = RoundTimes.Of([.. samples.Select(time)]);
        return string.Create(CultureInfo.InvariantCulture, $"{times.Median:F1} ({times.Minimum:F1})");
    }

    private static Sample Time(string program, string task)
    {
        long start = Stopwatch.GetTimestamp();
        string[] output = ChildProcess.RunProgram(program, task, _modelFile).Split(' ');
        double process = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return new Sample(
            process,
            double.Parse(output[0], CultureInfo.InvariantCulture),
            int.Parse(output[1], CultureInfo.InvariantCulture),
            double.Parse(output[2], CultureInfo.InvariantCulture));
    }

    private readonly record struct Build(string Name, string Program);

    private readonly record struct Sample(double Process, double Task, int Methods, double Compiling);
}
