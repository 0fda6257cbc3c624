using System.Diagnostics;
using System.Runtime.InteropServices;
using SoftmaxGen.SaveProbe;

namespace SoftmaxGen.Tests.Persistence;

/// <summary>Processes that are killed while they save, at random points: <c>SOFTMAXGEN_KILLS</c> of them.</summary>
public sealed class CrashTests
{
    private const int AtATime = 4;

    private static readonly int _kills = LongSetting.Of("SOFTMAXGEN_KILLS", 200);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void A_process_that_is_killed_while_saving_leaves_a_readable_model()
    {
        int[] delays = new int[_kills];
        var random = new Random(3);
        for (int i = 0; i < _kills; i++)
        {
            delays[i] = random.Next(0, 12_000);
        }

        int torn = 0;
        Parallel.For(0, _kills, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, i =>
            Interlocked.Add(ref torn, KillWhileSaving(i % 2 == 0 ? ModelFormat.Json : ModelFormat.Binary, delays[i])));

        // Were no temporary file ever left behind, no process would have been killed while it wrote one, and this test would have shown nothing.
        Assert.InRange(torn, 1, _kills);
    }

    // Returns how many temporary files were left behind: 1 when the process was killed in the middle of a file.
    private static int KillWhileSaving(ModelFormat format, int microseconds)
    {
        using var folder = new Folder();
        string path = folder["model"];
        ProcessStartInfo start = new(Host(), [Path.Combine(AppContext.BaseDirectory, "SoftmaxGen.SaveProbe.dll"), path, format.ToString()])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_TieredPGO"] = "0";
        using (Process process = Process.Start(start)!)
        {
            Assert.Equal('.', process.StandardOutput.Read());
            Wait(microseconds);
            process.Kill();
            process.WaitForExit();
        }

        ProbeModel model = ProbeModel.Load(path);
        double[] weights = model.Weights.ToArray();
        Assert.All(weights, weight => Assert.Equal(weights[0], weight));
        string[] rest = [.. folder.Names.Where(static name => name != "model")];
        Assert.All(rest, static name => Assert.Matches(@"^\.model\..*\.tmp$", name));
        return rest.Length;
    }

    // Finer than Thread.Sleep, whose step is longer than a save takes.
    private static void Wait(int microseconds)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < microseconds)
        {
            Thread.Yield();
        }
    }

    private static string Host() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
