using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace SoftmaxGen.ML.Tests;

/// <summary>The code that the page shows of the package is <see cref="PageExample"/>, and runs.</summary>
public sealed partial class PageTests
{
    private static readonly string _folder =
        typeof(PageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static one => one.Key == "ProjectDirectory").Value!;

    [Fact]
    public void Blocks_are_shown_as_they_are_compiled()
    {
        string source = Unindented(File.ReadAllText(Path.Combine(_folder, "PageExample.cs")));
        string[] blocks =
        [
            .. Blocks().Matches(File.ReadAllText(Path.Combine(_folder, "../../docs/coming-from-mlnet.md"))).Select(static match => match.Groups["code"].Value),
        ];

        Assert.Equal(4, blocks.Length);
        Assert.All(blocks, block => Assert.Contains(Unindented(block), source, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_shown_runs()
    {
        string before = Environment.CurrentDirectory;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("softmaxgen-ml-");
        try
        {
            Environment.CurrentDirectory = folder.FullName;
            MLContext ml = new(seed: 1);
            FlowerModel imported = PageExample.Import(ml, IrisRow.View(ml));
            FlowerModel trained = PageExample.Train(IrisRow.View(ml));
            IDataView rows = ml.Data.LoadFromEnumerable(IrisRow.All);
            using MemoryStream file = new();
            ITransformer pipeline = PageExample.Save(ml, rows, file);
            file.Position = 0;
            ITransformer loaded = PageExample.Load(new MLContext(), file);

            Assert.Equal(15, trained.Weights.Length);
            Assert.Equal(pipeline.Transform(rows).GetColumn<string>("PredictedLabel"), loaded.Transform(rows).GetColumn<string>("PredictedLabel"));
            Assert.Equal(
                IrisRow.All.Select(row => imported.Predict(new Flower(row.PetalWidth, row.SepalLength, row.PetalLength, row.SepalWidth, default)).ToString()),
                loaded.Transform(rows).GetColumn<string>("PredictedLabel"));
        }
        finally
        {
            Environment.CurrentDirectory = before;
            folder.Delete(recursive: true);
        }
    }

    // Blocks of a page begin at its margin.
    private static string Unindented(string code) => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(static line => line.TrimStart()));

    [GeneratedRegex("```c#\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
