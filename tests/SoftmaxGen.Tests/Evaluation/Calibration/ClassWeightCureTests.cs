using SoftmaxGen.Tests.Online;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Evaluations.Calibration;

/// <summary>
/// Balanced weights on a class of a quarter make its mean probability about 0.41. A temperature leaves it there and says so; a shift of the biases by the
/// logarithms of the weights takes them out, and fitted biases do. Means are taken over the textbook's probabilities.
/// </summary>
public sealed class ClassWeightCureTests
{
    private static readonly TrainingOptions _balanced = new() { ClassWeights = ClassWeights.Balanced };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_quarter_stays_too_much_by_a_temperature_and_becomes_a_quarter_by_the_others(int seed)
    {
        OnlineStream training = OnlineStream.Churn(8000, 700 + seed);
        OnlineStream heldOut = OnlineStream.Churn(8000, 800 + seed);
        double frequency = heldOut.Labels.Average();
        using TrainingSet<ChurnModel, double> set = ChurnModel.CreateTrainingSet(training.Rows, training.Labels);
        TrainingResult<ChurnModel> fit = SoftmaxTrainer.Train(set, _balanced);

        Assert.InRange(frequency, 0.2, 0.3);
        Assert.InRange(Mean(fit.Model), 0.38, 0.45);

        TemperatureScalingResult<ChurnModel> byTemperature = TemperatureScaling.Fit(fit.Model, heldOut.Rows, heldOut.Labels);
        Assert.InRange(Mean(byTemperature.Model), 0.38, 0.5);
        Assert.Equal(Mean(byTemperature.Model), byTemperature.Classes[1].MeanProbability, 1e-12);
        Assert.Equal(frequency, byTemperature.Classes[1].Frequency, 1e-12);

        // Nothing but the class weights and the training rows is needed to take them out.
        ChurnModel corrected = PriorCorrection.RemoveClassWeights(fit, set);
        Assert.Equal(frequency, Mean(corrected), 0.015);
        Assert.True(corrected.Evaluate(heldOut.Rows, heldOut.Labels).LogLoss < byTemperature.LogLoss);

        // Those that are fitted have the frequency of the rows they were fitted on; Platt's targets draw towards one half by a row in all.
        Assert.Equal(frequency, Mean(VectorScaling.Fit(fit.Model, heldOut.Rows, heldOut.Labels).Model), 1e-9);
        Assert.Equal(frequency, Mean(PlattScaling.Fit(fit.Model, heldOut.Rows, heldOut.Labels).Model), 1e-3);
        IsotonicCalibration isotonic = IsotonicCalibration.Create(fit.Model, heldOut.Rows, heldOut.Labels);
        Assert.Equal(frequency, heldOut.Rows.Chunk(21).Average(row => isotonic.PredictProbability(fit.Model, row)), 1e-9);

        double Mean(ChurnModel model)
        {
            double[] weights = [.. model.Weights];
            return heldOut.Rows.Chunk(21).Average(row => PlainSoftmax.Probabilities(PlainSoftmax.Scores(weights, row))[1]);
        }
    }

    [Fact]
    public void Whatever_the_weights_of_classes_are_the_correction_gives_the_frequencies()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            // Three classes by a softmax model of four features, of many rows: what is left is the noise of the fits.
            OnlineStream training = OnlineStream.Drawn(6000, seed, rowSeed: 6000 + seed);
            double[] counts = [.. Enumerable.Range(0, 3).Select(j => (double)training.Labels.Count(label => label == j))];
            if (counts.Min() < 200)
            {
                continue;
            }

            var random = new Random(seed);
            double[] classWeights = [.. counts.Select(_ => Math.Exp((3 * random.NextDouble()) - 1.5))];
            var options = new TrainingOptions { L2 = 1e-8, ClassWeights = ClassWeights.Of(classWeights) };
            Double3x4 weighted = Double3x4.Train(training.Rows, training.Labels, options).Model;
            double[] corrected = [.. PriorCorrection.RemoveClassWeights(weighted, classWeights).Weights];

            double[][] p = [.. training.Rows.Chunk(4).Select(row => PlainSoftmax.Probabilities(PlainSoftmax.Scores(corrected, row)))];
            for (int j = 0; j < 3; j++)
            {
                Assert.Equal(counts[j] / 6000, p.Average(one => one[j]), 0.01);
            }
        }
    }
}
