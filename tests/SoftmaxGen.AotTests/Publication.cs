using System.Diagnostics;
using System.Globalization;

namespace SoftmaxGen.AotTests;

/// <summary>One of the programs under test, published.</summary>
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
        "App",
        framework,
        NativeTools.RuntimeIdentifier,
        $"{framework}-{instructionSet ?? "default"}",
        ["-p:PublishAot=true", $"-p:CppCompilerAndLinker={NativeTools.Linker}",
            .. instructionSet is null ? (string[])[] : [$"-p:IlcInstructionSet={instructionSet}"]]);

    /// <summary>Compiles the program for the JIT.</summary>
    /// <param name="playground">Where the program's sources are.</param>
    public static Task<Publication> JitAsync(Playground playground) => 
        PublishAsync(playground, "App", "net9.0", NativeTools.RuntimeIdentifier, "jit", ["--no-self-contained"]);

    /// <summary>Compiles the program of the folder Checks to native code for Arm.</summary>
    /// <param name="playground">Where the program's project is.</param>
    public static Task<Publication> ArmAsync(Playground playground) => PublishAsync(
        playground,
        "Checks",
        "net10.0",
        "linux-arm64",
        "arm",
        [
            $"-p:Repository={Repository.Folder}",
            "-p:PublishAot=true",
            $"-p:CppCompilerAndLinker={ArmTools.Linker}",
            $"-p:ObjCopyName={ArmTools.ObjectCopier}",
        ]);

    /// <summary>Runs the program.</summary>
    /// <param name="playground">Where to.</param>
    /// <param name="environment">Switches of the runtime.</param>
    /// <returns>What it wrote.</returns>
    public async Task<string> RunAsync(Playground playground, params (string Name, string Value)[] environment) =>
        (await DotNet.StartAsync(Program, playground.Folder, [], environment)).Succeeded();

    /// <summary>Runs a program for Arm under emulation.</summary>
    /// <param name="playground">Where to.</param>
    /// <param name="argument">Its argument.</param>
    /// <returns>What it wrote.</returns>
    public async Task<string> EmulateAsync(Playground playground, string argument) => (await DotNet.StartAsync(
        ArmTools.Emulator!, playground.Folder, [Program, argument], ("DOTNET_GCHeapHardLimit", ArmTools.HeapLimit))).Succeeded();

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

    private static async Task<Publication> PublishAsync(
        Playground playground, string project, string framework, string runtime, string name, string[] arguments)
    {
        string folder = Path.Combine(playground.Folder, name);
        string artifacts = Path.Combine(folder, "artifacts");
        CommandResult result = await playground.RunAsync(
            ["publish", project, "-c", "Release", "-f", framework, "-r", runtime, "--artifacts-path", artifacts, "-o", folder, .. arguments]);
        return new Publication(result.Succeeded(), Path.Combine(folder, project));
    }
}
