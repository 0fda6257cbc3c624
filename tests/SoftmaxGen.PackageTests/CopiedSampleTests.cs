using System.Text.Json;
using System.Text.RegularExpressions;

namespace SoftmaxGen.PackageTests;

/// <summary>
/// Samples in a folder of their own, with the packages in the place of the sources: what a user does who begins with one. The commands are those of
/// their pages.
/// </summary>
[Trait(TestCategory.Name, TestCategory.Slow)]
public partial class CopiedSampleTests
{
    // More than a learner looks at before it learns from the first.
    private const int Rows = 100;

    [Fact]
    public async Task Penguins_are_told_apart()
    {
        using Playground playground = await Playground.CreateAsync();
        Copy(playground, "Penguins");
        playground.Write("samples/data/penguins.csv", Repository.Read("samples/data/penguins.csv"));

        string output = await RunAsync(playground, Commands("Penguins")[0]);

        Assert.Matches("^Converged; [0-9]+ other penguins: accuracy (9|100)", output);
        Assert.Contains("bill length (mm)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrainThenBake_trains_on_its_first_run_and_carries_its_weights_from_then_on()
    {
        using Playground playground = await Playground.CreateAsync();
        Copy(playground, "TrainThenBake");
        string[] commands = Commands("TrainThenBake")[0].Split('\n');

        string[] first = Lines(await RunAsync(playground, commands[0]));
        string[] second = Lines(await RunAsync(playground, commands[1]));

        Assert.StartsWith("Trained, and saved", first[0], StringComparison.Ordinal);
        Assert.StartsWith("The weights are part of the program", second[0], StringComparison.Ordinal);
        Assert.StartsWith("Technical, 0.9", first[1], StringComparison.Ordinal);
        Assert.Equal(first[1], second[1]);
    }

    [Fact]
    public async Task The_churn_service_predicts_learns_takes_a_new_model_and_survives_a_kill()
    {
        using Playground playground = await Playground.CreateWithAllAsync();
        Copy(playground, "Churn");
        string[] blocks = Commands("Churn");
        string[] curls = [.. LineBreak().Split(blocks[1])];
        await playground.BuildCleanlyAsync("samples/Churn");
        double before, learned;
        using (Service service = await Service.StartAsync(playground.Folder, blocks[0]))
        {
            before = Leaves(await service.CurlAsync(curls[0]));
            for (int row = 0; row < Rows; row++)
            {
                await service.CurlAsync(curls[1]);
            }

            await Service.UntilAsync("the rows are learned", async () => Learned(await service.GetAsync("/model")) == Rows);

            // The state is saved each second.
            await Task.Delay(TimeSpan.FromSeconds(2));
            learned = Leaves(await service.CurlAsync(curls[0]));
            Assert.All(await Task.WhenAll(curls[2].Split(' ')[1..].Select(address => service.CurlAsync($"curl {address}"))), Assert.NotEmpty);
            service.Kill();
        }

        using (Service service = await Service.StartAsync(playground.Folder, blocks[0]))
        {
            Assert.Equal(Rows, Learned(await service.GetAsync("/model")));
            Assert.Equal(learned, Leaves(await service.CurlAsync(curls[0])));
            await RunAsync(playground, blocks[2]);
            await Service.UntilAsync(
                "the new model is in force",
                async () => (await service.GetAsync("/metrics")).Contains("softmaxgen_model_swaps_sum 1\n", StringComparison.Ordinal));
        }

        // Such clients left: they are likelier to leave than before.
        Assert.InRange(learned, double.BitIncrement(before), 1);
    }

    // The project with references to packages instead of projects, in the folder that the commands name.
    private static void Copy(Playground playground, string sample)
    {
        string folder = Path.Combine(Repository.Folder, "samples", sample);
        foreach (string file in Directory.GetFiles(folder, "*.cs").Concat(Directory.GetFiles(folder, "*.csproj")))
        {
            string text = GeneratorReference().Replace(File.ReadAllText(file), "");
            text = SourceReference().Replace(text, """<PackageReference Include="$1" Version="{version}" />""");
            playground.Write($"samples/{sample}/{Path.GetFileName(file)}", text);
        }
    }

    // The blocks of commands of a sample's page.
    private static string[] Commands(string sample) =>
        [.. Block().Matches(Repository.Read($"samples/{sample}/README.md")).Select(static block => block.Groups["commands"].Value)];

    private static async Task<string> RunAsync(Playground playground, string command) => (await playground.RunAsync(command.Split(' ')[1..])).Succeeded();

    private static double Leaves(string answer) => JsonDocument.Parse(answer).RootElement.GetProperty("leaves").GetDouble();

    private static int Learned(string answer) => JsonDocument.Parse(answer).RootElement.GetProperty("learned").GetInt32();

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("```\n(?<commands>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"(?<!\\)\n")]
    private static partial Regex LineBreak();

    [GeneratedRegex("""<ProjectReference Include="[./]*src/([\w.]+)/[\w.]+" />""")]
    private static partial Regex SourceReference();

    [GeneratedRegex("""<ProjectReference Include="[^"]*SoftmaxGen.Generator.csproj"[^/]*/>""")]
    private static partial Regex GeneratorReference();
}
