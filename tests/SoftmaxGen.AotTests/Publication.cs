using System.Diagnostics;
using System.Globalization;

namespace SoftmaxGen.AotTests;

/// <summary>The program of the folder App, published.</summary>
/// <param name="Log">What publishing wrote.</param>
/// <param name="Program">The path of the program.</param>
internal sealed record Publication(string Log, string Program)
{
    private const int Starts = 11;

    /// <summary>Compiles the program to native code.</summary>
    /// <param name="playground">Where the program's sources are.</param>
    /// <param name="framework">The framework it is compiled for, whose native compiler is used.</param>
    /// <param name="instructionSet">The instruction set; null for the default of NativeAOT.</param>
    public static Task<Publication> NativeAsync(Playground playground, string framework, string? instructionSet) => PublishAsync(
        playground,
        framework,
        $"{framework}-{instructionSet ?? "default"}",
        ["-p:PublishAot=true", $"-p:CppCompilerAndLinker={NativeTools.Linker}", .. instructionSet is null ? (string[])[] : [$"-p:IlcInstructionSet={instructionSet}"]]);

    /// <summary>Compiles the program for the JIT.</summary>
    /// <param name="playground">Where the program's sources are.</param>
    public static Task<Publication> JitAsync(Playground playground) => PublishAsync(playground, "net9.0", "jit", ["--no-self-contained"]);

    /// <summary>Runs the program.</summary>
    /// <param name="playground">Where to.</param>
    /// <param name="environment">Switches of the runtime.</param>
    /// <returns>What it wrote.</returns>
    public async Task<string> RunAsync(Playground playground, params (string Name, string Value)[] environment) =>
        (await DotNet.StartAsync(Program, playground.Folder, [], environment)).Succeeded();

    /// <summary>Describes the program: its size, and the median time from its start to its end when it does nothing.</summary>
    /// <param name="playground">Where to run it.</param>
    public async Task<string> DescribeAsync(Playground playground)
    {
        List<TimeSpan> times = [];
        for (int i = 0; i < Starts; i++)
        {
            long start = Stopwatch.GetTimestamp();
            (await DotNet.StartAsync(Program, playground.Folder, ["start"])).Succeeded();
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        times.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{new FileInfo(Program).Length / 1024.0 / 1024.0:F2} MiB, starts and ends in {times[Starts / 2].TotalMilliseconds:F0} ms");
    }

    private static async Task<Publication> PublishAsync(Playground playground, string framework, string name, string[] arguments)
    {
        string folder = Path.Combine(playground.Folder, name);
        CommandResult result = await playground.RunAsync(
            ["publish", "App", "-c", "Release", "-f", framework, "-r", NativeTools.RuntimeIdentifier, "--artifacts-path", Path.Combine(folder, "artifacts"), "-o", folder, .. arguments]);
        return new Publication(result.Succeeded(), Path.Combine(folder, "App"));
    }
}
