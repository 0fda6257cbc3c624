using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>Losses and gradients on public data agree with figures that another library computed.</summary>
public class ReferencePointTests
{
    public static TheoryData<int> Points => [.. Enumerable.Range(0, ReferenceOptima.AllPoints.Count)];

    [Theory]
    [MemberData(nameof(Points))]
    public void Points_agree(int index)
    {
        ReferencePoint point = ReferenceOptima.AllPoints[index];
        var data = SampleData.Load(point.Data, point.Preparation);
        ShapeCase shape = ShapeCase.Of($"Double{data.Classes}x{data.Features}");
        var expected = new MeanLoss(point.Loss, point.Gradient);
        using IPackedSet set = shape.Pack(data.Rows, data.Labels);

        AssertAgrees(expected, set.LossAndGradient(point.Weights));
        AssertAgrees(expected, shape.RowMajor(point.Weights, data.Rows, data.Labels));
        AssertAgrees(expected, PlainSoftmax.LossAndGradient(point.Weights, data.Rows, data.Labels));
    }

    private static void AssertAgrees(MeanLoss expected, MeanLoss actual)
    {
        AssertClose.Equal(expected.Loss, actual.Loss, 1e-12 * expected.Loss, "The loss");
        AssertClose.Vector(expected.Gradient, actual.Gradient, 1e-12, "The gradient");
    }
}
