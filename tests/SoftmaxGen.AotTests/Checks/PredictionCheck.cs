using System.Numerics;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;
using SoftmaxGen.TestModels.Typed;

namespace SoftmaxGen.AotTests.Checks;

/// <summary>Labels, scores and probabilities, one row at a time and in batches, against the textbook.</summary>
internal sealed class PredictionCheck : IModelCheck
{
    private const int RowCount = 83;

    /// <inheritdoc/>
    public void Run<TModel, T>()
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Sample sample = Sample.Of(TModel.Shape, RowCount);
        Agrees<TModel, T>(TModel.FromWeights(Numbers.Of<T>(sample.Weights)), sample.Weights, sample.Rows);
        SmallProbabilitiesAreAccurate<TModel, T>(sample);
        NotFiniteIsRefused<TModel, T>(sample);
    }

    /// <summary>Checks a model against the textbook with the same weights.</summary>
    public static void Agrees<TModel, T>(TModel model, double[] weights, double[] rows)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        string name = typeof(TModel).Name;
        double tolerance = shape.Precision == SoftmaxPrecision.Single ? 1e-5 : 1e-13;
        int count = rows.Length / shape.Features;
        T[] narrow = Numbers.Of<T>(rows);
        int[] labels = [.. Enumerable.Repeat(int.MinValue, count)];
        T[] batch = Numbers.Unwritten<T>(count * shape.Classes);
        model.PredictBatch(narrow, labels);
        model.PredictProbabilitiesBatch(narrow, batch);
        for (int row = 0; row < count; row++)
        {
            ReadOnlySpan<T> features = narrow.AsSpan(row * shape.Features, shape.Features);
            double[] expectedScores = PlainSoftmax.Scores(weights, rows.AsSpan(row * shape.Features, shape.Features));
            double[] expected = PlainSoftmax.Probabilities(expectedScores);
            T[] scores = Numbers.Unwritten<T>(shape.Classes);
            T[] probabilities = Numbers.Unwritten<T>(shape.Classes);
            model.PredictScores(features, scores);
            model.PredictProbabilities(features, probabilities);

            double largest = Numbers.Largest(expectedScores);
            Check.AllClose(expectedScores, Numbers.Widened(scores), tolerance * Math.Max(1, largest), $"{name}, row {row}: the scores");
            Check.AllClose(expected, Numbers.Widened(probabilities), tolerance, $"{name}, row {row}: the probabilities");
            double[] ofBatch = Numbers.Widened(batch[(row * shape.Classes)..((row + 1) * shape.Classes)]);
            Check.AllClose(expected, ofBatch, tolerance, $"{name}, row {row} of a batch: the probabilities");

            // The scores are no ties: the textbook's winner is the winner.
            int label = shape.Label(Array.IndexOf(expectedScores, expectedScores.Max()));
            Check.Equal(label, model.Predict(features), $"{name}, row {row}: the label");
            Check.Equal(label, labels[row], $"{name}, row {row} of a batch: the label");
        }
    }

    /// <summary>Checks that a NaN that a model lets through stays in its row, as nothing else does in a vector.</summary>
    public static void MissingValues()
    {
        Sample sample = Sample.Of(Double28x10Propagating.Shape, RowCount);
        var model = Double28x10Propagating.FromWeights(sample.Weights);
        int[] expected = new int[RowCount];
        int[] actual = new int[RowCount];
        double[] probabilities = new double[28 * RowCount];
        model.PredictBatch(sample.Rows, expected);
        for (int row = 0; row < RowCount; row += 7)
        {
            sample.Rows[(row * 10) + (row % 10)] = double.NaN;
            expected[row] = 0;
        }

        model.PredictBatch(sample.Rows, actual);
        model.PredictProbabilitiesBatch(sample.Rows, probabilities);
        Check.AllEqual<int>(expected, actual, "the labels beside NaN");
        for (int i = 0; i < probabilities.Length; i++)
        {
            Check.Equal(i / 28 % 7 == 0, double.IsNaN(probabilities[i]), $"whether probability {i} is NaN");
        }

        var flowers = PropagatingFlowerModel.FromWeights([-9, 1, 1, 1, 1, 0, 1, 2, 3, 4, 9, 4, 3, 2, 1]);
        Check.Equal(Species.Virginica, flowers.Predict(default(Flower)), "the flower without a NaN");
        Check.Equal(Species.Setosa, flowers.Predict(new Flower(0, 0, double.NaN, 0, default)), "the flower with a NaN");
    }

    private static void SmallProbabilitiesAreAccurate<TModel, T>(Sample sample)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isSingle = TModel.Shape.Precision == SoftmaxPrecision.Single;
        TModel model = TModel.FromWeights(Numbers.Of<T>([.. sample.Weights.Select(static weight => weight * 8)]));
        foreach (T[] row in Numbers.Of<T>(sample.Rows).Chunk(TModel.Shape.Features))
        {
            T[] scores = Numbers.Unwritten<T>(TModel.Shape.Classes);
            T[] probabilities = Numbers.Unwritten<T>(TModel.Shape.Classes);
            model.PredictScores(row, scores);
            model.PredictProbabilities(row, probabilities);

            // From the model's own scores: a rounding error of a score is no error of the exponential. What is about to become subnormal may be 0.
            double[] expected = PlainSoftmax.Probabilities(Numbers.Widened(scores));
            for (int j = 0; j < expected.Length; j++)
            {
                double allowed = isSingle ? (2e-5 * expected[j]) + Math.Exp(-87) : (2e-13 * expected[j]) + Math.Exp(-708);
                Check.Close(expected[j], double.CreateChecked(probabilities[j]), allowed, $"{typeof(TModel).Name}: a small probability");
            }
        }
    }

    private static void NotFiniteIsRefused<TModel, T>(Sample sample)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(TModel).Name.EndsWith("Propagating", StringComparison.Ordinal))
        {
            return;
        }

        TModel model = TModel.FromWeights(Numbers.Of<T>(sample.Weights));
        foreach (T value in (T[])[T.NaN, T.PositiveInfinity, T.NegativeInfinity])
        {
            for (int feature = 0; feature < TModel.Shape.Features; feature++)
            {
                T[] rows = Numbers.Of<T>(sample.Rows);
                rows[(50 * TModel.Shape.Features) + feature] = value;
                string what = $"{typeof(TModel).Name}: {value} as feature {feature}";
                Check.Throws<ArgumentException>(() => model.Predict(rows.AsSpan(50 * TModel.Shape.Features, TModel.Shape.Features)), what);
                Check.Throws<ArgumentException>(() => model.PredictBatch(rows, new int[RowCount]), $"{what} of a batch");
                Check.Throws<ArgumentException>(
                    () => model.PredictProbabilitiesBatch(rows, new T[RowCount * TModel.Shape.Classes]), $"{what} of a batch of probabilities");
                Check.Throws<ArgumentException>(() => TModel.CreateTrainingSet(rows, sample.Labels).Dispose(), $"{what} of a training set");
            }
        }
    }
}
