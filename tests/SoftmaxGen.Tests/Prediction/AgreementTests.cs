using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Prediction;

/// <summary>One row at a time, whole batches and the textbook agree, however large the scores are. Each vector width runs these tests.</summary>
public class AgreementTests
{
    // Whole tiles, whole blocks, and rows that fill no block.
    private const int RowCount = 77;

    public static TheoryData<string> Shapes => ShapeCase.Names;

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Probabilities_agree_at_scores_of_any_size(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        var sample = Sample.Of(shape.Shape, RowCount);
        foreach (double scale in (double[])[1, 1e3, 1e6])
        {
            double[] weights = Array.ConvertAll(sample.Weights, weight => shape.IsSingle ? (float)(weight * scale) : weight * scale);
            AssertAgreement(shape, weights, sample.Rows, exactScores: false);
        }
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Close_scores_of_a_million_agree(string name)
    {
        // Every product and every sum is exact, in whatever order: the scores are near a million, and fractions of 1 apart.
        ShapeCase shape = ShapeCase.Of(name);
        int columns = shape.Shape.Features + 1;
        Random random = new(columns + (1000 * shape.Shape.Classes));
        double fraction = shape.IsSingle ? 0.25 : 1.0 / 64;
        foreach (double offset in (double[])[1e6, -1e6])
        {
            double[] weights =
                [.. Enumerable.Range(0, shape.Shape.ParameterCount)
                    .Select(i => i % columns == 0 ? offset + (random.Next(-8, 9) * fraction) : random.Next(-2, 3) * fraction)];
            double[] rows = [.. Enumerable.Range(0, RowCount * shape.Shape.Features).Select(_ => (double)random.Next(-1, 2))];

            AssertAgreement(shape, weights, rows, exactScores: true);
        }
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Scores_at_both_ends_of_the_range_are_no_trouble(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        int columns = shape.Shape.Features + 1;
        double huge = shape.IsSingle ? 1e37 : 1e300;
        double[] weights = new double[shape.Shape.ParameterCount];
        for (int j = 0; j < shape.Shape.Classes; j++)
        {
            weights[j * columns] = j == 1 ? huge : j % 2 == 0 ? -huge : 0;
        }

        double[] rows = new double[RowCount * shape.Shape.Features];
        IPredictor model = shape.FromWeights(weights);

        double[] probabilities = model.ProbabilitiesBatch(rows);

        Assert.All(model.PredictBatch(rows), label => Assert.Equal(1 + shape.Shape.FirstLabel, label));
        for (int i = 0; i < probabilities.Length; i++)
        {
            Assert.Equal(i % shape.Shape.Classes == 1 ? 1 : 0, probabilities[i]);
        }

        Assert.Equal(probabilities[..shape.Shape.Classes], model.Probabilities(rows[..shape.Shape.Features]));
    }

    private static void AssertAgreement(ShapeCase shape, double[] weights, double[] rows, bool exactScores)
    {
        (int classes, int features) = (shape.Shape.Classes, shape.Shape.Features);
        IPredictor model = shape.FromWeights(weights);
        double[] batch = model.ProbabilitiesBatch(rows);
        int[] labels = model.PredictBatch(rows);
        for (int row = 0; row < RowCount; row++)
        {
            double[] x = rows[(row * features)..((row + 1) * features)];
            double[] single = model.Probabilities(x);
            double[] scores = PlainSoftmax.Scores(weights, x);

            AssertClose.Vector(single, batch[(row * classes)..((row + 1) * classes)], shape.IsSingle ? 1e-6 : 1e-13, $"Row {row} of a batch");
            Assert.Equal(model.Predict(x), labels[row]);
            if (exactScores || !shape.IsSingle)
            {
                AssertClose.Vector(PlainSoftmax.Probabilities(scores), single, shape.IsSingle ? 1e-6 : 1e-12, $"Row {row}");
                Assert.Equal(Array.IndexOf(scores, scores.Max()) + shape.Shape.FirstLabel, labels[row]);
            }
        }
    }
}
