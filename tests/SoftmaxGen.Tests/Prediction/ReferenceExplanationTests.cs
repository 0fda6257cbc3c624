using SoftmaxGen.TestModels.Typed;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Typed;

namespace SoftmaxGen.Tests.Prediction;

public sealed class ReferenceExplanationTests
{
    [Fact]
    public void Contributions_add_up_to_the_difference_from_the_reference()
    {
        var random = new Random(4);
        for (int round = 0; round < 200; round++)
        {
            // Offsets cost scores their last digits, and contributions none.
            double offset = Math.Pow(10, random.Next(7));
            double[] weights = [.. Enumerable.Range(0, 15).Select(_ => (random.NextDouble() * 2) - 1)];
            double[] row = [.. Enumerable.Range(0, 4).Select(_ => offset + random.NextDouble())];
            double[] reference = [.. Enumerable.Range(0, 4).Select(_ => offset + random.NextDouble())];
            int label = random.Next(3);
            int other = (label + 1 + random.Next(2)) % 3;
            var model = Double3x4.FromWeights(weights);
            double[] scores = new double[3];
            double[] atReference = new double[3];
            model.PredictScores(row, scores);
            model.PredictScores(reference, atReference);
            double[] contributions = new double[4];

            ReferenceExplanation score = model.ExplainScore(row, reference, label, contributions);

            AssertParts(score, k => weights[(label * 5) + k + 1]);
            AssertClose.Equal(scores[label], score.Value, 1e-14 * 8 * offset, "the score");
            AssertClose.Equal(atReference[label], score.AtReference, 1e-14 * 8 * offset, "the score of the reference");

            ReferenceExplanation margin = model.ExplainMargin(row, reference, label, other, contributions);

            AssertParts(margin, k => weights[(label * 5) + k + 1] - weights[(other * 5) + k + 1]);
            AssertClose.Equal(scores[label] - scores[other], margin.Value, 1e-14 * 16 * offset, "the margin");

            void AssertParts(ReferenceExplanation explanation, Func<int, double> weight)
            {
                double sum = explanation.AtReference;
                for (int k = 0; k < 4; k++)
                {
                    Assert.Equal(weight(k) * (row[k] - reference[k]), contributions[k]);
                    sum += contributions[k];
                }

                Assert.Equal(sum, explanation.Value);
            }
        }
    }

    [Fact]
    public void The_reference_of_a_fit_is_the_mean_of_its_rows_at_which_nothing_contributes()
    {
        FlowerSample sample = FlowerSample.Of(60);
        TrainingResult<FlowerModel> fit = FlowerModel.Train(sample.Flowers);
        double[] means = [.. Enumerable.Range(0, 4).Select(k => sample.Rows.Where((_, i) => i % 4 == k).Average())];
        double[] contributions = [1, 1, 1, 1];

        AssertClose.Vector(means, fit.FeatureMoments.Means.ToArray(), 1e-14, "the means");
        ReferenceExplanation atMeans = fit.Model.ExplainMargin<FlowerModel, double, Species>(
            fit.FeatureMoments.Means, fit.FeatureMoments.Means, Species.Setosa, Species.Virginica, contributions);

        Assert.Equal([0.0, 0, 0, 0], contributions);
        Assert.Equal(atMeans.AtReference, atMeans.Value);

        // The mean of a fit's contributions over its rows is 0.
        double[] sums = new double[4];
        foreach (double[] row in sample.Rows.Chunk(4))
        {
            ReferenceExplanation typed = fit.Model.ExplainScore(row, fit.FeatureMoments.Means, Species.Versicolor, contributions);
            sums = [.. sums.Zip(contributions, (sum, contribution) => sum + contribution)];
            Assert.Equal(fit.Model.ExplainScore(row, fit.FeatureMoments.Means, 1, contributions), typed);
        }

        Assert.All(sums, sum => AssertClose.Equal(0, sum, 1e-10, "the sum of a feature's contributions"));
    }

    [Fact]
    public void A_model_in_single_precision_is_explained_in_double()
    {
        var model = Single3x4.FromWeights([.. Enumerable.Range(0, 15).Select(i => i / 8f)]);
        double[] contributions = new double[4];

        ReferenceExplanation explanation = model.ExplainScore([1f, 2f, 3f, 4f], [0.1, 0.2, 0.3, 0.4], 1, contributions);

        Assert.Equal([6 / 8.0 * (1 - 0.1), 7 / 8.0 * (2 - 0.2), 1 * (3 - 0.3), 9 / 8.0 * (4 - 0.4)], contributions);
        AssertClose.Equal((5 + 6 + 14 + 24 + 36) / 8.0, explanation.Value, 1e-14, "the score");
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var model = Double3x4.FromWeights([.. Enumerable.Range(0, 15).Select(i => i / 8.0)]);
        double[] row = [1, 2, 3, 4];
        double[] reference = [0, 1, 0, 1];
        double[] contributions = new double[4];

        model.ExplainMargin(row, reference, 2, 0, contributions);
        AssertAllocation.None(() => model.ExplainMargin(row, reference, 2, 0, contributions));
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        var model = Double3x4.FromWeights(new double[15]);
        double[] four = new double[4];

        Assert.Throws<ArgumentException>("features", () => model.ExplainScore(new double[3], four, 0, four));
        Assert.Throws<ArgumentException>("features", () => model.ExplainScore([1, 2, double.NaN, 4], four, 0, four));
        Assert.Throws<ArgumentException>("reference", () => model.ExplainScore(four, new double[5], 0, four));
        Assert.Throws<ArgumentException>("reference", () => model.ExplainMargin(four, [1, 2, 3, double.NegativeInfinity], 0, 1, four));
        Assert.Throws<ArgumentException>("contributions", () => model.ExplainMargin(four, four, 0, 1, new double[2]));
        Assert.Throws<ArgumentOutOfRangeException>("label", () => model.ExplainScore(four, four, 3, four));
        Assert.Throws<ArgumentOutOfRangeException>("other", () => model.ExplainMargin(four, four, 0, -1, four));
        Assert.Throws<ArgumentException>(
            "features", () => Double3x4.FromWeights(Enumerable.Repeat(1e300, 15).ToArray()).ExplainScore([1e10, 1, 1, 1], four, 0, new double[4]));
    }
}
