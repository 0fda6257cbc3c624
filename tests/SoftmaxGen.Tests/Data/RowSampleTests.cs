using System.Numerics;
using SoftmaxGen.Data;

namespace SoftmaxGen.Tests.Data;

/// <summary>A sample has the mean loss of its rows, with their weights; of all rows it is the set's.</summary>
public sealed class RowSampleTests
{
    private const int RowCount = 1003;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void A_sample_of_all_rows_has_the_loss_of_the_set(bool weighted, bool soft)
    {
        AssertWhole<Double4x8, double>(weighted, soft, 1e-13);
        AssertWhole<Double2x7, double>(weighted, soft, 1e-13);
        AssertWhole<Single3x4, float>(weighted, soft, 1e-5);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(19)]
    [InlineData(1002)]
    [InlineData(5000)]
    public void A_sample_has_the_rows_at_equal_distances(int stride)
    {
        TrainingRows<double> all = Draw<Double4x8, double>(weighted: true, soft: false);
        int[] taken = [.. Enumerable.Range(0, ((RowCount - 1) / stride) + 1).Select(i => i * stride)];
        using var set = new TrainingSet<Double4x8, double>(all);
        double[] weights = SelectedRows.Copy(all.RowWeights, 1, taken);
        using var part = new TrainingSet<Double4x8, double>(new TrainingRows<double>
        {
            Rows = SelectedRows.Copy(all.Rows, 8, taken),
            Labels = SelectedRows.Copy(all.Labels, 1, taken),
            RowWeights = weights,
        });
        using IRowSample sample = ((IMeanLoss)set).Sample(stride)!;

        Assert.Equal(weights.Count(static w => w > 0), ((RowSample<Double4x8, double>)sample).Count);
        AssertSame<Double4x8, double>(part, sample, 1e-13);
    }

    [Fact]
    public void A_sample_of_several_chunks_has_the_same_bits_on_any_number_of_threads()
    {
        const int Copies = 30;
        TrainingRows<double> drawn = Draw<Double4x8, double>(weighted: true, soft: false);
        using var set = new TrainingSet<Double4x8, double>(new TrainingRows<double>
        {
            Rows = (double[])[.. Enumerable.Repeat(drawn.Rows.ToArray(), Copies).SelectMany(static rows => rows)],
            Labels = (int[])[.. Enumerable.Repeat(drawn.Labels.ToArray(), Copies).SelectMany(static labels => labels)],
            RowWeights = (double[])[.. Enumerable.Repeat(drawn.RowWeights.ToArray(), Copies).SelectMany(static weights => weights)],
        });
        using IRowSample sample = ((IMeanLoss)set).Sample(1)!;
        double[][] sums = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            double[] gradient = new double[Double4x8.Shape.ParameterCount];
            double loss = sample.LossAndGradient([.. Enumerable.Range(0, gradient.Length).Select(i => Math.Sin(3 * i))], gradient, threads);
            return (double[])[loss, .. gradient];
        })];

        AssertSame(set, sample, 1e-13);
        Assert.Equal(sums[0], sums[1]);
        Assert.Equal(sums[0], sums[2]);
    }

    [Fact]
    public void Rows_with_offsets_have_none()
    {
        double[] rows = [.. Enumerable.Range(0, 32).Select(i => Math.Sin(i))];
        using var set = new TrainingSet<Double4x8, double>(new TrainingRows<double> { Rows = rows, Labels = (int[])[0, 1, 2, 3], Offsets = new double[16] });

        Assert.Null(((IMeanLoss)set).Sample(1));
    }

    private static void AssertWhole<TModel, T>(bool weighted, bool soft, double tolerance)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var set = new TrainingSet<TModel, T>(Draw<TModel, T>(weighted, soft));
        using IRowSample sample = ((IMeanLoss)set).Sample(1)!;

        AssertSame(set, sample, tolerance);
    }

    private static void AssertSame<TModel, T>(TrainingSet<TModel, T> set, IRowSample sample, double tolerance)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] weights = [.. Enumerable.Range(0, TModel.Shape.ParameterCount).Select(i => Math.Sin(3 * i))];
        double[] expected = new double[weights.Length];
        double[] gradient = new double[weights.Length];
        double loss = set.LossAndGradient(weights, expected);

        Assert.Equal(loss, sample.LossAndGradient(weights, gradient), tolerance * loss);
        Assert.All(expected.Zip(gradient), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    private static TrainingRows<T> Draw<TModel, T>(bool weighted, bool soft)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        var random = new Random(7);
        T[] rows = [.. Enumerable.Range(0, RowCount * shape.Features).Select(_ => T.CreateTruncating((2 * random.NextDouble()) - 1))];
        T[] rowWeights = weighted ? [.. Enumerable.Range(0, RowCount).Select(i => T.CreateTruncating(i % 7 == 3 ? 0 : random.NextDouble()))] : [];
        if (!soft)
        {
            return new TrainingRows<T> { Rows = rows, RowWeights = rowWeights,
                Labels = (int[])[.. Enumerable.Range(0, RowCount).Select(_ => random.Next(shape.Classes))] };
        }

        T[] targets = [.. Enumerable.Range(0, RowCount).SelectMany(_ => Share(shape.Classes, random.NextDouble()))];
        return new TrainingRows<T> { Rows = rows, RowWeights = rowWeights, Targets = targets };

        static IEnumerable<T> Share(int classes, double first) => [T.CreateTruncating(first), T.CreateTruncating(1 - first), .. new T[classes - 2]];
    }
}
