using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>Labels of many classes, which have a stage of their own: row vectors of one label, of several, and labels that are next to impossible.</summary>
public class LabelStageTests
{
    private const int RowCount = 331;

    public static TheoryData<string> Shapes => [nameof(Double26x1), nameof(Double26x16), nameof(Double17x8), nameof(Single26x16), nameof(Single135x16)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Rows_of_every_class_in_runs_of_every_length(string name)
    {
        // Runs of 1, 2, 3, ... rows: of class 0, the last, 1, the last but one, ...
        ShapeCase shape = ShapeCase.Of(name);
        int classes = shape.Shape.Classes;
        int[] labels =
            [.. Enumerable.Range(1, 40).SelectMany(run => Enumerable.Repeat((run % 2 == 0 ? classes - (run / 2) : run / 2) % classes, run)).Take(RowCount)];

        AssertAgrees(shape, Sample.Of(shape.Shape, RowCount) with { ClassIndices = labels });
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Rows_of_one_class(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        foreach (int label in (int[])[0, 1, shape.Shape.Classes - 1])
        {
            AssertAgrees(shape, Sample.Of(shape.Shape, RowCount) with { ClassIndices = [.. Enumerable.Repeat(label, RowCount)] });
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Labels_whose_probability_is_no_number_any_more(string name)
    {
        // All contrasts lie within the exponential's range; the quotient of two exponentials does not lie within that of numbers.
        ShapeCase shape = ShapeCase.Of(name);
        double far = shape.IsSingle ? 75 : 650;
        var sample = Sample.Of(shape.Shape, RowCount);
        int columns = shape.Shape.Features + 1;
        sample.Weights[2 * columns] += far;
        sample.Weights[3 * columns] -= far;

        AssertAgrees(shape, sample with { ClassIndices = [.. Enumerable.Range(0, RowCount).Select(static row => row / 20 % 4)] });
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Small_weights_of_rows_whose_label_is_improbable(string name)
    {
        // The product of the two would have lost digits.
        ShapeCase shape = ShapeCase.Of(name);
        (double weight, double distance) = shape.IsSingle ? (1e-20, 55) : (1e-20, 680);
        var sample = Sample.Of(shape.Shape, RowCount);
        sample.Weights[shape.Shape.Features + 1] -= distance;
        sample = sample with { ClassIndices = [.. Enumerable.Repeat(1, RowCount)] };
        MeanLoss expected = PlainSoftmax.LossAndGradient(sample.Weights, sample.Rows, sample.ClassIndices);

        using IPackedSet set = shape.Pack(sample.Rows, sample.Labels, [.. Enumerable.Repeat(weight, RowCount)]);

        AssertClose.Equal(expected, set.LossAndGradient(sample.Weights), Tolerance(shape), "Weighted rows");
    }

    private static void AssertAgrees(ShapeCase shape, Sample sample)
    {
        double[] rowWeights = sample.RowWeights();
        MeanLoss expected = PlainSoftmax.LossAndGradient(sample.Weights, sample.Rows, sample.ClassIndices);
        MeanLoss expectedWeighted = PlainSoftmax.LossAndGradient(sample.Weights, sample.Rows, sample.ClassIndices, rowWeights);
        using IPackedSet set = shape.Pack(sample.Rows, sample.Labels);
        using IPackedSet weightedSet = shape.Pack(sample.Rows, sample.Labels, rowWeights);

        AssertClose.Equal(expected, set.LossAndGradient(sample.Weights), Tolerance(shape), "Packed rows");
        AssertClose.Equal(expectedWeighted, weightedSet.LossAndGradient(sample.Weights), Tolerance(shape), "Weighted rows");
        AssertClose.Equal(expected, shape.RowMajor(sample.Weights, sample.Rows, sample.Labels), Tolerance(shape), "Row-major rows");
    }

    private static double Tolerance(ShapeCase shape) => shape.IsSingle ? 1e-5 : 1e-13;
}
