using System.Numerics;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>
/// After the first call, no loss and gradient allocates: not with scratch on the stack, nor rented, nor over several chunks, nor for rows
/// beyond the range of the exponential.
/// </summary>
public class AllocationTests
{
    [Fact]
    public void Scratch_on_the_stack() => AssertAllocatesNothing<Double3x4, double>(200, "on the stack");

    [Fact]
    public void Scratch_on_the_stack_in_float() => AssertAllocatesNothing<Single4x8, float>(200, "on the stack");

    [Fact]
    public void Several_chunks() => AssertAllocatesNothing<Double3x4, double>(20_000, "on the stack");

    [Fact]
    public void Rented_scratch() => AssertAllocatesNothing<Double100x784, double>(70, "rented");

    private static void AssertAllocatesNothing<TModel, T>(int rowCount, string scratch)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Contains(scratch, TModel.Shape.KernelDescription, StringComparison.Ordinal);
        Sample sample = Sample.Of(TModel.Shape, rowCount).WithScaledFeature(0, static row => row == 17 ? 1e5 : 1);
        T[] rows = Array.ConvertAll(sample.Rows, T.CreateChecked);
        T[] weights = Array.ConvertAll(sample.Weights, T.CreateChecked);
        T[] gradient = new T[weights.Length];
        double[] packedGradient = new double[weights.Length];
        int[] labels = sample.Labels;
        using TrainingSet<TModel, T> set = TModel.CreateTrainingSet(rows, labels);

        AssertAllocation.None(() => set.LossAndGradient(sample.Weights, packedGradient));
        AssertAllocation.None(() => TModel.LossAndGradient(weights, rows, labels, gradient));
    }
}
