using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>Sets of more rows than one chunk: the chunks add up, and to the same bits whoever adds them.</summary>
public class ChunkTests
{
    private const int ChunkRows = 8192;

    [Theory]
    [InlineData(nameof(Double3x4), ChunkRows)]
    [InlineData(nameof(Double3x4), ChunkRows + 1)]
    [InlineData(nameof(Double4x8FromMinus5), (2 * ChunkRows) - 1)]
    [InlineData(nameof(Single4x8), (2 * ChunkRows) + 17)]
    public void Chunks_add_up(string name, int rowCount)
    {
        ShapeCase shape = ShapeCase.Of(name);
        var sample = Sample.Of(shape.Shape, rowCount);
        double[] rowWeights = sample.RowWeights();
        using IPackedSet set = shape.Pack(sample.Rows, sample.Labels);
        using IPackedSet weightedSet = shape.Pack(sample.Rows, sample.Labels, rowWeights);

        AssertAgrees(shape, PlainSoftmax.LossAndGradient(sample.Weights, sample.Rows, sample.ClassIndices), set.LossAndGradient(sample.Weights));
        AssertAgrees(
            shape,
            PlainSoftmax.LossAndGradient(sample.Weights, sample.Rows, sample.ClassIndices, rowWeights),
            weightedSet.LossAndGradient(sample.Weights));
    }

    [Theory]
    [InlineData(nameof(Double3x4))]
    [InlineData(nameof(Double4x8FromMinus5))]
    [InlineData(nameof(Single4x8))]
    public void Any_number_of_threads_gives_the_same_bits(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        var sample = Sample.Of(shape.Shape, 100_003);
        using IPackedSet set = shape.Pack(sample.Rows, sample.Labels, sample.RowWeights());
        MeanLoss expected = set.LossAndGradient(sample.Weights, maxThreads: 1);

        foreach (int maxThreads in (int[])[2, 4, 64, 1])
        {
            for (int repetition = 0; repetition < 20; repetition++)
            {
                AssertSameBits(expected, set.LossAndGradient(sample.Weights, maxThreads));
            }
        }
    }

    [Fact]
    public async Task Callers_beside_each_other_get_the_same_bits()
    {
        ShapeCase shape = ShapeCase.Of(nameof(Double4x8FromMinus5));
        Sample[] samples = [.. Enumerable.Range(0, 4).Select(seed => Sample.Of(shape.Shape, 5 * ChunkRows, seed))];
        using IPackedSet set = shape.Pack(samples[0].Rows, samples[0].Labels);
        MeanLoss[] expected = [.. samples.Select(sample => set.LossAndGradient(sample.Weights))];

        Task[] callers = [.. samples.Select((sample, caller) => Task.Run(() =>
        {
            for (int repetition = 0; repetition < 30; repetition++)
            {
                AssertSameBits(expected[caller], set.LossAndGradient(sample.Weights, maxThreads: 1 + (repetition % 3)));
            }
        }))];

        await Task.WhenAll(callers);
    }

    private static void AssertAgrees(ShapeCase shape, MeanLoss expected, MeanLoss actual) =>
        AssertClose.Equal(expected, actual, shape.IsSingle ? 5e-6 : 1e-13, "Rows");

    private static void AssertSameBits(MeanLoss expected, MeanLoss actual)
    {
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected.Loss), BitConverter.DoubleToInt64Bits(actual.Loss));
        Assert.Equal(expected.Gradient.Select(BitConverter.DoubleToInt64Bits), actual.Gradient.Select(BitConverter.DoubleToInt64Bits));
    }
}
