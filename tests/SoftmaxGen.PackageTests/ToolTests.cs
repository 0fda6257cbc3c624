using System.Diagnostics;
using System.Reflection.PortableExecutable;
using Xunit.Abstractions;

namespace SoftmaxGen.PackageTests;

/// <summary>The tool as it is installed: what it writes is compiled with the package, and predicts what the tool predicts.</summary>
[Trait(TestCategory.Name, TestCategory.Slow)]
public sealed class ToolTests(ITestOutputHelper output)
{
    // Every row of the table, with the same digits as `softmaxgen predict --probabilities`.
    private const string Program = """
        using System.Globalization;
        using Models;

        foreach (string line in File.ReadLines(args[0]).Skip(1))
        {
            string[] cells = line.Split(',');
            Penguin row = new(cells[1], Number(cells[2]), Number(cells[3]), Number(cells[4]), Number(cells[5]), Text(cells[6]), Number(cells[7])!.Value);
            double[] probabilities = new double[PenguinModel.Classes];
            PenguinModel.Pretrained.PredictProbabilities(row, probabilities);
            string digits = string.Join(',', probabilities.Select(static one => one.ToString("R", CultureInfo.InvariantCulture)));
            Console.WriteLine($"{PenguinModel.Pretrained.Predict(row)},{digits}");
        }

        static string? Text(string cell) => cell is "" or "NA" ? null : cell;
        static double? Number(string cell) => Text(cell) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;
        """;

    [Fact]
    public async Task What_the_tool_writes_predicts_the_same_to_the_bit()
    {
        using Playground playground = await Playground.CreateWithAllAsync();
        string version = playground.Package.Version;
        playground.Write("penguins.csv", Repository.Read("samples/data/penguins.csv"));
        (await playground.RunAsync("tool", "install", "SoftmaxGen.Tool", "--version", version, "--tool-path", "bin")).Succeeded();
        string[] train = ["train", "penguins.csv", "--label", "species", "--report", "r.html", "--code", "Penguin.cs"];
        await RunToolAsync(playground, train);
        await RunToolAsync(playground, train);
        string[] expected = (await RunToolAsync(playground, "predict", "penguins.softmax.json", "penguins.csv", "--probabilities")).Trim().Split('\n')[1..];

        // The version of the tool's own library is that of a release, and the feed's is another.
        await RunToolAsync(playground, "new", "penguins.softmax.json", "Zoo");
        string project = Path.Combine(playground.Folder, "Zoo", "Zoo.csproj");
        string text = await File.ReadAllTextAsync(project);
        await File.WriteAllTextAsync(project, text.Replace(Between(text, "Version=\"", "\""), version, StringComparison.Ordinal));
        string shares = (await playground.RunAsync("run", "--project", "Zoo", "-p:TreatWarningsAsErrors=true")).Succeeded();
        string started = await PredictAsync(playground, "Zoo");

        (await playground.RunAsync("new", "console", "-o", "Empty")).Succeeded();
        (await playground.RunAsync("add", "Empty", "package", "SoftmaxGen", "--version", version)).Succeeded();
        string empty = Path.Combine(playground.Folder, "Empty");
        File.Copy(Path.Combine(playground.Folder, "Penguin.cs"), Path.Combine(empty, "Penguin.cs"));
        File.Copy(Path.Combine(playground.Folder, "penguins.softmax.json"), Path.Combine(empty, "penguins.softmax.json"));
        string list = await File.ReadAllTextAsync(Path.Combine(empty, "Penguin.cs"));
        IEnumerable<string> comment = list.Split('\n').TakeWhile(static line => line.StartsWith("//", StringComparison.Ordinal));
        string items = string.Join('\n', comment.Skip(1).Select(static line => line[2..]));
        await File.WriteAllTextAsync(
            Path.Combine(empty, "Empty.csproj"),
            (await File.ReadAllTextAsync(Path.Combine(empty, "Empty.csproj"))).Replace("</Project>", $"{items}\n</Project>", StringComparison.Ordinal));
        string added = await PredictAsync(playground, "Empty");

        Assert.Equal(344, expected.Length);
        Assert.Equal(expected, started.Trim().Split('\n'));
        Assert.Equal(expected, added.Trim().Split('\n'));
        Assert.Contains("Gentoo", shares, StringComparison.Ordinal);
        Assert.Contains("</html>", await File.ReadAllTextAsync(Path.Combine(playground.Folder, "r.html")), StringComparison.Ordinal);
    }

    /// <summary>What makes a command quick is that nothing waits for the JIT compiler; how quick it is depends on the machine.</summary>
    [Fact]
    public async Task Each_platform_has_its_package_and_all_others_one()
    {
        using Playground playground = await Playground.CreateWithAllAsync();
        string version = playground.Package.Version;
        (await playground.RunAsync("tool", "install", "SoftmaxGen.Tool", "--version", version, "--tool-path", "own")).Succeeded();
        (await playground.RunAsync("tool", "install", "SoftmaxGen.Tool.any", "--version", version, "--tool-path", "any")).Succeeded();

        Assert.All(Compilers(playground, "own"), static path => Assert.True(IsCompiledAheadOfTime(path), path));
        Assert.Contains($"{Package.ToolPlatform}", Assert.Single(Compilers(playground, "own").Select(Path.GetDirectoryName)), StringComparison.Ordinal);
        Assert.False(IsCompiledAheadOfTime(Assert.Single(Compilers(playground, "any"))));
    }

    private static string[] Compilers(Playground playground, string folder) =>
        Directory.GetFiles(Path.Combine(playground.Folder, folder), "SoftmaxGen.Compiler.dll", SearchOption.AllDirectories);

    private static bool IsCompiledAheadOfTime(string path)
    {
        using FileStream file = File.OpenRead(path);
        using PEReader image = new(file);
        return image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }

    private static string Between(string text, string before, string after)
    {
        int start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[start..text.IndexOf(after, start, StringComparison.Ordinal)];
    }

    // A warning would be an error.
    private static async Task<string> PredictAsync(Playground playground, string project)
    {
        playground.Write($"{project}/Program.cs", Program);
        (await playground.RunAsync("build", project, "-warnaserror")).Succeeded();
        return (await playground.RunAsync("run", "--no-build", "--project", project, "--", "penguins.csv")).Succeeded();
    }

    private async Task<string> RunToolAsync(Playground playground, params string[] arguments)
    {
        string program = Path.Combine(playground.Folder, "bin", OperatingSystem.IsWindows() ? "softmaxgen.exe" : "softmaxgen");
        var clock = Stopwatch.StartNew();
        CommandResult result = await DotNet.StartAsync(program, playground.Folder, arguments, ("XDG_CACHE_HOME", Path.Combine(playground.Folder, "cache")));
        output.WriteLine($"softmaxgen {string.Join(' ', arguments)}: {clock.Elapsed.TotalSeconds:F2} s");
        return result.Succeeded();
    }
}
