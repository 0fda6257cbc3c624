namespace SoftmaxGen.Tests.Kernels;

/// <summary>Output over input is refused where a kernel may write before it has read everything, whatever the number of rows.</summary>
public class OverlapTests
{
    private const int Parameters = Double3x4.ParameterCount;

    [Theory]
    [InlineData(10)]
    [InlineData(20_000)]
    public void A_training_set_refuses_overlap(int rowCount)
    {
        var sample = Sample.Of(Double3x4.Shape, rowCount);
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(sample.Rows, [.. sample.ClassIndices]);
        double[] memory = new double[Parameters + 1];
        double[] other = new double[Parameters];
        double[] square = new double[Parameters * Parameters];

        Assert.Throws<ArgumentException>("gradient", () => set.LossAndGradient(memory.AsSpan(0, Parameters), memory.AsSpan(0, Parameters)));
        Assert.Throws<ArgumentException>("gradient", () => set.LossAndGradient(memory.AsSpan(0, Parameters), memory.AsSpan(1, Parameters)));
        Assert.Throws<ArgumentException>("product", () => set.HessianProduct(memory.AsSpan(0, Parameters), other, memory.AsSpan(1, Parameters)));
        Assert.Throws<ArgumentException>("product", () => set.HessianProduct(other, memory.AsSpan(0, Parameters), memory.AsSpan(1, Parameters)));
        Assert.Throws<ArgumentException>("hessian", () => set.Hessian(square.AsSpan(3, Parameters), square));
        set.LossAndGradient(square.AsSpan(0, Parameters), square.AsSpan(Parameters, Parameters));
        set.HessianProduct(other, other, memory.AsSpan(1, Parameters));
    }
}
