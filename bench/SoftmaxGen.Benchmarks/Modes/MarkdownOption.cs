namespace SoftmaxGen.Benchmarks.Modes;

/// <summary>The arguments of modes that measure one thing: none, and the report is printed; or <c>--markdown FILE</c>, and it is written to the file.</summary>
internal static class MarkdownOption
{
    /// <summary>Runs a mode.</summary>
    /// <param name="args">The arguments after its name.</param>
    /// <param name="mode">Its name.</param>
    /// <param name="measure">Measures, and writes the report.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, string mode, Func<string> measure)
    {
        switch (args)
        {
            case []:
                Console.Write(measure());
                return 0;
            case ["--markdown", string file]:
                File.WriteAllText(file, measure());
                return 0;
            default:
                Console.Error.WriteLine($"{mode} [--markdown FILE]");
                return 2;
        }
    }
}
