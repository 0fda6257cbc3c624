using System.Numerics;
using SoftmaxGen.TestModels.Typed;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training.Separability;

public sealed class SeparationTests
{
    [Fact]
    public void Setosa_is_named_with_the_threshold_between_its_largest_petal_and_the_smallest_of_the_others()
    {
        SampleData iris = SampleData.Load("iris");
        using TrainingSet<FlowerModel, double> set =
            FlowerModel.CreateTrainingSet(iris.Rows, [.. iris.Labels.Select(label => (Species)label)]);

        Separation separation = set.FindSeparation()!;

        Assert.False(separation.IsComplete);
        Assert.Equal(50, separation.SeparatedRows);
        Assert.Equal(150, separation.RowCount);
        Assert.Empty(separation.EmptyClasses);
        SeparatedClasses setosa = Assert.Single(separation.Classes);
        Assert.Equal("Setosa is separated from the others by PetalLength < 2.45", setosa.ToString());
        Assert.Equal((0, "Setosa", null, null), (setosa.Label, setosa.ClassName, setosa.OtherLabel, setosa.OtherClassName));
        Assert.Equal((2, 2.45, 150, 0, true), (setosa.Feature!.Value, setosa.Threshold!.Value, setosa.SeparatedRows, setosa.BoundaryRows, setosa.IsComplete));
        Assert.Equal([2.45, 0, 0, -1, 0], setosa.Weights);
        Assert.Equal(
            "Quasi-complete separation: 50 of 150 rows are separated from every other class.\nSetosa is separated from the others by PetalLength < 2.45.",
            separation.ToString());
        AssertDirection(separation.Direction.ToArray(), 3, [.. iris.Rows.Chunk(4)], [.. iris.Labels.Select(label => new[] { label })], 200);
    }

    [Fact]
    public void Versicolor_and_virginica_overlap()
    {
        SampleData iris = SampleData.Load("iris");
        using TrainingSet<Double2x4, double> set = Double2x4.CreateTrainingSet(iris.Rows.AsSpan(200), [.. iris.Labels[50..].Select(label => label - 1)]);

        Assert.Null(set.FindSeparation());
    }

    [Fact]
    public void A_training_that_ends_with_Separable_says_by_what()
    {
        TrainingResult<Double2x1> result = Double2x1.Train([-2, -1, 1, 2], [0, 0, 1, 1], new TrainingOptions { L2 = 0 });

        Assert.Equal(StopReason.Separable, result.StopReason);
        Assert.True(result.Separation!.IsComplete);
        Assert.Equal("0 is separated from 1 by x1 < 0", Assert.Single(result.Separation.Classes).ToString());
        Assert.Equal(1, (result.Separation.Direction[3] - result.Separation.Direction[1]), 1e-6);
        Assert.Null(Double2x1.Train([-2, -1, 1, 2], [0, 0, 1, 1]).Separation);
        Assert.Null(Double2x1.Train([-2, -1, 1, 2], [0, 1, 0, 1], new TrainingOptions { L2 = 0 }).Separation);
    }

    /// <summary>
    /// As in the endometrial cancer data of Heinze and Schemper (2002): a rare finding that only cases have, beside two features that overlap.
    /// </summary>
    [Fact]
    public void A_finding_of_one_class_alone_separates_quasi_completely()
    {
        var random = new Random(79);
        double[] rows = new double[79 * 3];
        int[] labels = new int[79];
        for (int i = 0; i < 79; i++)
        {
            bool found = i < 13;
            labels[i] = found || i % 3 == 0 ? 1 : 0;
            double[] row = [found ? 1 : 0, random.NextDouble(), random.NextDouble()];
            row.CopyTo(rows, i * 3);
        }

        using TrainingSet<Double2x3, double> set = Double2x3.CreateTrainingSet(rows, labels);
        Separation separation = set.FindSeparation()!;

        Assert.False(separation.IsComplete);
        Assert.Equal((13, 79), (separation.SeparatedRows, separation.RowCount));
        SeparatedClasses named = Assert.Single(separation.Classes);
        Assert.Equal("1 is separated from 0 by x1 > 0, but for 66 of 79 rows, which lie on the boundary", named.ToString());
        AssertClose.Vector([0, -0.5, 0, 0, 0, 0.5, 0, 0], separation.Direction.ToArray(), 1e-9, "the direction");
    }

    [Fact]
    public void A_combination_is_written_with_its_features()
    {
        // Along x1 + x2 = 0.
        double[] rows = [-3, 2, 2, -3, -1, 0, 0, -1, 1, 0, 0, 1, 3, -2, -2, 3];
        using TrainingSet<Double2x2, double> set = Double2x2.CreateTrainingSet(rows, [0, 0, 0, 0, 1, 1, 1, 1]);

        Separation separation = set.FindSeparation()!;

        Assert.True(separation.IsComplete);
        SeparatedClasses named = Assert.Single(separation.Classes);
        Assert.Null(named.Feature);
        Assert.Null(named.Threshold);
        Assert.Equal(0, named.Weights[0], 1e-9);
        Assert.Equal(named.Weights[1], named.Weights[2], 1e-9);
        Assert.StartsWith("0 is separated from 1 by -x", named.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_of_classes_are_named_where_no_class_is_separated_from_all_others()
    {
        // Classes 0 and 1 only touch class 2 at 0, and each other nowhere but there.
        using TrainingSet<Double3x1, double> set = Double3x1.CreateTrainingSet([-2, 0, -1, 2, 0, 1, 0, 0], [0, 0, 0, 1, 1, 1, 2, 2]);

        Separation separation = set.FindSeparation()!;

        Assert.False(separation.IsComplete);
        Assert.Equal((4, 8), (separation.SeparatedRows, separation.RowCount));
        Assert.Equal("0 is separated from the others by x1 < 0, but for 4 of 8 rows, which lie on the boundary", separation.Classes[0].ToString());
        Assert.Equal("1 is separated from the others by x1 > 0, but for 4 of 8 rows, which lie on the boundary", separation.Classes[1].ToString());
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1e-6, 0)]
    [InlineData(300, 1.7e9)]
    [InlineData(1e100, -1e101)]
    public void Units_and_offsets_of_the_features_do_not_matter(double scale, double offset)
    {
        SampleData iris = SampleData.Load("iris");
        double[] rows = [.. iris.Rows.Select(x => offset + (scale * x))];
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(rows, iris.Labels);

        Separation separation = set.FindSeparation()!;

        Assert.Equal((50, false), (separation.SeparatedRows, separation.IsComplete));
        SeparatedClasses setosa = Assert.Single(separation.Classes);
        Assert.Equal(2, setosa.Feature);
        Assert.InRange((setosa.Threshold!.Value - offset) / scale, 1.95, 2.95);
    }

    [Fact]
    public void A_gap_that_only_the_last_digit_shows_is_none()
    {
        using TrainingSet<Double2x1, double> set = Double2x1.CreateTrainingSet([0.1, 0.3, 0.1 + 0.2, 0.5], [0, 0, 1, 1]);

        Separation separation = set.FindSeparation()!;

        Assert.False(separation.IsComplete);
        Assert.Equal("0 is separated from 1 by x1 < 0.3, but for 2 of 4 rows, which lie on the boundary", Assert.Single(separation.Classes).ToString());
    }

    [Theory]
    [InlineData(1e-11)]
    [InlineData(1e-6)]
    public void A_small_gap_is_a_gap(double gap)
    {
        using TrainingSet<Double2x1, double> set = Double2x1.CreateTrainingSet([0.1, 0.3, 0.3 + gap, 0.5], [0, 0, 1, 1]);

        Separation separation = set.FindSeparation()!;

        Assert.True(separation.IsComplete);
        Assert.InRange(Assert.Single(separation.Classes).Threshold!.Value, 0.3, 0.3 + gap);
    }

    [Theory]
    [InlineData(1e9)]
    [InlineData(1e12)]
    [InlineData(1e100)]
    public void An_outlying_row_hides_no_gap_and_makes_none(double outlier)
    {
        double[] x = [-2, -1, -0.1, 0.1, 1, outlier];
        using TrainingSet<Double2x1, double> separable = Double2x1.CreateTrainingSet(x, [0, 0, 0, 1, 1, 1]);
        using TrainingSet<Double2x1, double> overlapping = Double2x1.CreateTrainingSet(x, [0, 0, 1, 0, 1, 1]);

        Assert.True(separable.FindSeparation()!.IsComplete);
        Assert.Null(overlapping.FindSeparation());
    }

    [Fact]
    public void Rows_of_weight_0_are_left_out()
    {
        using TrainingSet<Double2x1, double> set = Double2x1.CreateTrainingSet([-2, -1, 1, 2, -3], [0, 0, 1, 1, 1], [1e-12, 1, 1, 1, 0]);

        Separation separation = set.FindSeparation()!;

        Assert.True(separation.IsComplete);
        Assert.Equal((4, 4), (separation.SeparatedRows, separation.RowCount));
    }

    [Fact]
    public void A_class_without_rows_is_named()
    {
        using TrainingSet<Double3x1, double> set = Double3x1.CreateTrainingSet([-2, -1, 1, 2], [0, 2, 0, 2]);

        Separation separation = set.FindSeparation()!;

        Assert.Equal("1", Assert.Single(separation.EmptyClasses));
        Assert.Empty(separation.Classes);
        Assert.Contains("\n1 has no row.", separation.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Soft_labels_hold_their_classes_together()
    {
        double[] rows = [-2, -1, 1, 2];
        AssertSoft([1, 0, 1, 0, 0, 1, 0, 1], true);
        AssertSoft([1, 0, 0.5, 0.5, 0, 1, 0, 1], true);
        AssertSoft([1, 0, 0.5, 0.5, 0.5, 0.5, 0, 1], false);
        AssertSoft([1, 0, 1, 0, 0, 1, 0.1, 0.9], false);
        AssertSoft([1, 0, 1, 0, 0.4, 0.6, 0, 1], true);
        AssertSoft([1, 0, 0.9, 0.1, 0, 1, 0.2, 0.8], false);

        void AssertSoft(double[] targets, bool separated)
        {
            using var set = new TrainingSet<Double2x1, double>(new TrainingRows<double> { Rows = rows, Targets = targets });
            Separation? separation = set.FindSeparation();
            Assert.Equal(separated, separation is not null);
            Assert.Equal(separation?.IsComplete ?? false, separated && targets.All(target => target is 0 or 1));
        }
    }

    [Fact]
    public void Single_precision_is_searched_alike()
    {
        using TrainingSet<Single2x1, float> set = Single2x1.CreateTrainingSet([0.1f, 0.2f, 0.2f, 0.3f], [0, 0, 1, 1]);

        Separation separation = set.FindSeparation()!;

        Assert.False(separation.IsComplete);
        Assert.Equal(2, separation.SeparatedRows);
        Assert.Equal(2, Assert.Single(separation.Classes).BoundaryRows);
    }

    /// <summary>
    /// Random sets of whole numbers, many of them separable, quasi-separable, with rows alike, far out or of weight 0, dummies, collinear and
    /// constant features, in various units.
    /// </summary>
    [Fact]
    public void Random_sets_are_separated_as_far_as_the_linear_program_says()
    {
        var random = new Random(1);
        int[] kinds = new int[3];
        for (int i = 0; i < 150; i++)
        {
            kinds[AssertAgrees<Double2x1>(random)]++;
            kinds[AssertAgrees<Double2x3>(random)]++;
            kinds[AssertAgrees<Double3x1>(random)]++;
            kinds[AssertAgrees<Double3x2>(random)]++;
            kinds[AssertAgrees<Double4x2>(random)]++;
        }

        // None, quasi-complete and complete.
        Assert.All(kinds, count => Assert.True(count > 50, string.Join(", ", kinds)));
    }

    private static int AssertAgrees<TModel>(Random random)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        ModelShape shape = TModel.Shape;
        int count = shape.Classes + random.Next(7);
        int values = 1 + random.Next(5);
        int kind = random.Next(4);
        double[] coefficients = [.. Enumerable.Range(0, shape.ParameterCount).Select(_ => (double)random.Next(-2, 3))];
        double[][] rows = [.. Enumerable.Range(0, count).Select(_ => Row())];
        int[] labels = [.. rows.Select((row, i) => i < shape.Classes ? i : Label(row))];
        double[] weights = [.. rows.Select((_, i) => i < shape.Classes || random.Next(6) > 0 ? 1.0 : 0)];
        Units units = random.Next(2) == 0 ? Units.Draw(shape.Features, random) : Units.None(shape.Features);
        double[] measured = [.. rows.SelectMany(units.Measure)];
        using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(measured, [.. labels.Select(y => shape.FirstLabel + y)], weights);
        Separation? separation = set.FindSeparation();

        double[][] counted = [.. rows.Where((_, i) => weights[i] > 0)];
        int[][] classes = [.. labels.Where((_, i) => weights[i] > 0).Select(y => new[] { y })];
        int expected = SeparationProgram.CountSeparated(counted, classes, shape.Classes);
        if (expected == 0)
        {
            Assert.Null(separation);
            return 0;
        }

        Assert.NotNull(separation);
        AssertDirection(units.OfNumbers(separation.Direction), shape.Classes, counted, classes, expected);
        Assert.Equal(expected == counted.Length * (shape.Classes - 1), separation.IsComplete);
        Assert.Equal(counted.Length, separation.RowCount);
        AssertNames(separation, units, counted, classes);
        return separation.IsComplete ? 2 : 1;

        double[] Row()
        {
            double[] row = [.. Enumerable.Range(0, shape.Features).Select(_ => (double)random.Next(-values, values + 1))];
            if (random.Next(4) == 0)
            {
                row[^1] = row[0];
            }

            double factor = random.Next(30) == 0 ? 1000 : 1;
            return [.. row.Select(x => factor * x)];
        }

        int Label(double[] row)
        {
            double[] scores = PlainSoftmax.Scores(coefficients, row);
            return kind == 0 ? random.Next(shape.Classes) : Array.IndexOf(scores, scores.Max());
        }
    }

    /// <summary>Checks the promise of the direction in plain arithmetic, and that it separates as much as can be.</summary>
    private static void AssertDirection(double[] direction, int classes, double[][] rows, int[][] ownClasses, int expected)
    {
        int separated = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double[] scores = PlainSoftmax.Scores(direction, rows[i]);
            double largest = direction.Max(Math.Abs) * (1 + rows[i].Max(Math.Abs));
            for (int j = 0; j < classes; j++)
            {
                double margin = scores[ownClasses[i][0]] - scores[j];
                bool isOne = margin >= 1 - (1e-9 * largest);
                Assert.True(isOne || Math.Abs(margin) <= 1e-9 * largest, $"The margin of row {i} to class {j} is {margin:R}.");
                separated += isOne ? 1 : 0;
            }
        }

        Assert.Equal(expected, separated);
    }

    /// <summary>Checks what is said of each pair of classes.</summary>
    private static void AssertNames(Separation separation, Units units, double[][] rows, int[][] ownClasses)
    {
        Assert.NotEmpty(separation.Classes);

        // A combination is a difference of two rows of the direction, and rounded like these.
        double largestOfDirection = units.OfNumbers(separation.Direction).Max(Math.Abs);
        foreach (SeparatedClasses named in separation.Classes)
        {
            double[] weights = units.OfNumbers(named.Weights);
            int beyond = 0;
            int boundary = 0;
            for (int i = 0; i < rows.Length; i++)
            {
                int y = ownClasses[i][0];
                if (y == named.Label || named.OtherLabel is null || y == named.OtherLabel)
                {
                    double largest = Math.Max(weights.Max(Math.Abs), named.Feature is null ? largestOfDirection : 0) * (1 + rows[i].Max(Math.Abs));
                    double side = PlainSoftmax.Scores(weights, rows[i])[0] * (y == named.Label ? 1 : -1);
                    Assert.True(side >= -1e-9 * largest, $"{named}: row {i} lies at {side:R}.");
                    beyond += side > 1e-9 * largest ? 1 : 0;
                    boundary += side > 1e-9 * largest ? 0 : 1;
                }
            }

            Assert.Equal((named.SeparatedRows, named.BoundaryRows), (beyond, boundary));
            Assert.Equal(named.Feature is null, named.Threshold is null);
        }
    }

    /// <summary>
    /// Units in which numbers are measured, <c>scale * (x + offset)</c>; powers of 2 and whole numbers, so that nothing is rounded.
    /// </summary>
    private sealed record Units(double[] Scales, double[] Offsets)
    {
        public static Units None(int features) => new([.. Enumerable.Repeat(1.0, features)], new double[features]);

        public static Units Draw(int features, Random random) => new(
            [.. Enumerable.Range(0, features).Select(_ => Math.ScaleB(1, random.Next(-60, 60)))],
            [.. Enumerable.Range(0, features).Select(_ => (double)random.Next(-1000, 1000))]);

        public double[] Measure(double[] row) => [.. row.Select((x, k) => Scales[k] * (x + Offsets[k]))];

        /// <summary>Turns weights of the measured features into those of the numbers.</summary>
        public double[] OfNumbers(ReadOnlySpan<double> weights)
        {
            double[] result = weights.ToArray();
            for (int i = 0; i < result.Length; i++)
            {
                int k = i % (Scales.Length + 1);
                if (k > 0)
                {
                    result[i] *= Scales[k - 1];
                    result[i - k] += result[i] * Offsets[k - 1];
                }
            }

            return result;
        }
    }
}
