using SoftmaxGen.Data;
using SoftmaxGen.TestModels.Data;
using SoftmaxGen.TestModels.Kernels;

namespace SoftmaxGen.Tests.Data;

public sealed class ColumnMomentsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(1001)]
    public void Moments_are_those_of_the_rows(int count)
    {
        AssertMoments<MomentsModel>(count);
        AssertMoments<Double2x64>(count);
        AssertMoments<Double2x65>(count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(2051)]
    public void Moments_in_single_precision_are_those_of_the_rows(int count)
    {
        var random = new Random(count);
        float[] rows = [.. Enumerable.Range(0, count * MomentsModelSingle.Features).Select(i => (float)(random.NextDouble() * (1 + (i % 3))) - 9)];
        using TrainingSet<MomentsModelSingle, float> set = MomentsModelSingle.CreateTrainingSet(rows, [.. Enumerable.Range(0, count).Select(i => i % 2)]);

        ColumnMoments moments = ((IMeanLoss)set).Moments;

        for (int k = 0; k < MomentsModelSingle.Features; k++)
        {
            double[] column = [.. rows.Where((_, i) => i % MomentsModelSingle.Features == k).Select(x => (double)x)];
            double mean = column.Average();
            Assert.Equal(mean, moments.Means[k], 1e-10);
            Assert.Equal(Math.Sqrt(column.Average(x => (x - mean) * (x - mean))), moments.Deviations[k], 1e-10);
        }

        Assert.Equal([(count + 1) / 2, count / 2], ((IMeanLoss)set).ClassTotals.ToArray());
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1e17)]
    [InlineData(-1e200)]
    [InlineData(-3.3e-9)]
    public void A_constant_feature_has_no_deviation(double constant)
    {
        double[] rows = [.. Enumerable.Range(0, 1001).SelectMany(i => new[] { i * 0.7, constant, -i })];
        using TrainingSet<MomentsModel, double> set = MomentsModel.CreateTrainingSet(rows, new int[1001]);

        ColumnMoments moments = ((IMeanLoss)set).Moments;

        Assert.Equal(constant, moments.Means[1]);
        Assert.Equal(0, moments.Deviations[1]);
        Assert.True(moments.Deviations[0] > 1);
    }

    /// <summary>A feature of single precision has no digits to spare: it may vary by a few units of its last place.</summary>
    [Fact]
    public void A_feature_of_single_precision_that_varies_by_ten_units_of_its_last_place_varies()
    {
        const int Rows = 2000;
        const float Units = 1.1920929e-6f;
        float[] rows = [.. Enumerable.Range(0, Rows * MomentsModelSingle.Features).Select(i => i / MomentsModelSingle.Features % 2 == 0 ? 1 : 1 + Units)];
        using TrainingSet<MomentsModelSingle, float> set = MomentsModelSingle.CreateTrainingSet(rows, [.. Enumerable.Range(0, Rows).Select(i => i / 2 % 2)]);

        Assert.All(((IMeanLoss)set).Moments.Deviations, deviation => Assert.Equal(Units / 2, deviation, 1e-3 * Units));
    }

    [Fact]
    public void A_row_without_weight_does_not_make_a_feature_vary()
    {
        double[] rows = [0, 99, 0, 1, 0.1, 2, 2, 0.1, 3, 5, 0.1, 7];
        using TrainingSet<MomentsModel, double> set = MomentsModel.CreateTrainingSet(rows, [0, 0, 1, 1], [0, 1, 2, 1]);

        Assert.Equal(0, ((IMeanLoss)set).Moments.Deviations[1]);
    }

    private static void AssertMoments<TModel>(int count)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        int features = TModel.Shape.Features;
        var random = new Random(count);
        double[] rows = [.. Enumerable.Range(0, count * features).Select(i => (random.NextDouble() * (1 + (i % 3))) + 1e3)];
        double[] weights = [.. Enumerable.Range(0, count).Select(i => i % 3)];
        weights[^1] = 2;
        using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(rows, new int[count], weights);

        ColumnMoments moments = ((IMeanLoss)set).Moments;

        for (int k = 0; k < features; k++)
        {
            double mean = WeightedMean(i => rows[(i * features) + k]);
            double variance = WeightedMean(i => Math.Pow(rows[(i * features) + k] - mean, 2));
            Assert.Equal(mean, moments.Means[k], 1e-10);
            Assert.Equal(Math.Sqrt(variance), moments.Deviations[k], 1e-10);
        }

        double WeightedMean(Func<int, double> term) => Enumerable.Range(0, count).Sum(i => weights[i] * term(i)) / weights.Sum();
    }
}
