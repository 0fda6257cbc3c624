using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Prediction;

/// <summary>Rows of a batch that cannot go with the others of their tile: they come out as they do alone, and so do the others.</summary>
public class UnusualTileTests
{
    // Several tiles, and rows that fill no block.
    private const int RowCount = 205;

    public static TheoryData<string> Shapes => ShapeCase.Names;

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Scores_that_are_far_apart_are_in_a_row_here_and_there(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        var sample = Sample.Of(shape.Shape, RowCount);
        foreach (int distance in (int[])[1, 7, 64, 131])
        {
            double[] rows = [.. sample.Rows];
            for (int row = distance - 1; row < RowCount; row += distance)
            {
                foreach (ref double feature in rows.AsSpan(row * shape.Shape.Features, shape.Shape.Features))
                {
                    feature *= 4096;
                }
            }

            AssertSameAsAlone(shape, shape.FromWeights(sample.Weights), rows);
        }
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Distances_up_to_the_end_of_the_range_and_beyond(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        int columns = shape.Shape.Features + 1;
        double[] weights = new double[shape.Shape.ParameterCount];

        // The score of every other class is the first feature, that of the others 0.
        for (int j = 1; j < shape.Shape.Classes; j += 2)
        {
            weights[(j * columns) + 1] = 1;
        }

        double end = shape.IsSingle ? 87 : 708;
        double[] rows = new double[RowCount * shape.Shape.Features];
        for (int row = 0; row < RowCount; row++)
        {
            rows[row * shape.Shape.Features] = (row % 2 == 0 ? 1 : -1) * (end + ((row / 32 - 3) * 0.25));
        }

        AssertSameAsAlone(shape, shape.FromWeights(weights), rows);
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Scores_whose_sum_overflows_are_finite_all_the_same(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        double[] weights = new double[shape.Shape.ParameterCount];
        for (int j = 0; j < shape.Shape.Classes; j++)
        {
            weights[j * (shape.Shape.Features + 1)] = shape.IsSingle ? 3e38f : 1.5e308;
        }

        double[] probabilities = AssertSameAsAlone(shape, shape.FromWeights(weights), new double[RowCount * shape.Shape.Features]);

        Assert.All(probabilities, probability => Assert.Equal(1.0 / shape.Shape.Classes, probability, shape.IsSingle ? 1e-6 : 1e-15));
    }

    private static double[] AssertSameAsAlone(ShapeCase shape, IPredictor model, double[] rows)
    {
        (int classes, int features) = (shape.Shape.Classes, shape.Shape.Features);
        double[] probabilities = model.ProbabilitiesBatch(rows);
        int[] labels = model.PredictBatch(rows);
        for (int row = 0; row < RowCount; row++)
        {
            double[] x = rows[(row * features)..((row + 1) * features)];

            AssertClose.Vector(model.Probabilities(x), probabilities[(row * classes)..((row + 1) * classes)], shape.IsSingle ? 1e-6 : 1e-13, $"Row {row}");
            Assert.Equal(model.Predict(x), labels[row]);
        }

        return probabilities;
    }
}
