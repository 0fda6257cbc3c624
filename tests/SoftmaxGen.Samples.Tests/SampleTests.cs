using System.Globalization;
using System.Text.RegularExpressions;

namespace SoftmaxGen.Samples.Tests;

/// <summary>Each sample does its job. <c>TrainThenBake</c>, which is built twice, is run by the tests of the package.</summary>
public partial class SampleTests
{
    public static TheoryData<string> Folders =>
        [.. Directory.GetDirectories(Sample.Folder).Where(static folder => Directory.GetFiles(folder, "*.csproj").Length > 0)
            .Select(static folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_sample_has_a_page_that_says_how_to_run_it_and_a_place_in_the_index(string sample)
    {
        string page = File.ReadAllText(Path.Combine(Sample.Folder, sample, "README.md"));

        Assert.StartsWith($"# {sample}\n", page, StringComparison.Ordinal);
        Assert.Contains($"samples/{sample}", page, StringComparison.Ordinal);
        Assert.Contains($"| [{sample}]({sample}/README.md) |", File.ReadAllText(Path.Combine(Sample.Folder, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Iris_tells_most_flowers()
    {
        string output = Sample.Run("Iris");

        Assert.StartsWith("Stopped: Converged", output, StringComparison.Ordinal);
        Assert.InRange(Number(AccuracyOnFlowers(), output), 0.95, 1);
    }

    [Fact]
    public void Penguins_tells_most_others_and_explains_one()
    {
        string output = Sample.Run("Penguins");

        Assert.InRange(Number(AccuracyOnPenguins(), output), 95, 100);
        Assert.Contains("BodyMass = ", output, StringComparison.Ordinal);
        Assert.Contains("bill length (mm)", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Pretrained_knows_its_weights()
    {
        string output = Sample.Start(Sample.Host, ["exec", "--roll-forward", "Major", Sample.Assembly("Pretrained", "net9.0")]);

        string[][] lines =
            [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(["setosa", "versicolor", "virginica"], lines.Select(static line => line[0]));
        Assert.Equal("versicolor", lines.MaxBy(static line => double.Parse(line[1], CultureInfo.InvariantCulture))![0]);
    }

    [Fact]
    public void FromScikitLearn_agrees_with_scikit_learn()
    {
        string output = Sample.Run("FromScikitLearn");

        Assert.Contains("178 wines", output, StringComparison.Ordinal);
        Assert.Contains("less than 1e-12: True", output, StringComparison.Ordinal);
    }

    [Fact]
    public void GameLoop_allocates_nothing_and_shows_its_frames()
    {
        string output = Sample.Run("GameLoop");

        Assert.Contains("2,000 frames of 500 guards: 0 bytes allocated\n", output, StringComparison.Ordinal);
        Assert.Equal(1_000_000, CountOfMove().Matches(output).Sum(static match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
        Assert.Equal(2000, FramesOfStep().Matches(output).Sum(static match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
    }

    [MpiFact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Cluster_has_the_same_weights_on_one_process_and_on_two()
    {
        string[] outputs = [.. new[] { "1", "2" }.Select(static ranks => Sample.Start(
            MpiTools.Launchers[0], ["-n", ranks, .. OpenMpi(), Sample.Host, Sample.Assembly("Cluster"), "40000"]))];

        Assert.Contains("weights ", outputs[0], StringComparison.Ordinal);
        Assert.Equal(outputs[0], outputs[1]);

        static string[] OpenMpi() => MpiTools.Launchers[0].Contains("mpich", StringComparison.Ordinal) ? [] : ["--oversubscribe", "--bind-to", "none"];
    }

    /// <summary>
    /// The load test at a rate that any machine keeps: no error while models and bad files come, and the state outlives a kill. How long answers take is not
    /// judged.
    /// </summary>
    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Churn_serves_learns_swaps_and_survives()
    {
        string output = Sample.Run("Churn/LoadTest", "--rate", "200", "--seconds", "3", "--swaps", "10", "--bad", "2", "--connections", "8");

        Assert.Contains("600 requests in 3 s: 0 errors", output, StringComparison.Ordinal);
        Assert.Contains("10 of 10 models put in force, 2 of 2 bad files refused", output, StringComparison.Ordinal);
        Assert.EndsWith("good\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("NOT GOOD", output, StringComparison.Ordinal);
    }

    private static double Number(Regex pattern, string output) => double.Parse(pattern.Match(output).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Accuracy on the training set: (\S+)")]
    private static partial Regex AccuracyOnFlowers();

    [GeneratedRegex(@"other penguins: accuracy (\S+) ?%")]
    private static partial Regex AccuracyOnPenguins();

    [GeneratedRegex(@"(?:Patrol|Chase|Attack|Flee) (\d+)")]
    private static partial Regex CountOfMove();

    [GeneratedRegex(@"< +\d+ us +(\d+)")]
    private static partial Regex FramesOfStep();
}
