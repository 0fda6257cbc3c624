using SoftmaxGen.TestModels.Typed;
using SoftmaxGen.Tests.Typed;

namespace SoftmaxGen.AotTests.Checks;

/// <summary>Rows and labels of types of their own: the answers of the textbook, which are exact for these samples.</summary>
internal static class TypedCheck
{
    /// <summary>Checks the models of flowers.</summary>
    public static void Run()
    {
        FlowerSample sample = FlowerSample.Of(300);
        Species[] expected = sample.Expected();
        double[][] scores = sample.Scores();
        var structs = FlowerModel.FromWeights(sample.Weights);
        var classes = FlowerClassModel.FromWeights(sample.Weights);
        var singles = SingleFlowerModel.FromWeights([.. sample.Weights.Select(static weight => (float)weight)]);
        var labels = new Species[expected.Length];
        double[] actual = new double[3];

        structs.PredictBatch(sample.Flowers, labels);
        Check.AllEqual<Species>(expected, labels, "the species of structs");
        classes.PredictBatch(sample.Objects, labels);
        Check.AllEqual<Species>(expected, labels, "the species of objects");
        singles.PredictBatch(sample.Flowers, labels);
        Check.AllEqual<Species>(expected, labels, "the species in single precision");
        for (int i = 0; i < expected.Length; i++)
        {
            Check.Equal(expected[i], structs.Predict(sample.Flowers[i]), $"the species of struct {i}");
            Check.Equal(expected[i], classes.Predict(sample.Objects[i]), $"the species of object {i}");
            Check.Equal(expected[i], singles.Predict(sample.Flowers[i]), $"the species of struct {i} in single precision");
            structs.PredictScores(sample.Flowers[i], actual);
            Check.AllEqual<double>(scores[i], actual, $"the scores of struct {i}");
        }

        // The labels have nothing to do with the rows: what matters is that both forms of the same rows train the same model.
        double[] fromRows = FlowerModel.Train(sample.Flowers, new TrainingOptions { L2 = 0.1 }).Model.Weights.ToArray();
        double[] fromSpans = Double3x4.Train(sample.Rows, sample.Numbers, new TrainingOptions { L2 = 0.1 }).Model.Weights.ToArray();
        Check.AllEqual<double>(fromSpans, fromRows, "the weights trained on structs");
    }
}
