using System.Globalization;

namespace SoftmaxGen.Mpi.Tests;

/// <summary>Trainings in processes of MPI, by every launcher that there is: <c>SOFTMAXGEN_RANK_KILLS</c> of them lose a process by each.</summary>
public sealed class MpiTests
{
    private const string Rows = "100003";

    private static readonly int _kills = LongSetting.Of("SOFTMAXGEN_RANK_KILLS", 2);

    [MpiFact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void One_two_and_four_ranks_find_the_weights_of_one_process_bit_by_bit()
    {
        Assert.NotEmpty(MpiTools.Launchers);
        foreach (string solver in new[] { "Lbfgs", "Newton" })
        {
            string expected = Probe.Alone("alone", Rows, solver).Fit;
            foreach (string launcher in MpiTools.Launchers)
            {
                Assert.Equal(expected, Probe.Over(launcher, 1, "ranks", Rows, solver).Fit);
                Assert.Equal(expected, Probe.Over(launcher, 2, "ranks", Rows, solver).Fit);
                Assert.Equal(expected, Probe.Over(launcher, 4, "ranks", Rows, solver).Fit);
            }
        }
    }

    [MpiFact]
    public void A_rank_that_throws_ends_the_job_with_its_message()
    {
        Assert.NotEmpty(MpiTools.Launchers);
        foreach (string launcher in MpiTools.Launchers)
        {
            ProbeResult result = Probe.Over(launcher, 3, "throw", Rows, "Lbfgs", "1");

            Assert.NotEqual(0, result.ExitCode);
            Assert.Contains("FormatException: The disk is full.", result.Errors, StringComparison.Ordinal);
            Assert.InRange(result.Elapsed.TotalSeconds, 0, 10);
        }
    }

    [MpiFact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void A_rank_that_is_killed_ends_the_job_and_a_resumed_one_finds_the_same_weights()
    {
        Assert.NotEmpty(MpiTools.Launchers);
        string expected = Probe.Alone("alone", Rows, "Lbfgs").Fit;
        var random = new Random(5);
        foreach (string launcher in MpiTools.Launchers)
        {
            for (int kill = 0; kill < _kills; kill++)
            {
                DirectoryInfo folder = Directory.CreateTempSubdirectory("softmaxgen-ranks-");
                string path = Path.Combine(folder.FullName, "checkpoint");
                string rank = random.Next(3).ToString(CultureInfo.InvariantCulture);
                string gather = random.Next(60).ToString(CultureInfo.InvariantCulture);

                ProbeResult killed = Probe.Over(launcher, 3, "kill", Rows, "Lbfgs", rank, gather, path);
                Assert.NotEqual(0, killed.ExitCode);
                Assert.NotEmpty(killed.Output + killed.Errors);
                Assert.InRange(killed.Elapsed.TotalSeconds, 0, 10);

                Assert.Equal(expected, Probe.Over(launcher, 3, "resume", Rows, "Lbfgs", path).Fit);
                folder.Delete(recursive: true);
            }
        }
    }
}
