using SoftmaxGen.TestModels.Data;
using SoftmaxGen.Tests.Oracles;
using SoftmaxGen.Training;

namespace SoftmaxGen.Tests.Training;

/// <summary>
/// What an objective shows of its rows: each row of positive weight as the caller gave it, the same row centred, the probabilities of its classes and its
/// weight. The truth is the caller's arrays and the textbook's probabilities of them.
/// </summary>
public sealed class VisitedRowsTests
{
    public static TheoryData<int, int, bool, bool, bool> Cases
    {
        get
        {
            // A row, less than a block, a block and the rows about it, and many.
            var cases = new TheoryData<int, int, bool, bool, bool>();
            foreach (int rowCount in new[] { 1, 3, 7, 8, 9, 15, 16, 17, 63, 64, 65, 129, 1000, 8193 })
            {
                foreach (int stride in new[] { 1, 2, 7 })
                {
                    bool hasWeights = (rowCount + stride) % 2 == 0;
                    cases.Add(rowCount, stride, hasWeights, stride == 2, true);
                    cases.Add(rowCount, stride, !hasWeights, stride != 2, false);
                }
            }

            return cases;
        }
    }

    [LongTheory(every: 11)]
    [MemberData(nameof(Cases))]
    public void Probabilities_come_with_the_row_as_it_was_given(int rowCount, int stride, bool hasWeights, bool hasOffsets, bool standardize)
    {
        Check<Double2x1>(rowCount, stride, hasWeights, hasOffsets, standardize);
        Check<Double2x9>(rowCount, stride, hasWeights, hasOffsets, standardize);
        Check<Double3x4>(rowCount, stride, hasWeights, hasOffsets, standardize);
        Check<Double7x8>(rowCount, stride, hasWeights, hasOffsets, standardize);
        Check<Double26x7>(rowCount, stride, hasWeights, hasOffsets, standardize);
    }

    [Fact]
    public void A_row_in_single_precision_is_the_same_in_double()
    {
        float[] rows = [.. Enumerable.Range(0, 51).Select(i => (float)(1000 + Math.Sin(i)))];
        using var set = new TrainingSet<MomentsModelSingle, float>(rows, [.. Enumerable.Range(0, 17).Select(i => i % 2)]);
        var objective = new Objective(set, l2: 0.1, standardize: true, maxThreads: 1);
        var visited = new List<double>();

        objective.VisitProbabilities(new double[objective.ParameterCount], 1, (row, _, _, _) => visited.AddRange(row[1..]));

        Assert.Equal(Array.ConvertAll(rows, x => (double)x), visited);
    }

    [Fact]
    public void Rows_that_were_left_out_are_not_shown()
    {
        double[] rows = [1, double.NaN, 3, 4, 5, 6, double.NaN, 8];
        using var set = new TrainingSet<Double2x2, double>(
            new() { Rows = rows, Labels = [0, 1, 0, 1], RowWeights = [1, 2, 3, 4], IncompleteRows = IncompleteRows.Skip });
        var objective = new Objective(set, l2: 0, standardize: true, maxThreads: 1);
        var visited = new List<double>();

        double total = objective.VisitProbabilities(new double[6], 1, (row, _, p, weight) => visited.AddRange([.. row, .. p, weight]));

        Assert.Equal([1, 3, 4, 0.5, 0.5, 2, 1, 5, 6, 0.5, 0.5, 3], visited);
        Assert.Equal(5, total);
    }

    /// <summary>Recentring takes the mean and the deviation of raw features, as rows weigh in the Hessian: a row's <c>w sum_j p_j (1 - p_j)</c>.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(-1e6)]
    public void Recentring_finds_the_raw_means_and_deviations_where_the_objective_curves(double offset)
    {
        var random = new Random(5);
        double[] rows = [.. Enumerable.Range(0, 400).Select(i => offset + (Math.Pow(10, i % 4) * random.NextDouble()))];
        int[] labels = [.. Enumerable.Range(0, 100).Select(_ => random.Next(3))];
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(rows, labels);
        var objective = new Objective(set, l2: 0, standardize: true, maxThreads: 1);
        double[] point = Point(objective.ParameterCount, random);
        double[] other = Point(objective.ParameterCount, random);
        double[] weights = objective.ToWeights(point);
        double[] otherWeights = objective.ToWeights(other);
        double[] curvatures = [.. rows.Chunk(4).Select(x => PlainSoftmax.Probabilities(PlainSoftmax.Scores(weights, x)).Sum(p => p * (1 - p)))];

        objective.Recentre(point, other);

        for (int k = 0; k < 4; k++)
        {
            double mean = curvatures.Select((c, i) => c * (rows[(4 * i) + k] - offset)).Sum() / curvatures.Sum();
            double deviation = Math.Sqrt(curvatures.Select((c, i) => c * Math.Pow(rows[(4 * i) + k] - offset - mean, 2)).Sum() / curvatures.Sum());
            Assert.Equal(1, objective.Scale(k) / deviation, 1e-6);
            Assert.Equal(1, objective.Cancellation(k + 1) / (1 + Math.Pow((offset + mean) / deviation, 2)), 1e-6);
        }

        // The points mean what they meant.
        AssertVector.Close(weights, objective.ToWeights(point), 1e-6 * weights.Max(Math.Abs));
        AssertVector.Close(otherWeights, objective.ToWeights(other), 1e-6 * otherWeights.Max(Math.Abs));
    }

    private static void Check<TModel>(int rowCount, int stride, bool hasWeights, bool hasOffsets, bool standardize)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        ModelShape shape = TModel.Shape;
        (int classes, int features) = (shape.Classes, shape.Features);
        var random = new Random((1009 * rowCount) + stride + shape.ParameterCount);

        // Features far from zero and of unlike scales, so that a row that is centred is another row; the last one is the same in every row.
        double[] rows = [.. Enumerable.Range(0, rowCount * features).Select(i => Feature(i % features))];
        double[] rowWeights = hasWeights ? [.. Enumerable.Range(0, rowCount).Select(i => i % 4 == 1 ? 0 : 0.5 + random.NextDouble())] : [];
        double[] offsets = hasOffsets ? Point(rowCount * classes, random) : [];
        using var set = new TrainingSet<TModel, double>(new()
        {
            Rows = rows,
            Labels = [.. Enumerable.Range(0, rowCount).Select(i => shape.FirstLabel + (i % classes))],
            RowWeights = rowWeights,
            Offsets = offsets,
        });
        var objective = new Objective(set, l2: 0.1, standardize, maxThreads: 1);
        double[] point = Point(objective.ParameterCount, random);
        double[] weights = objective.ToWeights(point);
        int[] expected = [.. Enumerable.Range(0, rowCount).Where(i => i % stride == 0 && (!hasWeights || rowWeights[i] > 0))];
        int visited = 0;

        double total = objective.VisitProbabilities(point, stride, (row, centred, p, weight) =>
        {
            int i = expected[visited++];
            double[] x = rows[(i * features)..((i + 1) * features)];
            double[] scores = PlainSoftmax.Scores(weights, x);
            Assert.Equal([1, .. x], row.ToArray());
            Assert.Equal(hasWeights ? rowWeights[i] : 1, weight);
            AssertVector.Close(
                PlainSoftmax.Probabilities([.. scores.Select((score, j) => score + (hasOffsets ? offsets[(i * classes) + j] : 0))]), p, 1e-9);

            // Centred, a row has with the point the scores that it has with the weights, but for what all classes share.
            double[] z = centred.ToArray();
            double[] ofPoint = [.. point.Chunk(features + 1).Select(v => v.Zip(z, (a, b) => a * b).Sum())];
            AssertVector.Close([.. scores.Select(score => score - scores[0])], [.. ofPoint.Select(score => score - ofPoint[0])], 1e-8);
        });

        Assert.Equal(expected.Length, visited);
        Assert.Equal(expected.Sum(i => hasWeights ? rowWeights[i] : 1), total, 1e-9);

        double Feature(int k) => k == features - 1 && features > 1 ? 7 : Math.Pow(10, k % 3) * (20 + Normal(random));
    }

    private static double[] Point(int length, Random random) => [.. Enumerable.Range(0, length).Select(_ => Normal(random))];

    // Box and Muller.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
