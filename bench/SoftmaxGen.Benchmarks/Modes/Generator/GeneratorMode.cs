namespace SoftmaxGen.Benchmarks.Modes.Generator;

/// <summary>Measures what the generator costs an editor: the first run over a project, and the runs after a keystroke.</summary>
internal static class GeneratorMode
{
    /// <summary>How to call the mode.</summary>
    private const string Usage = "generator [--markdown FILE]";

    private static readonly (int Models, int RowMembers)[] _projects = [(1, 0), (10, 0), (100, 0), (1, 30), (10, 30), (100, 30), (1, 2000)];

    /// <summary>Runs the mode.</summary>
    /// <param name="args">The arguments after its name.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        if (args is not ([] or ["--markdown", _]))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        TimeSpan coldRun = KeystrokeContest.RunCold(models: 10);
        string report = GeneratorReport.Write(coldRun, [.. _projects.Select(static project => KeystrokeContest.Run(project.Models, project.RowMembers))]);
        Console.Write(report);
        if (args is [_, string file])
        {
            File.WriteAllText(file, report);
        }

        return 0;
    }
}
