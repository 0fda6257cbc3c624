using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Evaluations;

public sealed class ImportanceTests
{
    [Fact]
    public void Permutation_importances_are_those_of_scikit_learn_with_the_same_permutations()
    {
        var model = Double3x4.FromWeights(SmallSample.Weights);
        var rows = LabelledRows<double>.Check(SmallSample.Rows, SmallSample.Labels, SmallSample.RowWeights, Double3x4.Shape);

        IReadOnlyList<PermutationImportance> importances = ImportanceExtensions.Permute(model, rows, 4, (_, repeat) => SmallSample.Permutations[repeat]);

        Assert.Equal([0, 1, 2, 3], importances.Select(importance => importance.Feature));
        Assert.Equal(["x1", "x2", "x3", "x4"], importances.Select(importance => importance.Name));
        AssertClose.Vector(SmallSample.LogLossIncreases, [.. importances.Select(i => i.LogLossIncrease)], 1e-13, "the increases of the log loss");
        AssertClose.Vector(SmallSample.LogLossDeviations, [.. importances.Select(i => i.LogLossDeviation)], 1e-13, "their deviations");
        AssertClose.Vector(SmallSample.AccuracyDrops, [.. importances.Select(i => i.AccuracyDrop)], 1e-13, "the drops of the accuracy");
        AssertClose.Vector(SmallSample.AccuracyDeviations, [.. importances.Select(i => i.AccuracyDeviation)], 1e-13, "their deviations");
    }

    [Fact]
    public void Shuffles_depend_on_the_seed_alone_and_find_the_feature_that_matters()
    {
        var random = new Random(2);
        double[] rows = [.. Enumerable.Range(0, 200 * 4).Select(_ => random.NextDouble() - 0.5)];
        int[] labels = [.. Enumerable.Range(0, 200).Select(i => rows[(i * 4) + 2] + (0.1 * random.NextDouble()) > 0 ? 1 : 0)];
        Double2x4 model = Double2x4.Train(rows, labels).Model;
        using TrainingSet<Double2x4, double> set = Double2x4.CreateTrainingSet(rows, labels);

        IReadOnlyList<PermutationImportance> importances = model.PermutationImportance(rows, labels, repeats: 3, seed: 5);

        Assert.Equal(importances, model.PermutationImportance(rows, labels, repeats: 3, seed: 5));
        Assert.Equal(importances, model.PermutationImportance(set, repeats: 3, seed: 5));
        Assert.NotEqual(importances, model.PermutationImportance(rows, labels, repeats: 3, seed: 6));
        Assert.Equal(2, importances.MaxBy(importance => importance.LogLossIncrease)!.Feature);
        Assert.Equal(2, importances.MaxBy(importance => importance.AccuracyDrop)!.Feature);
        Assert.InRange(importances[2].AccuracyDrop, 0.3, 0.7);
        Assert.Equal(0, model.PermutationImportance(rows, labels, repeats: 1)[0].LogLossDeviation);
        Assert.Throws<ArgumentOutOfRangeException>("repeats", () => model.PermutationImportance(rows, labels, repeats: 0));
    }

    [Fact]
    public void Standardised_weights_do_not_depend_on_units_nor_on_what_all_classes_share()
    {
        SampleData data = SampleData.Load("wine");
        double[] units = [.. Enumerable.Range(0, 13).Select(k => Math.Pow(10, (k % 5) - 2))];
        double[] scaledRows = [.. data.Rows.Select((x, i) => x * units[i % 13])];
        var options = new TrainingOptions { L2 = 1e-2, Tolerance = 1e-10 };
        TrainingResult<Double3x13> fit = Double3x13.Train(data.Rows, data.Labels, options);
        TrainingResult<Double3x13> scaled = Double3x13.Train(scaledRows, data.Labels, options);
        var shifted = Double3x13.FromWeights([.. fit.Model.Weights.ToArray().Select((w, i) => w + (i % 14))]);

        IReadOnlyList<StandardizedWeight> weights = fit.Model.StandardizedWeights(fit.FeatureMoments);

        AssertClose.Vector(Importances(weights), Importances(scaled.Model.StandardizedWeights(scaled.FeatureMoments)), 1e-6, "in other units");
        AssertClose.Vector(Importances(weights), Importances(shifted.StandardizedWeights(fit.FeatureMoments)), 1e-12, "with a shift");
        for (int k = 0; k < 13; k++)
        {
            double[] ofFeature = [.. Enumerable.Range(0, 3).Select(j => fit.Model.Weights[(j * 14) + k + 1])];
            double[] column = [.. data.Rows.Where((_, i) => i % 13 == k)];
            double deviation = Math.Sqrt(column.Average(x => (x - column.Average()) * (x - column.Average())));
            double[] expected = [.. ofFeature.Select(w => (w - ofFeature.Average()) * deviation)];
            AssertClose.Vector(expected, [.. weights[k].Weights], 1e-9, $"feature {k}");
            AssertClose.Equal(Math.Sqrt(expected.Sum(w => w * w)), weights[k].Importance, 1e-9, $"the importance of feature {k}");
        }

        static double[] Importances(IReadOnlyList<StandardizedWeight> weights) => [.. weights.Select(weight => weight.Importance)];
    }
}
