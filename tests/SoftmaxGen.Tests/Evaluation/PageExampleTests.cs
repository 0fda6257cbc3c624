using System.Reflection;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Evaluations;

/// <summary>
/// The numbers that the pages on decisions and calibration tell of Fisher's irises: virginica against the other two species, by the sepals alone.
/// </summary>
public sealed class PageExampleTests
{
    private readonly double[] _rows;
    private readonly double[] _heldOutRows;
    private readonly int[] _labels;
    private readonly int[] _heldOutLabels;

    public PageExampleTests()
    {
        SampleData iris = SampleData.Load("iris");
        double[][] sepals = [.. iris.Rows.Chunk(4).Select(row => row[..2])];
        int[] virginica = Array.ConvertAll(iris.Labels, label => label == 2 ? 1 : 0);
        _rows = [.. sepals.Where((_, i) => i % 2 == 0).SelectMany(row => row)];
        _heldOutRows = [.. sepals.Where((_, i) => i % 2 == 1).SelectMany(row => row)];
        _labels = [.. virginica.Where((_, i) => i % 2 == 0)];
        _heldOutLabels = [.. virginica.Where((_, i) => i % 2 == 1)];
    }

    [Fact]
    public void The_page_on_decisions_tells_what_comes_out()
    {
        Double2x2 model = Double2x2.Train(_rows, _labels).Model;
        ThresholdCurve thresholds = ThresholdCurve.Create(model, _heldOutRows, _heldOutLabels);

        AssertPage(
            "decisions.md",
            RocCurve.Create(model, _heldOutRows, _heldOutLabels).ToString(),
            PrecisionRecallCurve.Create(model, _heldOutRows, _heldOutLabels).ToString(),
            thresholds.At(0.5).ToString(),
            thresholds.BestF1().ToString(),
            thresholds.WithRecall(0.95).ToString(),
            thresholds.LeastCost(new CostMatrix(2, [0, 1, 50, 0])).ToString());
    }

    [Fact]
    public void The_page_on_calibration_tells_what_comes_out()
    {
        Double2x2 balanced = Double2x2.Train(_rows, _labels, new TrainingOptions { ClassWeights = ClassWeights.Balanced }).Model;
        Double2x2 corrected = PriorCorrection.RemoveClassWeights(balanced, ClassWeights.Balanced, _labels);

        AssertPage(
            "calibration.md",
            TemperatureScaling.Fit(balanced, _heldOutRows, _heldOutLabels).ToString(),
            TemperatureScaling.Fit(corrected, _heldOutRows, _heldOutLabels).ToString(),
            PlattScaling.Fit(balanced, _heldOutRows, _heldOutLabels).ToString(),
            PlattScaling.Fit(balanced, _heldOutRows, _heldOutLabels).Classes[1].ToString());
    }

    private static void AssertPage(string page, params string[] lines)
    {
        IEnumerable<AssemblyMetadataAttribute> metadata = typeof(PageExampleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>();
        string text = File.ReadAllText(Path.Combine(metadata.Single(data => data.Key == "ProjectDirectory").Value!, "..", "..", "docs", page));

        Assert.Contains(string.Join('\n', lines), text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }
}
