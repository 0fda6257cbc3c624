using SoftmaxGen.TestModels.Typed;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Typed;

namespace SoftmaxGen.Tests.Online;

/// <summary>Rows and labels as a program has them are learned from as their numbers are.</summary>
public sealed class RowLearnerTests
{
    private readonly FlowerSample _sample = FlowerSample.Of(200);

    [Fact]
    public void Rows_and_labels_are_those_of_the_model()
    {
        var numbers = new OnlineLearner<FlowerModel, double>(FlowerModel.FromWeights(_sample.Weights));
        RowLearner<FlowerModel, double, Flower, Species> rows = Learner();
        var labels = new OnlineLearner<FlowerModel, double>(FlowerModel.FromWeights(_sample.Weights));

        for (int i = 0; i < 100; i++)
        {
            double expected = numbers.Update(_sample.Rows.AsSpan(i * 4, 4), _sample.Numbers[i]);
            Assert.Equal(expected, rows.Update(_sample.Flowers[i], _sample.Labels[i]));
            Assert.Equal(expected, labels.Update(_sample.Rows.AsSpan(i * 4, 4), _sample.Labels[i]));
        }

        double mean = numbers.UpdateBatch(_sample.Rows.AsSpan(400), _sample.Numbers.AsSpan(100));
        Assert.Equal(mean, rows.UpdateBatch(_sample.Flowers.AsSpan(100), _sample.Labels.AsSpan(100)));
        Assert.Equal(mean, labels.UpdateBatch<Species>(_sample.Rows.AsSpan(400), _sample.Labels.AsSpan(100)));
        Assert.Equal(numbers.Snapshot().Weights, rows.Snapshot().Weights);
        Assert.Equal(200, rows.Learner.Steps);
    }

    [Fact]
    public void Rows_that_are_objects_may_not_be_null()
    {
        RowLearner<FlowerClassModel, double, FlowerClass, Species> learner =
            new OnlineLearner<FlowerClassModel, double>().ForRows<FlowerClass, Species>(FlowerClassModel.CopyFeatures);
        FlowerClass[] rows = [.. _sample.Objects];
        rows[7] = null!;

        Assert.Throws<ArgumentNullException>("row", () => learner.Update(null!, Species.Setosa));
        Assert.Contains(
            "Row 7 is null", Assert.Throws<ArgumentNullException>("rows", () => learner.UpdateBatch(rows, _sample.Labels)).Message, StringComparison.Ordinal);
        Assert.Equal(0, learner.Learner.Steps);
        Assert.Throws<ArgumentNullException>("reader", () => learner.Learner.ForRows<FlowerClass, Species>(null!));
    }

    [Fact]
    public void Labels_that_are_no_class_are_refused()
    {
        RowLearner<FlowerModel, double, Flower, Species> learner = Learner();
        Assert.Throws<ArgumentException>("label", () => learner.Update(_sample.Flowers[0], (Species)3));
        Assert.Throws<ArgumentException>("label", () => learner.Update(_sample.Flowers[0], (Species)(-1)));
        Assert.Throws<ArgumentException>("labels", () => learner.UpdateBatch(_sample.Flowers, _sample.Labels.AsSpan(1)));
        Assert.Throws<ArgumentException>("rows", () => learner.UpdateBatch([], []));
        Assert.Equal(0, learner.Learner.Steps);
    }

    [Fact]
    public void Updates_do_not_allocate()
    {
        RowLearner<FlowerModel, double, Flower, Species> learner = Learner();
        AssertAllocation.None(() =>
        {
            for (int i = 0; i < 200; i++)
            {
                learner.Update(_sample.Flowers[i], _sample.Labels[i]);
            }
        });
        AssertAllocation.None(() => learner.UpdateBatch(_sample.Flowers, _sample.Labels));
    }

    [Theory]
    [InlineData((byte)200, 200)]
    [InlineData((byte)0, 0)]
    public void Enums_of_bytes_are_numbers(byte value, int expected) => Assert.Equal(expected, LabelNumber.Saturated((OfBytes)value));

    [Fact]
    public void Enums_of_all_integers_are_numbers()
    {
        Assert.Equal(-1, LabelNumber.Saturated((OfSignedBytes)(-1)));
        Assert.Equal(-300, LabelNumber.Saturated((OfShorts)(-300)));
        Assert.Equal(60_000, LabelNumber.Saturated((OfUnsignedShorts)60_000));
        Assert.Equal(int.MaxValue, LabelNumber.Saturated((OfUnsigned)uint.MaxValue));
        Assert.Equal(int.MinValue, LabelNumber.Saturated((OfLongs)long.MinValue));
        Assert.Equal(int.MaxValue, LabelNumber.Saturated((OfUnsignedLongs)ulong.MaxValue));
    }

    private RowLearner<FlowerModel, double, Flower, Species> Learner() =>
        new OnlineLearner<FlowerModel, double>(FlowerModel.FromWeights(_sample.Weights)).ForRows<Flower, Species>(FlowerModel.CopyFeatures);

    private enum OfBytes : byte
    {
        None,
    }

    private enum OfSignedBytes : sbyte
    {
        None,
    }

    private enum OfShorts : short
    {
        None,
    }

    private enum OfUnsignedShorts : ushort
    {
        None,
    }

    private enum OfUnsigned : uint
    {
        None,
    }

    private enum OfLongs : long
    {
        None,
    }

    private enum OfUnsignedLongs : ulong
    {
        None,
    }
}
