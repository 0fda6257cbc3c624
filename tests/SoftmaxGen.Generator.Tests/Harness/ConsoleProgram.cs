using System.Globalization;
using System.Reflection;

namespace SoftmaxGen.Generator.Tests.Harness;

/// <summary>Runs compiled programs and keeps what they write.</summary>
internal static class ConsoleProgram
{
    // The console belongs to the process: one program at a time.
    private static readonly Lock _console = new();

    /// <summary>Runs a program without arguments, in the invariant culture.</summary>
    /// <param name="program">The program; it must have an entry point.</param>
    /// <returns>What it wrote, with <c>\n</c> for line ends.</returns>
    public static string Run(LoadedAssembly program)
    {
        using var culture = new CultureScope(CultureInfo.InvariantCulture);
        using var output = new StringWriter { NewLine = "\n" };
        lock (_console)
        {
            TextWriter console = Console.Out;
            Console.SetOut(output);
            try
            {
                program.Assembly.EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [Array.Empty<string>()], culture: null);
            }
            finally
            {
                Console.SetOut(console);
            }
        }

        return output.ToString().ReplaceLineEndings("\n");
    }
}
