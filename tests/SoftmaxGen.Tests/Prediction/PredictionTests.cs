using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Prediction;

/// <summary>Predictions agree with the textbook and with each other, for every shape.</summary>
public class PredictionTests
{
    private const int RowCount = 37;

    public static TheoryData<string> Shapes => ShapeCase.Names;

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Predictions_agree_with_the_textbook(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        var sample = Sample.Of(shape.Shape, RowCount);
        IPredictor model = shape.FromWeights(sample.Weights);
        double tolerance = shape.IsSingle ? 1e-5 : 1e-13;
        foreach (double[] row in sample.Rows.Chunk(shape.Shape.Features))
        {
            double[] expected = PlainSoftmax.Scores(sample.Weights, row);

            double[] scores = model.Scores(row);
            double[] probabilities = model.Probabilities(row);

            AssertClose.Vector(expected, scores, tolerance, "Scores");
            AssertClose.Vector(PlainSoftmax.Probabilities(expected), probabilities, tolerance, "Probabilities");
            Assert.Equal(1, probabilities.Sum(), shape.IsSingle ? 1e-6 : 1e-14);
            Assert.Equal(LabelOfLargest(shape, scores), model.Predict(row));
        }
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Small_probabilities_are_accurate_too(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        var sample = Sample.Of(shape.Shape, RowCount);
        IPredictor model = shape.FromWeights([.. sample.Weights.Select(weight => weight * 8)]);
        foreach (double[] row in sample.Rows.Chunk(shape.Shape.Features))
        {
            // From the model's own scores: a rounding error of a score is no error of the exponential.
            double[] expected = PlainSoftmax.Probabilities(model.Scores(row));

            double[] probabilities = model.Probabilities(row);

            for (int j = 0; j < expected.Length; j++)
            {
                AssertClose.Equal(expected[j], probabilities[j], AllowedError(shape, expected[j]), "A probability");
            }
        }
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Batches_agree_with_single_rows(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        var sample = Sample.Of(shape.Shape, RowCount);
        IPredictor model = shape.FromWeights(sample.Weights);
        double[][] rows = [.. sample.Rows.Chunk(shape.Shape.Features)];

        Assert.Equal(rows.Select(model.Predict), model.PredictBatch(sample.Rows));
        Assert.Equal(rows.Select(model.Predict), rows.Select(row => model.PredictBatch(row)[0]));
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Every_class_can_win(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        for (int winner = 0; winner < shape.Shape.Classes; winner += 1 + (shape.Shape.Classes / 50))
        {
            var sample = Sample.Of(shape.Shape, 1);
            sample.Weights[winner * (shape.Shape.Features + 1)] = 100;

            IPredictor model = shape.FromWeights(sample.Weights);

            Assert.Equal(winner + shape.Shape.FirstLabel, model.Predict(sample.Rows));
            Assert.Equal(1, model.Probabilities(sample.Rows)[winner], 1e-12);
        }
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Classes_of_equal_weights_are_equally_probable_and_the_lowest_wins(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        var sample = Sample.Of(shape.Shape, RowCount);
        int columns = shape.Shape.Features + 1;
        for (int j = 1; j < shape.Shape.Classes; j++)
        {
            Array.Copy(sample.Weights, 0, sample.Weights, j * columns, columns);
        }

        IPredictor model = shape.FromWeights(sample.Weights);
        foreach (double[] row in sample.Rows.Chunk(shape.Shape.Features))
        {
            double[] probabilities = model.Probabilities(row);
            Assert.All(probabilities, p => Assert.Equal(probabilities[0], p));
            Assert.Equal(1.0 / shape.Shape.Classes, probabilities[0], shape.IsSingle ? 1e-7 : 1e-15);
            Assert.Equal(shape.Shape.FirstLabel, model.Predict(row));
        }
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void A_tie_goes_to_the_lower_of_two_classes(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        int columns = shape.Shape.Features + 1;
        int last = shape.Shape.Classes - 1;
        var sample = Sample.Of(shape.Shape, RowCount);
        sample.Weights[last * columns] = 100;
        for (int j = 0; j < last; j += 1 + (last / 50))
        {
            double[] weights = [.. sample.Weights];
            Array.Copy(weights, last * columns, weights, j * columns, columns);

            int[] labels = shape.FromWeights(weights).PredictBatch(sample.Rows);

            Assert.All(labels, label => Assert.Equal(j + shape.Shape.FirstLabel, label));
        }
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Scores_of_a_million_leave_probabilities_exact(string name)
    {
        // Scores that are exact in both precisions: j - C + 1 in a million, and the last two apart by 1/2.
        ShapeCase shape = ShapeCase.Of(name);
        int classes = shape.Shape.Classes;
        foreach (double sign in (double[])[1, -1])
        {
            double[] scores = [.. Enumerable.Range(0, classes).Select(j => sign * (1_000_000 - j))];
            scores[^1] = scores[^2] + 0.5;
            double[] weights = new double[shape.Shape.ParameterCount];
            for (int j = 0; j < classes; j++)
            {
                weights[j * (shape.Shape.Features + 1)] = scores[j];
            }

            double[] features = new double[shape.Shape.Features];
            double[] probabilities = shape.FromWeights(weights).Probabilities(features);

            AssertClose.Vector(PlainSoftmax.Probabilities(scores), probabilities, shape.IsSingle ? 1e-6 : 1e-14, $"Scores near {scores[0]}");
        }
    }

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Hopeless_classes_have_no_probability(string name)
    {
        ShapeCase shape = ShapeCase.Of(name);
        foreach (double distance in (double[])[86, 87, 88, 103, 104, 707, 708, 709, 745, 746, 1e4, 1e6, 1e30])
        {
            double[] weights = new double[shape.Shape.ParameterCount];
            for (int j = 0; j < shape.Shape.Classes - 1; j++)
            {
                weights[j * (shape.Shape.Features + 1)] = -distance;
            }

            double[] probabilities = shape.FromWeights(weights).Probabilities(new double[shape.Shape.Features]);

            Assert.Equal(1, probabilities[^1]);
            foreach (double p in probabilities[..^1])
            {
                AssertClose.Equal(Math.Exp(-distance), p, AllowedError(shape, Math.Exp(-distance)), $"At distance {distance}: a probability");
            }
        }
    }

    [Fact]
    public void Weights_are_copied_in_and_shown_as_given()
    {
        double[] weights = Sample.Of(Double3x4.Shape, 1).Weights;
        var model = Double3x4.FromWeights(weights);
        double[] given = [.. weights];

        Array.Clear(weights);

        Assert.Equal(given, model.Weights.ToArray());
        Assert.Equal(given[5], Score(model, 1), 1e-15);
    }

    [Fact]
    public void No_prediction_allocates()
    {
        AssertAllocatesNothing(Double3x4.FromWeights(new double[15]), new double[40], new double[3], new double[30], new int[10]);
        AssertAllocatesNothing(Double1000x16.FromWeights(new double[17_000]), new double[32], new double[1000], new double[2000], new int[2]);
        AssertAllocatesNothing(Single10x16.FromWeights(new float[170]), new float[160], new float[10], new float[100], new int[10]);
    }

    [Fact]
    public async Task Threads_share_a_model()
    {
        var sample = Sample.Of(Double10x16.Shape, 500);
        var model = Double10x16.FromWeights(sample.Weights);
        double[] expectedProbabilities = new double[5000];
        int[] expectedLabels = new int[500];
        model.PredictProbabilitiesBatch(sample.Rows, expectedProbabilities);
        model.PredictBatch(sample.Rows, expectedLabels);
        using Barrier start = new(16);

        Task[] callers = [.. Enumerable.Range(0, 16).Select(_ => Task.Factory.StartNew(
            () =>
            {
                double[] probabilities = new double[5000];
                int[] labels = new int[500];
                start.SignalAndWait();
                for (int repetition = 0; repetition < 20; repetition++)
                {
                    model.PredictProbabilitiesBatch(sample.Rows, probabilities);
                    model.PredictBatch(sample.Rows, labels);
                    Assert.Equal(expectedProbabilities, probabilities);
                    Assert.Equal(expectedLabels, labels);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];

        await Task.WhenAll(callers);
    }

    private static double Score(Double3x4 model, int index)
    {
        double[] scores = new double[3];
        model.PredictScores(new double[4], scores);
        return scores[index];
    }

    private static void AssertAllocatesNothing<TModel, T>(ISoftmaxModel<TModel, T> model, T[] rows, T[] classes, T[] batch, int[] labels)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        int features = TModel.Shape.Features;
        AssertAllocation.None(() => model.Predict(rows.AsSpan(0, features)));
        AssertAllocation.None(() => model.PredictScores(rows.AsSpan(0, features), classes));
        AssertAllocation.None(() => model.PredictProbabilities(rows.AsSpan(0, features), classes));
        AssertAllocation.None(() => model.PredictBatch(rows, labels));
        AssertAllocation.None(() => model.PredictProbabilitiesBatch(rows, batch));
    }

    // Relative; and what is about to become subnormal may be 0.
    private static double AllowedError(ShapeCase shape, double probability) =>
        shape.IsSingle ? (2e-5 * probability) + Math.Exp(-87) : (2e-13 * probability) + Math.Exp(-708);

    private static int LabelOfLargest(ShapeCase shape, double[] scores) => Array.IndexOf(scores, scores.Max()) + shape.Shape.FirstLabel;
}
