using SoftmaxGen.TestModels.Typed;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;
using SoftmaxGen.Tests.Typed;

namespace SoftmaxGen.Tests.Training;

/// <summary>Trainings on rows that lack a class: refused by its name, or with half a row of the class.</summary>
public sealed class MissingClassesTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_missing_class_gets_its_share_on_the_mean_whatever_the_weights_and_penalties(int seed)
    {
        var random = new Random(seed);
        int rowCount = 20 + random.Next(100);
        int[] present = random.Next(3) switch { 0 => [1], 1 => [0, 2], _ => [1, 2] };
        double[] rows = [.. Enumerable.Range(0, rowCount * 4).Select(i => (i % 4 * 10) + (random.NextDouble() * (1 + (i % 3))))];
        int[] labels = [.. Enumerable.Range(0, rowCount).Select(i => i < present.Length ? present[i] : present[random.Next(present.Length)])];
        double[] rowWeights = random.Next(2) == 0 ? [] : [.. labels.Select(_ => Math.Pow(10, (random.NextDouble() * 4) - 2))];
        var options = new TrainingOptions
        {
            L2 = new[] { 1e-3, 0.1 }[random.Next(2)],
            L1 = random.Next(3) == 0 ? 0.01 : 0,
            Standardize = random.Next(2) == 0,
            Solver = random.Next(2) == 0 ? Solver.Newton : Solver.Lbfgs,
            ClassWeights = random.Next(3) switch { 0 => null, 1 => ClassWeights.Balanced, _ => ClassWeights.Of(3, 0.5, 2) },
            MissingClasses = MissingClasses.Allow,
            Tolerance = 1e-9,
            MaxIterations = 2000,
        };
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(rows, labels, rowWeights);

        TrainingResult<Double3x4> fit = SoftmaxTrainer.Train(set, options);

        Assert.Equal(StopReason.Converged, fit.StopReason);
        int missing = 3 - present.Length;
        double share = 0.5 / (rowCount + (0.5 * missing));
        double[] classWeights = options.ClassWeights is null ? [1, 1, 1]
            : options.ClassWeights == ClassWeights.Balanced ? Balanced(labels, rowWeights) : [3, 0.5, 2];
        double[] means = new double[3];
        double total = 0;
        double[] probabilities = new double[3];
        for (int row = 0; row < rowCount; row++)
        {
            double weight = (rowWeights.Length == 0 ? 1 : rowWeights[row]) * classWeights[labels[row]];
            fit.Model.PredictProbabilities(rows.AsSpan(row * 4, 4), probabilities);
            total += weight;
            for (int j = 0; j < 3; j++)
            {
                means[j] += weight * probabilities[j];
            }
        }

        foreach (int j in Enumerable.Range(0, 3).Except(present))
        {
            AssertClose.Equal(share, means[j] / total, 1e-8, $"the mean probability of class {j}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Rows_of_weight_0_count_like_no_rows(int seed)
    {
        var random = new Random(seed);
        int rowCount = random.Next(12, 60);
        double[] rows = [.. Enumerable.Range(0, rowCount * 4).Select(_ => random.NextDouble())];
        double[] rowWeights = [.. Enumerable.Range(0, rowCount).Select(row => row >= 4 && random.Next(3) > 0 ? 0 : 0.5 + random.NextDouble())];

        // Class 2 is missing, or all of its rows weigh nothing.
        int[] labels = [.. rowWeights.Select((weight, row) => row < 4 ? row % 2 : random.Next(weight > 0 ? 2 : 2 + (seed % 2)))];
        int[] weighing = [.. Enumerable.Range(0, rowCount).Where(row => rowWeights[row] > 0)];
        var options = new TrainingOptions
        {
            L2 = 0.01,
            ClassWeights = random.Next(2) == 0 ? null : ClassWeights.Balanced,
            MissingClasses = MissingClasses.Allow,
            Tolerance = 1e-10,
        };
        using TrainingSet<Double3x4, double> all = Double3x4.CreateTrainingSet(rows, labels, rowWeights);
        using TrainingSet<Double3x4, double> others = Double3x4.CreateTrainingSet(
            [.. weighing.SelectMany(row => rows[(4 * row)..((4 * row) + 4)])],
            [.. weighing.Select(row => labels[row])],
            [.. weighing.Select(row => rowWeights[row])]);

        TrainingResult<Double3x4> expected = SoftmaxTrainer.Train(others, options);
        TrainingResult<Double3x4> actual = SoftmaxTrainer.Train(all, options);

        Assert.Equal(expected.Objective, actual.Objective, 1e-12);
        AssertVector.Close(expected.Model.Weights, actual.Model.Weights, 1e-7);
    }

    [Fact]
    public void The_fit_is_that_of_the_soft_labels_which_the_rule_describes()
    {
        SampleData data = SampleData.Load("iris");
        int[] labels = [.. data.Labels.Select(label => label == 2 ? 1 : label)];
        var options = new TrainingOptions { L2 = 1e-2, Tolerance = 1e-11 };
        double e = 0.5 / 150.5;
        double[] targets = [.. labels.SelectMany(label => Enumerable.Range(0, 3).Select(j => j == 2 ? e : j == label ? 1 - e : 0))];
        using var soft = new TrainingSet<Double3x4, double>(new TrainingRows<double> { Rows = data.Rows, Targets = targets });

        TrainingResult<Double3x4> expected = SoftmaxTrainer.Train(soft, options);
        TrainingResult<Double3x4> actual = Double3x4.Train(data.Rows, labels, options with { MissingClasses = MissingClasses.Allow });

        Assert.True(expected.Converged && actual.Converged);
        AssertVector.Close(expected.Model.Weights, actual.Model.Weights, 1e-8);
        Assert.Equal(expected.Objective, actual.Objective, 1e-12);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    public void Rows_of_a_single_class_have_a_closed_form(double l2)
    {
        double[] rows = [.. Enumerable.Range(0, 40).Select(i => Math.Sin(i))];

        TrainingResult<Double3x4> fit = Double3x4.Train(
            rows, new int[10], new TrainingOptions { L2 = l2, MissingClasses = MissingClasses.Allow, Tolerance = 1e-12 });

        // Targets 1 - 2e, e, e in every row: no feature matters, and the odds are those of the targets.
        double e = 0.5 / 11;
        Assert.Equal(StopReason.Converged, fit.StopReason);
        for (int j = 1; j < 3; j++)
        {
            AssertClose.Equal(Math.Log((1 - (2 * e)) / e), fit.Model.Weights[0] - fit.Model.Weights[j * 5], 1e-9, "the odds");
            for (int k = 1; k < 5; k++)
            {
                AssertClose.Equal(0, fit.Model.Weights[k] - fit.Model.Weights[(j * 5) + k], 1e-9, $"weight {k}");
            }
        }
    }

    [Fact]
    public void Nothing_changes_where_every_class_has_a_row()
    {
        SampleData data = SampleData.Load("iris");

        TrainingResult<Double3x4> refusing = Double3x4.Train(data.Rows, data.Labels);
        TrainingResult<Double3x4> allowing = Double3x4.Train(data.Rows, data.Labels, new TrainingOptions { MissingClasses = MissingClasses.Allow });

        Assert.Equal(refusing.Model.Weights.ToArray(), allowing.Model.Weights.ToArray());
    }

    [Fact]
    public void Balanced_weights_are_those_of_the_classes_that_have_rows()
    {
        SampleData data = SampleData.Load("iris");
        int[] labels = [.. data.Labels.Select(label => label == 2 ? 1 : label)];
        var options = new TrainingOptions { MissingClasses = MissingClasses.Allow, Tolerance = 1e-10 };

        // 50 and 100 rows: 150 / (2 * 50) and 150 / (2 * 100). The rows weigh 150 altogether, as they did before, and the default of L2 is the same.
        TrainingResult<Double3x4> expected = Double3x4.Train(data.Rows, labels, options with { ClassWeights = ClassWeights.Of(1.5, 0.75, 1), L2 = 1 / 150.0 });
        TrainingResult<Double3x4> actual = Double3x4.Train(data.Rows, labels, options with { ClassWeights = ClassWeights.Balanced });

        Assert.True(expected.Converged && actual.Converged);
        AssertVector.Close(expected.Model.Weights, actual.Model.Weights, 1e-8);
    }

    [Fact]
    public void Label_smoothing_gives_missing_classes_their_share_already()
    {
        SampleData data = SampleData.Load("iris");
        int[] labels = [.. data.Labels.Select(label => label == 2 ? 1 : label)];

        TrainingResult<Double3x4> fit = Double3x4.Train(
            data.Rows, labels, new TrainingOptions { LabelSmoothing = 0.06, MissingClasses = MissingClasses.Allow, Tolerance = 1e-10 });

        Assert.True(fit.Converged);
        double[] probabilities = new double[450];
        fit.Model.PredictProbabilitiesBatch(data.Rows, probabilities);
        AssertClose.Equal(0.02, probabilities.Where((_, i) => i % 3 == 2).Average(), 1e-9, "the mean probability of class 2");
    }

    [Fact]
    public void A_model_in_single_precision_can_lack_a_class_too()
    {
        SampleData data = SampleData.Load("iris");
        int[] labels = [.. data.Labels.Select(label => label == 0 ? 1 : label)];
        float[] rows = Array.ConvertAll(data.Rows, x => (float)x);

        TrainingResult<Single3x4> fit = Single3x4.Train(rows, labels, new TrainingOptions { L2 = 1e-2, MissingClasses = MissingClasses.Allow });

        float[] probabilities = new float[450];
        fit.Model.PredictProbabilitiesBatch(rows, probabilities);
        AssertClose.Equal(0.5 / 150.5, probabilities.Where((_, i) => i % 3 == 0).Average(), 1e-5, "the mean probability of class 0");
    }

    [Fact]
    public void A_refusal_names_the_class_and_the_way_out()
    {
        FlowerSample sample = FlowerSample.Of(30);
        Species[] without = [.. sample.Labels.Select(label => label == Species.Virginica ? Species.Setosa : label)];
        Flower[] setosas = [.. sample.Flowers.Select(flower => flower with { Species = Species.Setosa })];

        AssertNames(["'Virginica'", "MissingClasses.Allow"], () => SpeciesModel.Train(sample.Rows, without));
        AssertNames(["'Virginica'", "MissingClasses.Allow"], () => FlowerModel.Train(sample.Flowers, without));
        AssertNames(["'Versicolor', 'Virginica'", "MissingClasses.Allow"], () => FlowerModel.Train(setosas));
        AssertNames(["labelled 2"], () => Double3x4From1.Train(sample.Rows, [.. sample.Numbers.Select(label => label == 1 ? 1 : label + 1)]));
        AssertNames(
            ["'Virginica'"], () =>
                SpeciesModel.Train(sample.Rows, without, new TrainingOptions { ClassWeights = ClassWeights.Balanced, LabelSmoothing = 0.1 }));
        Flower[] fewVirginicas = [.. sample.Flowers, .. setosas, sample.Flowers[1]];
        using TrainingSet<FlowerModel, double> set = FlowerModel.CreateTrainingSet(fewVirginicas);
        AssertNames(["'Virginica' has 10 rows; 11 folds", "MissingClasses.Allow"], () => CrossValidation.Run(set, folds: 11), nameof(set));

        static void AssertNames(string[] parts, Func<object> action, string parameter = "options")
        {
            var exception = Assert.Throws<ArgumentException>(parameter, action);
            Assert.All(parts, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Folds_may_lack_rare_classes()
    {
        SampleData data = SampleData.Load("iris");
        double[] features = data.Rows[..(102 * 4)];
        int[] labels = data.Labels[..102];
        var options = new TrainingOptions { MissingClasses = MissingClasses.Allow, L2 = 1e-2 };

        CrossValidationResult result = CrossValidation.Run<Double3x4, double>(features, labels, options, folds: 5, seed: 3);

        Assert.Equal(102, result.Folds.Sum(fold => fold.Evaluation.RowCount));
        Assert.All(result.Folds, fold => Assert.Equal(StopReason.Converged, fold.StopReason));
        Assert.All(result.Folds, fold => Assert.True(double.IsFinite(fold.Evaluation.LogLoss)));
        Assert.Equal(2, result.Folds.Sum(fold => fold.Evaluation.ConfusionMatrix.ForClass(2).Support));
        Assert.Equal(5, L2Path.Run<Double3x4, double>(features, labels, [1e-2, 1e-1], options, folds: 5).Best.CrossValidation.Folds.Count);
        Assert.Throws<ArgumentException>("labels", () => CrossValidation.Run<Double3x4, double>(features.AsSpan(0, 8), labels.AsSpan(0, 2), options, folds: 3));
    }

    [Fact]
    public void Half_a_row_is_no_data_for_standard_errors()
    {
        SampleData data = SampleData.Load("iris");
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(data.Rows, [.. data.Labels.Select(label => label == 2 ? 1 : label)]);
        TrainingResult<Double3x4> fit = SoftmaxTrainer.Train(set, new TrainingOptions { L2 = 1, MissingClasses = MissingClasses.Allow });

        var exception = Assert.Throws<InvalidOperationException>(() => fit.Inference(set, CovarianceForm.Sandwich));

        Assert.Contains("half a row", exception.Message, StringComparison.Ordinal);
    }

    private static double[] Balanced(int[] labels, double[] rowWeights)
    {
        double[] totals = new double[3];
        for (int row = 0; row < labels.Length; row++)
        {
            totals[labels[row]] += rowWeights.Length == 0 ? 1 : rowWeights[row];
        }

        int present = totals.Count(total => total > 0);
        return Array.ConvertAll(totals, total => total > 0 ? totals.Sum() / (present * total) : 1);
    }
}
