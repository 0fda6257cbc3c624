using System.Text.Json;
using SoftmaxGen.TestModels.Rows;
using SoftmaxGen.Tests.Oracles;
using SoftmaxGen.Tests.Persistence;
using SoftmaxGen.Tests.Persistence.Sklearn;

namespace SoftmaxGen.Tests.Rows;

/// <summary>Trained here from rows as they are, or by a pipeline of scikit-learn with the same encoding, a model is the same.</summary>
public sealed class SklearnRowTests
{
    private const double L2 = 0.01;

    [SklearnTheory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Churn_with_blanks_and_categories(bool standardize)
    {
        var sample = SubscriberSample.Make(7000, seed: 19);

        TrainingResult<SubscriberChurnModel> ours = SubscriberChurnModel.Train(sample.Rows, sample.Churn, Options(standardize));

        double[] probabilities = new double[2 * sample.Rows.Length];
        ours.Model.PredictProbabilitiesBatch(sample.Rows, probabilities);
        AssertSame(ours, probabilities, sample.Cells, sample.Churn, standardize);
    }

    [SklearnFact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Digits_as_a_vector()
    {
        SampleData digits = SampleData.Load("digits", "divided_by_16");
        Scan[] scans = [.. digits.Rows.Select(static value => (float)value).Chunk(digits.Features).Select(static pixels => new Scan(pixels))];
        Digit[] labels = [.. digits.Labels.Select(static label => (Digit)label)];

        TrainingResult<ScanModel> ours = ScanModel.Train(scans, labels, Options(standardize: false));

        double[] probabilities = new double[10 * scans.Length];
        ours.Model.PredictProbabilitiesBatch(scans, probabilities);
        object?[][] cells = [.. scans.Select(static scan => scan.Pixels.Select(static value => (object?)value).ToArray())];
        AssertSame(ours, probabilities, cells, labels, standardize: false);
    }

    private static TrainingOptions Options(bool standardize) => new() { L2 = L2, Standardize = standardize, Tolerance = 1e-12, MaxIterations = 1000 };

    private static void AssertSame<TModel, TLabel>(
        TrainingResult<TModel> ours, double[] probabilities, object?[][] cells, TLabel[] labels, bool standardize)
        where TLabel : struct, Enum
    {
        using var folder = new Folder();
        File.WriteAllText(
            folder["problem"],
            JsonSerializer.Serialize(new { rows = cells, labels = Array.ConvertAll(labels, static label => label.ToString()), l2 = L2, standardize }));
        using JsonDocument theirs = JsonDocument.Parse(Python.RunPipelines("train", folder["problem"]));

        Assert.True(ours.Converged);
        Assert.Equal(theirs.RootElement.GetProperty("objective").GetDouble(), ours.Objective, 1e-9);
        string[] names = Enum.GetNames<TLabel>();
        int[] places = [.. theirs.RootElement.GetProperty("classes").EnumerateArray().Select(name => Array.IndexOf(names, name.GetString()))];
        double[] expected = [.. theirs.RootElement.GetProperty("probabilities").EnumerateArray().SelectMany(Arrange)];
        Assert.Equal(expected.Length, probabilities.Length);
        Assert.All(expected.Zip(probabilities), static pair => Assert.Equal(pair.First, pair.Second, 1e-10));

        double[] Arrange(JsonElement row)
        {
            double[] arranged = new double[places.Length];
            for (int j = 0; j < places.Length; j++)
            {
                arranged[places[j]] = row[j].GetDouble();
            }

            return arranged;
        }
    }
}
