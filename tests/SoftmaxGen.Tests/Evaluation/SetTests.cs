using SoftmaxGen.TestModels.Typed;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Typed;

namespace SoftmaxGen.Tests.Evaluations;

/// <summary>Curves and calibrations take sets, and with them rows and labels of the user's types and their weights: as spans.</summary>
public sealed class SetTests
{
    [Fact]
    public void Flowers_make_the_curves_of_their_features()
    {
        FlowerSample sample = FlowerSample.Of(60);
        var model = FlowerModel.FromWeights(sample.Weights);
        using TrainingSet<FlowerModel, double> set = FlowerModel.CreateTrainingSet(sample.Flowers);
        int versicolor = (int)Species.Versicolor;

        Assert.Equal(RocCurve.Create(model, sample.Rows, sample.Numbers, versicolor).Points, RocCurve.Create(model, set, versicolor).Points);
        Assert.Equal(
            PrecisionRecallCurve.Create(model, sample.Rows, sample.Numbers, versicolor).Points, PrecisionRecallCurve.Create(model, set, versicolor).Points);
        Assert.Equal(ThresholdCurve.Create(model, sample.Rows, sample.Numbers, versicolor).Points, ThresholdCurve.Create(model, set, versicolor).Points);
        Assert.Equal(OneVersusRest.Create(model, sample.Rows, sample.Numbers).ToString(), OneVersusRest.Create(model, set).ToString());
        Assert.Equal(VectorScaling.Fit(model, sample.Rows, sample.Numbers).Scales, VectorScaling.Fit(model, set).Scales);
        Assert.Equal("Versicolor", VectorScaling.Fit(model, set).Classes[1].Name);
    }

    [Fact]
    public void The_weights_of_a_set_count()
    {
        Sample sample = Sample.Of(Double2x3.Shape, 90);
        Double2x3 model = Double2x3.FromWeights(sample.Weights);
        double[] weights = sample.RowWeights();
        using TrainingSet<Double2x3, double> set = Double2x3.CreateTrainingSet(sample.Rows, sample.Labels, weights);

        Assert.Equal(RocCurve.Create(model, sample.Rows, sample.Labels, null, weights).Points, RocCurve.Create(model, set).Points);
        Assert.Equal(ThresholdCurve.Create(model, sample.Rows, sample.Labels, null, weights).Points, ThresholdCurve.Create(model, set).Points);
        Assert.Equal(PlattScaling.Fit(model, sample.Rows, sample.Labels, weights).Slope, PlattScaling.Fit(model, set).Slope, 1e-14);
        Assert.Equal(
            IsotonicCalibration.Create(model, sample.Rows, sample.Labels, weights).Probabilities, IsotonicCalibration.Create(model, set).Probabilities);

        // A temperature by weights: mean probabilities and frequencies by the same weights.
        ClassCalibration second = TemperatureScaling.Fit(model, set).Classes[1];
        Assert.Equal(weights.Where((_, i) => sample.Labels[i] == 1).Sum() / weights.Sum(), second.Frequency, 1e-14);
    }

    [Fact]
    public void What_a_set_lacks_is_named()
    {
        Double2x1 model = Double2x1.FromWeights([0, -0.5, 0, 0.5]);
        using TrainingSet<Double2x1, double> one = Double2x1.CreateTrainingSet([1, 2], [0, 0]);
        using var soft = new TrainingSet<Double2x1, double>(new TrainingRows<double> { Rows = new double[] { 1, 2 }, Targets = new[] { 0.5, 0.5, 0.2, 0.8 } });

        Assert.Throws<ArgumentException>("set", () => RocCurve.Create(model, one));
        Assert.Throws<ArgumentException>("set", () => OneVersusRest.Create(model, one));
        Assert.Throws<ArgumentException>("set", () => IsotonicCalibration.Create(model, one));
        Assert.Throws<ArgumentException>("set", () => PlattScaling.Fit(model, one));
        Assert.Throws<ArgumentException>("set", () => VectorScaling.Fit(model, one));
        Assert.Contains("soft labels", Assert.Throws<ArgumentException>("set", () => ThresholdCurve.Create(model, soft)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("set", () => RocCurve.Create(model, (TrainingSet<Double2x1, double>)null!));
        Assert.Throws<ArgumentNullException>("model", () => RocCurve.Create((Double2x1)null!, one));
    }
}
