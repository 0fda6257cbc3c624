using SoftmaxGen.Data;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Data;

/// <summary>The memory of packed rows comes as it is: what pads them must be zero, whatever was there before.</summary>
public sealed class PaddingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    [InlineData(150)]
    public void Rows_are_padded_with_zeros_in_used_memory(int rowCount)
    {
        ShapeCase shape = ShapeCase.Of(nameof(Double3x4));
        var sample = Sample.Of(shape.Shape, rowCount);
        foreach (double[]? rowWeights in new[] { null, sample.RowWeights() })
        {
            Soil(rowCount, shape.Shape.Features);
            using IPackedSet set = shape.Pack(sample.Rows, sample.Labels, rowWeights);

            MeanLoss expected = PlainSoftmax.LossAndGradient(sample.Weights, sample.Rows, sample.ClassIndices, rowWeights);

            AssertClose.Equal(expected, set.LossAndGradient(sample.Weights), 1e-12, $"{rowCount} rows");
            Assert.All(set.Hessian(sample.Weights), element => Assert.True(double.IsFinite(element)));
        }
    }

    // The allocator hands out again what was freed last.
    private static void Soil(int rowCount, int features)
    {
        nint padded = (rowCount + 31) / 32 * 32;
        foreach (nint length in new[] { padded * (features + 1), padded })
        {
            using var buffer = new AlignedBuffer<double>(length);
            buffer.Slice(0, (int)length).Fill(double.NaN);
        }
    }
}
