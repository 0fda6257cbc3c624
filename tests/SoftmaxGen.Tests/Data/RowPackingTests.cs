using System.Numerics;
using SoftmaxGen.Data;
using SoftmaxGen.TestModels.Data;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Training;

namespace SoftmaxGen.Tests.Data;

/// <summary>Rows that several threads pack, piece by piece, are those that one packs, and a number that is not finite is found in any piece.</summary>
public sealed class RowPackingTests
{
    /// <summary>Gets numbers of pieces, and of rows beyond them.</summary>
    public static TheoryData<int, int> Pieces => new() { { 0, 1 }, { 1, -1 }, { 1, 0 }, { 1, 1 }, { 5, 77 } };

    [LongTheory(every: 3)]
    [MemberData(nameof(Pieces))]
    public void The_number_of_threads_leaves_no_trace(int pieces, int rest)
    {
        Check<Double12x1, double>(pieces, rest);
        Check<Double4x8, double>(pieces, rest);
        Check<Double2x200, double>(pieces, rest);
        Check<Single11x5, float>(pieces, rest);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_number_that_is_not_finite_is_found_wherever_it_is(double value)
    {
        ModelShape shape = Double4x8.Shape;
        int count = (3 * RowMemory<double>.PieceRows(shape.Features)) + 21;
        double[] rows = Numbers<double>(count * shape.Features);
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % shape.Classes)];
        foreach (int row in new[] { 0, RowMemory<double>.PieceRows(shape.Features) - 1, RowMemory<double>.PieceRows(shape.Features), count - 2, count - 1 })
        {
            double good = rows[(row * shape.Features) + 3];
            rows[(row * shape.Features) + 3] = value;
            rows[^1] = value;
            foreach (int threads in new[] { 1, 3 })
            {
                string message = Assert.Throws<ArgumentException>("rows", () => Create(threads)).Message;
                Assert.StartsWith($"Feature 3 of row {row} is {value}", message, StringComparison.Ordinal);
            }

            rows[^1] = 0;
            rows[(row * shape.Features) + 3] = good;
        }

        void Create(int threads) => new TrainingSet<Double4x8, double>(new() { Rows = rows, Labels = labels }, threads).Dispose();
    }

    [Fact]
    public void No_thread_is_no_answer() => Assert.Throws<ArgumentOutOfRangeException>(
        "maxThreads", static () => new TrainingSet<Double4x8, double>(new() { Rows = new double[8], Labels = new int[1] }, 0).Dispose());

    [Fact]
    public void Options_are_checked_before_rows_are_read() =>
        Assert.Throws<ArgumentOutOfRangeException>("options", static () => Double4x8.Train([], [], new TrainingOptions { MaxThreads = 0 }));

    private static void Check<TModel, T>(int pieces, int rest)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        int count = (pieces * RowMemory<T>.PieceRows(shape.Features)) + rest;
        T[] rows = Numbers<T>(count * shape.Features);
        int[] labels = [.. Enumerable.Range(0, count).Select(i => shape.FirstLabel + (i % shape.Classes))];
        double[] row = new double[shape.Features];
        double[] gradient = new double[shape.ParameterCount];
        double[]? expected = null;
        foreach (int threads in new[] { 1, 2, 7 })
        {
            using var set = new TrainingSet<TModel, T>(new() { Rows = rows, Labels = labels }, threads);
            for (int i = 0; i < count; i++)
            {
                set.Rows.ReadRow(i, row);
                Assert.Equal(rows.AsSpan(i * shape.Features, shape.Features).ToArray().Select(double.CreateTruncating), row);
            }

            set.LossAndGradient(new double[shape.ParameterCount], gradient);
            double[] numbers = [.. gradient, .. ((IMeanLoss)set).Moments.Means, .. ((IMeanLoss)set).Moments.Deviations];
            expected ??= numbers;
            Assert.Equal(expected, numbers);
        }
    }

    private static T[] Numbers<T>(int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, length).Select(_ => T.CreateTruncating(random.NextDouble() - 0.25))];
    }
}
