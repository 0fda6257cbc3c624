using System.Diagnostics;
using System.Globalization;
using SoftmaxGen.DiskProbe;

namespace SoftmaxGen.Disk.Tests;

/// <summary>Processes that write and train on files: what they leave when they are killed, and how much memory they take.</summary>
public sealed class ProcessTests
{
    private static readonly int _kills = LongSetting.Of("SOFTMAXGEN_ROW_FILE_KILLS", 8);

    [Fact]
    public void A_build_that_is_killed_leaves_no_file_or_a_whole_one()
    {
        var random = new Random(2);
        int torn = 0;
        for (int i = 0; i < _kills; i++)
        {
            using var folder = new Folder();
            ProcessStartInfo start = Probe.Start("loop", folder["rows"], "200000");
            using (Process process = Process.Start(start)!)
            {
                Assert.Equal('.', process.StandardOutput.Read());
                Thread.Sleep(random.Next(500));
                process.Kill();
                process.WaitForExit();
            }

            string[] names = [.. folder.Names];
            Assert.All(names.Where(static name => name != "rows"), static name => Assert.Matches(@"^\.rows\..*\.tmp$", name));
            torn += names.Count(static name => name != "rows");
            if (names.Contains("rows"))
            {
                using TrainingSet<StreamModel, float> set = TrainingSet<StreamModel, float>.Open(folder["rows"]);
                Assert.Equal(200_000, set.RowCount);
                SoftmaxTrainer.Train(set, new TrainingOptions { MaxIterations = 1 });
            }
        }

        // Were no temporary file ever left behind, no process would have been killed while it wrote one.
        Assert.InRange(torn, 1, _kills);
    }

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Little_of_a_file_is_in_memory()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // 195 MiB of packed rows. In memory are 64 of them, a chunk of 3.5 for each thread, and what the runtime takes for itself.
        const string Rows = "3200000";
        using var folder = new Folder();
        string[] written = Probe.Run("write", folder["rows"], Rows);
        Assert.InRange(new FileInfo(folder["rows"]).Length, 204_800_000, 206_000_000);
        string[] trained = Probe.Run("train", folder["rows"], "2");
        string[] memory = Probe.Run("memory", Rows, "2");

        Assert.Equal(memory[..2], trained[..2]);
        Assert.InRange(Growth(memory), 190, 500);
        Assert.InRange(Growth(written), 0, 140);
        Assert.InRange(Growth(trained), 0, 140);
    }

    private static int Growth(string[] words) =>
        int.Parse(words[^1], CultureInfo.InvariantCulture) - int.Parse(words[^2], CultureInfo.InvariantCulture);
}
