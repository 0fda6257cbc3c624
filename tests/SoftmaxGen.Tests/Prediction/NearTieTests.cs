using System.Numerics;
using System.Reflection;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.TestModels.Pretrained;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Prediction;

/// <summary>
/// The label is that of the largest score in every member, where rounding alone decides which that is: a row and a batch, one width and another, a label,
/// its probability and an evaluation agree only when they compare the same numbers.
/// </summary>
public class NearTieTests
{
    // Several tiles, whole blocks behind them, and rows that fill no block.
    private const int RowCount = 205;

    public static TheoryData<string> Shapes => ShapeCase.Names;

    [ShapeTheory]
    [MemberData(nameof(Shapes))]
    public void Every_member_names_the_class_with_the_largest_score(string name) => Invoke(nameof(CheckShape), name);

    [Fact]
    public void Rounding_decides_about_these_rows()
    {
        Assert.InRange(CountOtherAnswers<Single2x11, float>(), 10, 2 * RowCount);
        Assert.InRange(CountOtherAnswers<Single2x3, float>(), 10, 2 * RowCount);
        Assert.InRange(CountOtherAnswers<Double2x30, double>(), 10, 2 * RowCount);
        Assert.InRange(CountOtherAnswers<Single4x8, float>(), 10, 2 * RowCount);
        Assert.InRange(CountOtherAnswers<Double7x17, double>(), 10, 2 * RowCount);
    }

    [Fact]
    public void Scores_that_round_to_the_other_order_follow_the_label()
    {
        // Exactly: W_1 - W_0 = (7 - 4) 2^-25 for a feature of 1; the scores round to 1.0486609 both.
        float[] weights = [0.3825908f, 0.66607016f, 0.382591f, 0.66607004f];
        var model = Single2x1.FromWeights(weights);
        float[] scores = new float[2];
        model.PredictScores([1], scores);

        Assert.True((double)weights[2] + weights[3] > (double)weights[0] + weights[1]);
        Assert.True(scores[1] > scores[0]);
        CheckMembers<Single2x1, float>(model, [1]);
        Assert.Equal(1, model.Predict([1]));
    }

    [Fact]
    public void Skipping_zeros_decides_like_multiplying_them()
    {
        CheckBoundaries<Sparse10x65, double>(Sparse10x65.Pretrained);
        CheckBoundaries<SparseSingle17x33, float>(SparseSingle17x33.Pretrained);
        CheckBoundaries<Sparse70x17, double>(Sparse70x17.Pretrained);
        CheckBoundaries<Sparse3x30, double>(Sparse3x30.Pretrained);
        CheckBoundaries<Folded, double>(Folded.Pretrained);
        CheckBoundaries<FoldedSingle, float>(FoldedSingle.Pretrained);
    }

    private static void Invoke(string check, string name)
    {
        Type model = typeof(Double3x4).Assembly.GetType($"{typeof(Double3x4).Namespace}.{name}", throwOnError: true)!;
        Type scalar = ShapeCase.Of(name).IsSingle ? typeof(float) : typeof(double);
        MethodInfo method = typeof(NearTieTests).GetMethod(check, BindingFlags.Static | BindingFlags.NonPublic)!;
        method.MakeGenericMethod(model, scalar).Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null);
    }

    private static void CheckShape<TModel, T>()
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach ((T[] weights, T[] rows) in NearTies<T>(TModel.Shape))
        {
            CheckMembers<TModel, T>(TModel.FromWeights(weights), rows);
        }
    }

    private static void CheckMembers<TModel, T>(TModel model, T[] rows)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        int count = rows.Length / shape.Features;
        int[] labels = new int[count];
        int[] batch = new int[count];
        T[] batchProbabilities = new T[count * shape.Classes];
        T[] scores = new T[shape.Classes];
        T[] probabilities = new T[shape.Classes];
        var top = new (int Label, T Probability)[2];
        var members = new Members<T>(model);
        model.PredictBatch(rows, batch);
        model.PredictProbabilitiesBatch(rows, batchProbabilities);
        for (int row = 0; row < count; row++)
        {
            T[] x = rows[(row * shape.Features)..((row + 1) * shape.Features)];
            int label = labels[row] = model.Predict(x);
            int best = label - shape.FirstLabel;
            model.PredictScores(x, scores);
            model.PredictProbabilities(x, probabilities);

            Assert.Equal(Array.IndexOf(scores, scores.Max()), best);
            Assert.Equal(probabilities.Max(), probabilities[best]);
            Assert.Equal(label, batch[row]);
            T[] ofBatch = batchProbabilities[(row * shape.Classes)..((row + 1) * shape.Classes)];
            Assert.Equal(ofBatch.Max(), ofBatch[best]);

            Assert.Equal(label, members.Predict(x, out T probability));
            Assert.Equal(double.CreateChecked(probabilities[best]), double.CreateChecked(probability), typeof(T) == typeof(float) ? 1e-6 : 1e-14);
            Assert.True(members.TryPredict(x, probability, out int tried));
            Assert.Equal(label, tried);
            Assert.Equal(label, members.PredictWithMargin(x, out T margin));
            Assert.True(margin >= T.Zero);
            members.PredictTop(x, top);
            Assert.Equal(label, top[0].Label);
            scores[best] = T.NegativeInfinity;
            Assert.Equal(Array.IndexOf(scores, scores.Max()), top[1].Label - shape.FirstLabel);
        }

        Assert.Equal(count, ((ISoftmaxModel<TModel, T>)model).Evaluate<TModel, T>(rows, labels).ConfusionMatrix.Correct);
    }

    private static IEnumerable<(T[] Weights, T[] Rows)> NearTies<T>(ModelShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random((1009 * shape.Classes) + shape.Features);
        yield return (ShuffledWeights<T>(shape, random), EqualFeatures<T>(shape, random));
        yield return (NeighbouringWeights<T>(shape, random, 1), Numbers<T>(RowCount * shape.Features, random, 4));
        yield return (NeighbouringWeights<T>(shape, random, 1e5), Numbers<T>(RowCount * shape.Features, random, 1));
    }

    // All classes have the same weights in another order, and all features of a row are equal: the scores are the same number but for rounding.
    private static T[] ShuffledWeights<T>(ModelShape shape, Random random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] row = Numbers<T>(shape.Features, random, 1);
        var weights = new List<T>();
        for (int j = 0; j < shape.Classes; j++)
        {
            random.Shuffle(row);
            weights.Add(T.CreateChecked(0.125));
            weights.AddRange(row);
        }

        return [.. weights];
    }

    private static T[] EqualFeatures<T>(ModelShape shape, Random random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Numbers<T>(RowCount, random, 1).SelectMany(value => Enumerable.Repeat(value, shape.Features))];

    // The weights of the classes are a few numbers of their type apart.
    private static T[] NeighbouringWeights<T>(ModelShape shape, Random random, double width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] row = Numbers<T>(shape.Features + 1, random, width);
        return [.. Enumerable.Range(0, shape.Classes).SelectMany(_ => row.Select(weight => Neighbour(weight, random.Next(-4, 5))))];
    }

    private static T Neighbour<T>(T value, int steps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (; steps != 0; steps -= Math.Sign(steps))
        {
            value = steps > 0 ? T.BitIncrement(value) : T.BitDecrement(value);
        }

        return value;
    }

    private static T[] Numbers<T>(int count, Random random, double width)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Enumerable.Range(0, count).Select(_ => T.CreateChecked((random.NextDouble() - 0.5) * width))];

    // Scores summed one product after the other, each of them rounded, from the last feature to the first.
    private static int CountOtherAnswers<TModel, T>()
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int others = 0;
        int features = TModel.Shape.Features;
        foreach ((T[] weights, T[] rows) in NearTies<T>(TModel.Shape).Take(2))
        {
            TModel model = TModel.FromWeights(weights);
            T[] backwards = [.. weights.Chunk(features + 1).SelectMany(static row => row.Take(1).Concat(row.Skip(1).Reverse()))];
            T[] scores = new T[TModel.Shape.Classes];
            foreach (T[] row in rows.Chunk(features))
            {
                PlainScores.Compute<T>(backwards, [.. row.Reverse()], scores);
                others += model.Predict(row) - TModel.Shape.FirstLabel == Ranking<T>.IndexOfLargest(scores) ? 0 : 1;
            }
        }

        return others;
    }

    // Two rows of different labels, and halves of what is between them until no number is.
    private static void CheckBoundaries<TModel, T>(TModel pretrained)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        var random = new Random(shape.Features);
        TModel loaded = TModel.FromWeights(pretrained.Weights);
        var rows = new List<T>();
        for (int pair = 0; pair < 40; pair++)
        {
            T[] a = Numbers<T>(shape.Features, random, 8);
            T[] b = Numbers<T>(shape.Features, random, 8);
            int label = pretrained.Predict(a);
            for (int halving = 0; halving < 60 && pretrained.Predict(b) != label; halving++)
            {
                T[] middle = [.. a.Zip(b, static (from, to) => from + ((to - from) / T.CreateChecked(2)))];
                (a, b) = pretrained.Predict(middle) == label ? (middle, b) : (a, middle);
            }

            rows.AddRange(a);
            rows.AddRange(b);
        }

        CheckMembers<TModel, T>(pretrained, [.. rows]);
        CheckMembers<TModel, T>(loaded, [.. rows]);
        foreach (T[] row in rows.Chunk(shape.Features))
        {
            Assert.Equal(loaded.Predict(row), pretrained.Predict(row));
        }
    }

    /// <summary>The members that no interface has.</summary>
    private sealed class Members<T>(object model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public PredictWithNumber<T> Predict { get; } =
            Member(model, "Predict", typeof(ReadOnlySpan<T>), typeof(T).MakeByRefType()).CreateDelegate<PredictWithNumber<T>>(model);

        public PredictWithNumber<T> PredictWithMargin { get; } =
            Member(model, "PredictWithMargin", typeof(ReadOnlySpan<T>), typeof(T).MakeByRefType()).CreateDelegate<PredictWithNumber<T>>(model);

        public TryPredict<T> TryPredict { get; } =
            Member(model, "TryPredict", typeof(ReadOnlySpan<T>), typeof(T), typeof(int).MakeByRefType()).CreateDelegate<TryPredict<T>>(model);

        public PredictTop<T> PredictTop { get; } =
            Member(model, "PredictTop", typeof(ReadOnlySpan<T>), typeof(Span<(int Label, T Probability)>)).CreateDelegate<PredictTop<T>>(model);

        private static MethodInfo Member(object model, string name, params Type[] parameters) => model.GetType().GetMethod(name, parameters)!;
    }

    private delegate int PredictWithNumber<T>(ReadOnlySpan<T> features, out T number);

    private delegate bool TryPredict<T>(ReadOnlySpan<T> features, T minProbability, out int label);

    private delegate void PredictTop<T>(ReadOnlySpan<T> features, Span<(int Label, T Probability)> top);
}
