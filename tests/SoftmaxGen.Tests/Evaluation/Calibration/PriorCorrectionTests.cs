using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Evaluations.Calibration;

public sealed class PriorCorrectionTests
{
    // Where each value of the feature has probabilities of its own, weighted rows have exactly c_k times the odds: the correction gives the shares of the rows.
    private static readonly double[] _rows = [.. Enumerable.Repeat(0.0, 20), .. Enumerable.Repeat(1.0, 20)];
    private static readonly int[] _labels = [.. Enumerable.Range(0, 40).Select(i => i < 20 ? (i < 2 ? 1 : 0) : (i < 28 ? 1 : 0))];
    private static readonly TrainingOptions _exact = new() { L2 = 0, Tolerance = 1e-13 };

    [Fact]
    public void Balanced_weights_are_taken_out_exactly()
    {
        TrainingResult<Double2x1> fit = Double2x1.Train(_rows, _labels, _exact with { ClassWeights = ClassWeights.Balanced });

        // What is wrong: a quarter of the rows are of the class. The weights multiply the odds of 1/9 and 2/3 by 3.
        Assert.Equal(0.25, Probability(fit.Model, 0), 1e-9);
        Assert.Equal(2.0 / 3, Probability(fit.Model, 1), 1e-9);

        Double2x1 corrected = PriorCorrection.RemoveClassWeights(fit.Model, ClassWeights.Balanced, _labels);

        Assert.Equal(0.1, Probability(corrected, 0), 1e-9);
        Assert.Equal(0.4, Probability(corrected, 1), 1e-9);
        Assert.Equal(0.25, Mean(corrected), 1e-9);
        Assert.Equal(0, corrected.Weights[0] + corrected.Weights[2], 1e-15);
    }

    [Fact]
    public void Every_way_to_name_the_weights_gives_the_same_model()
    {
        double[] rowWeights = [.. Enumerable.Range(0, 40).Select(i => 1.0 + (i % 3))];
        using TrainingSet<Double2x1, double> set = Double2x1.CreateTrainingSet(_rows, _labels, rowWeights);
        TrainingResult<Double2x1> fit = SoftmaxTrainer.Train(set, _exact with { ClassWeights = ClassWeights.Balanced });
        double[] totals = [.. Enumerable.Range(0, 2).Select(j => rowWeights.Where((_, i) => _labels[i] == j).Sum())];
        double[] numbers = Array.ConvertAll(totals, total => totals.Sum() / (2 * total));

        double[] expected = PriorCorrection.RemoveClassWeights(fit.Model, numbers).Weights.ToArray();

        Assert.Equal(expected, PriorCorrection.RemoveClassWeights(fit, set).Weights.ToArray());
        Assert.Equal(expected, PriorCorrection.RemoveClassWeights(fit.Model, ClassWeights.Balanced, _labels, rowWeights).Weights.ToArray());
        Assert.Equal(expected, PriorCorrection.RemoveClassWeights(fit.Model, ClassWeights.Of(numbers), _labels).Weights.ToArray());
        Assert.Equal(numbers.Select((_, j) => fit.Model.Weights[(j * 2) + 1]), expected.Where((_, i) => i % 2 == 1));
    }

    [Fact]
    public void A_training_without_class_weights_needs_no_correction()
    {
        using TrainingSet<Double2x1, double> set = Double2x1.CreateTrainingSet(_rows, _labels);
        TrainingResult<Double2x1> fit = SoftmaxTrainer.Train(set, _exact);

        Assert.Same(fit.Model, PriorCorrection.RemoveClassWeights(fit, set));
    }

    [Fact]
    public void A_class_without_rows_has_weight_1()
    {
        // As training has it, where that is allowed: the two classes that have rows, 1 and 3, weigh 2 and 2/3.
        Double3x4 model = Double3x4.FromWeights(Sample.Of(Double3x4.Shape, 1).Weights);

        Assert.Equal(
            PriorCorrection.RemoveClassWeights(model, [2, 1, 2.0 / 3]).Weights.ToArray(),
            PriorCorrection.RemoveClassWeights(model, ClassWeights.Balanced, [0, 2, 2, 2]).Weights.ToArray());
    }

    [Fact]
    public void Odds_are_divided_by_the_weights_of_any_model()
    {
        var random = new Random(8);
        for (int seed = 1; seed <= 50; seed++)
        {
            Sample sample = Sample.Of(Double3x4.Shape, 5, seed);
            double[] classWeights = [.. Enumerable.Range(0, 3).Select(_ => Math.Exp((6 * random.NextDouble()) - 3))];
            Double3x4 corrected = PriorCorrection.RemoveClassWeights(Double3x4.FromWeights(sample.Weights), classWeights);
            Assert.Equal(0, corrected.Weights[0] + corrected.Weights[5] + corrected.Weights[10], 1e-14);

            foreach (double[] row in sample.Rows.Chunk(4))
            {
                double[] odds = [.. PlainSoftmax.Probabilities(PlainSoftmax.Scores(sample.Weights, row)).Zip(classWeights, (p, c) => p / c)];
                double[] actual = new double[3];
                corrected.PredictProbabilities(row, actual);
                AssertClose.Vector([.. odds.Select(o => o / odds.Sum())], actual, 1e-13, "the probabilities");
            }
        }
    }

    [Fact]
    public void New_priors_multiply_the_odds()
    {
        // A model of equal classes, for a population where the second is one in a hundred: odds of 3 become 3/99.
        Double2x1 model = Double2x1.FromWeights([0, 0, Math.Log(3), 0]);

        Double2x1 moved = PriorCorrection.ToPriors(model, [50, 50], [0.99, 0.01]);

        Assert.Equal(3.0 / 102, Probability(moved, 0), 1e-15);
        Assert.Equal(0.75, Probability(PriorCorrection.ToPriors(moved, [99, 1], [0.5, 0.5]), 0), 1e-15);
    }

    [Fact]
    public void Single_precision_is_corrected_too()
    {
        float[] rows = Array.ConvertAll(_rows, x => (float)x);
        Single2x1 model = Single2x1.Train(rows, _labels, new TrainingOptions { L2 = 0, ClassWeights = ClassWeights.Balanced }).Model;
        float[] probabilities = new float[2];

        PriorCorrection.RemoveClassWeights(model, ClassWeights.Balanced, _labels).PredictProbabilities([1], probabilities);

        Assert.Equal(0.4f, probabilities[1], 1e-5f);
    }

    [Fact]
    public void What_is_no_weight_or_prior_is_refused()
    {
        Double2x1 model = Double2x1.FromWeights(new double[4]);
        using TrainingSet<Double2x1, double> set = Double2x1.CreateTrainingSet(_rows, _labels);
        using TrainingSet<Double2x1, double> other = Double2x1.CreateTrainingSet([1, 2], [0, 1]);
        TrainingResult<Double2x1> fit = SoftmaxTrainer.Train(set, new TrainingOptions { ClassWeights = ClassWeights.Balanced });

        Assert.Throws<ArgumentException>("classWeights", () => PriorCorrection.RemoveClassWeights(model, [1.0]));
        Assert.Throws<ArgumentException>("classWeights", () => PriorCorrection.RemoveClassWeights(model, [1.0, 0]));
        Assert.Throws<ArgumentException>("classWeights", () => PriorCorrection.RemoveClassWeights(model, [1.0, double.NaN]));
        Assert.Throws<ArgumentException>("trainingPriors", () => PriorCorrection.ToPriors(model, [1.0, -1], [1.0, 1]));
        Assert.Throws<ArgumentException>("newPriors", () => PriorCorrection.ToPriors(model, [1.0, 1], [1.0, double.PositiveInfinity]));
        Assert.Throws<ArgumentException>("labels", () => PriorCorrection.RemoveClassWeights(model, ClassWeights.Balanced, []));
        Assert.Throws<ArgumentException>("labels", () => PriorCorrection.RemoveClassWeights(model, ClassWeights.Balanced, [0, 2]));
        Assert.Throws<ArgumentException>("classWeights", () => PriorCorrection.RemoveClassWeights(model, ClassWeights.Of(1, 2, 3), [0, 1]));
        Assert.Throws<ArgumentException>("rowWeights", () => PriorCorrection.RemoveClassWeights(model, ClassWeights.Balanced, [0, 1], [0, 0]));
        Assert.Throws<ArgumentException>("rowWeights", () => PriorCorrection.RemoveClassWeights(model, ClassWeights.Balanced, [0, 1], [1, -1]));
        var rows = Assert.Throws<ArgumentException>("set", () => PriorCorrection.RemoveClassWeights(fit, other));
        Assert.Contains("The set has 2 rows; the model was trained on 40", rows.Message, StringComparison.Ordinal);
    }

    private static double Mean(Double2x1 model) => (Probability(model, 0) + Probability(model, 1)) / 2;

    private static double Probability(Double2x1 model, double x)
    {
        double[] probabilities = new double[2];
        model.PredictProbabilities([x], probabilities);
        return probabilities[1];
    }
}
