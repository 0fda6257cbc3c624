using SoftmaxGen.TestModels.Typed;

namespace SoftmaxGen.Tests.Typed;

/// <summary>Labels of an enum, in and out: its values for the user, the same numbers for code that is generic over models.</summary>
public class EnumLabelTests
{
    private static readonly double[] _points = [0, 0, 4, 0, 0, 4, 1, 0, 4, 1, 0, 5];
    private static readonly Grade[] _grades = [Grade.Pass, Grade.Merit, Grade.Distinction, Grade.Pass, Grade.Merit, Grade.Distinction];

    [Fact]
    public void Classes_are_in_the_order_of_the_values()
    {
        Assert.Equal(["Bad", "Fair", "Good"], MoodModel.Shape.ClassNames);
        Assert.Equal(-3, MoodModel.Shape.FirstLabel);
        Assert.Equal(-1, MoodModel.Shape.LastLabel);
        Assert.Equal(1, GradeModel.Shape.FirstLabel);
        Assert.Equal(3, GradeModel.Classes);
    }

    [Theory]
    [InlineData(0, nameof(Mood.Bad))]
    [InlineData(1, nameof(Mood.Fair))]
    [InlineData(2, nameof(Mood.Good))]
    public void A_prediction_is_the_value_of_its_class(int index, string name)
    {
        Mood mood = Enum.Parse<Mood>(name);
        double[] weights = new double[MoodModel.ParameterCount];
        weights[index * (MoodModel.Features + 1)] = 1;
        var model = MoodModel.FromWeights(weights);
        var labels = new Mood[2];
        int[] numbers = new int[2];

        model.PredictBatch(new Readings[2], labels);
        ((ISoftmaxModel<MoodModel, double>)model).PredictBatch(new double[2 * MoodModel.Features], numbers);

        Assert.Equal(mood, model.Predict(default(Readings)));
        Assert.Equal(mood, model.Predict(new double[MoodModel.Features]));
        Assert.Equal([mood, mood], labels);
        Assert.Equal((int)mood, ((ISoftmaxModel<MoodModel, double>)model).Predict(new double[MoodModel.Features]));
        Assert.Equal([(int)mood, (int)mood], numbers);
    }

    [Fact]
    public void Generic_code_trains_and_predicts_with_numbers()
    {
        Assert.Equal([1, 2, 3, 1, 2, 3], TrainAndPredict<PropagatingGradeModel>(_points, [1, 2, 3, 1, 2, 3]));
        Assert.Equal([5, 6, 5, 6], TrainAndPredict<NamedModel>([0, 0, 1, 1, 0, 1, 2, 1], [5, 6, 5, 6]));
        FlowerSample sample = FlowerSample.Of(30);
        Assert.Equal(sample.Expected().Select(static label => (int)label), Predict(FlowerModel.FromWeights(sample.Weights), sample.Rows, 30));

        static int[] TrainAndPredict<TModel>(double[] rows, int[] labels)
            where TModel : class, ISoftmaxModel<TModel, double>
        {
            TModel model = TModel.Train(rows, labels, new TrainingOptions { L2 = 1e-3 }).Model;
            Assert.Equal(labels, rows.Chunk(2).Select(row => model.Predict(row)));
            return Predict(model, rows, labels.Length);
        }

        static int[] Predict<TModel>(TModel model, double[] rows, int count)
            where TModel : class, ISoftmaxModel<TModel, double>
        {
            int[] labels = new int[count];
            model.PredictBatch(rows, labels);
            return labels;
        }
    }

    [Fact]
    public void Loss_and_gradient_are_those_of_the_numbers()
    {
        FlowerSample sample = FlowerSample.Of(50);
        double[] typed = new double[15];
        double[] numbered = new double[15];

        double typedLoss = FlowerModel.LossAndGradient(sample.Weights, sample.Rows, sample.Labels, typed);
        double numberedLoss = LossAndGradient<FlowerModel>(sample.Weights, sample.Rows, sample.Numbers, numbered);

        Assert.Equal(numberedLoss, typedLoss);
        Assert.Equal(numbered, typed);

        // An independent mean loss: log(sum of exponentials) - score of the label.
        double expected = sample.Scores().Zip(sample.Numbers, static (scores, y) => Math.Log(scores.Sum(Math.Exp)) - scores[y]).Average();
        Assert.Equal(expected, typedLoss, 1e-12);
        double[] weights = [0.1, 0.2, -0.3, 0.4, 0.5, -0.6, 0, 1, -1];
        Assert.Equal(
            LossAndGradient<PropagatingGradeModel>(weights, _points, [.. _grades.Select(static grade => (int)grade)], new double[9]),
            PropagatingGradeModel.LossAndGradient(weights, _points, _grades, new double[9]));
    }

    [Fact]
    public void Every_way_to_train_finds_the_same_model()
    {
        FlowerSample sample = FlowerSample.Of(200);
        double[] expected = FlowerModel.Train(sample.Rows, sample.Labels).Model.Weights.ToArray();

        Assert.Equal(expected, Train<FlowerModel>(sample.Rows, sample.Numbers));
        Assert.Equal(expected, FlowerModel.Train(sample.Flowers, sample.Labels).Model.Weights.ToArray());
        Assert.Equal(expected, FlowerModel.Train(sample.Flowers).Model.Weights.ToArray());
        Assert.Equal(expected, FlowerClassModel.Train(sample.Objects).Model.Weights.ToArray());
        Assert.Contains(expected, static weight => weight != 0);

        static double[] Train<TModel>(double[] rows, int[] labels)
            where TModel : class, ISoftmaxModel<TModel, double> => TModel.Train(rows, labels).Model.Weights.ToArray();
    }

    [Fact]
    public void Row_weights_count_in_sets_of_rows()
    {
        FlowerSample sample = FlowerSample.Of(40);
        double[] rowWeights = [.. Enumerable.Range(0, 40).Select(static i => 1 + (i % 3))];
        using TrainingSet<FlowerModel, double> spans = FlowerModel.CreateTrainingSet(sample.Rows, sample.Labels, rowWeights);
        using TrainingSet<FlowerModel, double> rows = FlowerModel.CreateTrainingSet(sample.Flowers, sample.Labels, rowWeights);
        using TrainingSet<FlowerModel, double> labelled = FlowerModel.CreateTrainingSet(sample.Flowers, rowWeights);
        using TrainingSet<FlowerModel, double> unweighted = FlowerModel.CreateTrainingSet(sample.Flowers);

        double expected = spans.LossAndGradient(sample.Weights, new double[15]);

        Assert.Equal(expected, rows.LossAndGradient(sample.Weights, new double[15]));
        Assert.Equal(expected, labelled.LossAndGradient(sample.Weights, new double[15]));
        Assert.NotEqual(expected, unweighted.LossAndGradient(sample.Weights, new double[15]));
    }

    [Fact]
    public void A_label_that_is_an_int_in_the_row_runs_like_the_values()
    {
        Exams<double>.Script[] scripts =
            [.. Enumerable.Range(0, 12).Select(static i => new Exams<double>.Script { @class = i % 3, Seventh = i / 3, Grade = 1 + (i % 3) })];

        GradeModel model = GradeModel.Train(scripts, new TrainingOptions { L2 = 1e-4 }).Model;

        Assert.Equal(scripts.Select(static script => (Grade)script.Grade), scripts.Select(script => model.Predict(script)));
        scripts = [.. scripts, new Exams<double>.Script { @class = 1, Grade = 0 }];
        ArgumentException exception = Assert.Throws<ArgumentException>("rows", () => GradeModel.Train(scripts));
        Assert.Contains("The label of row 12 is 0; labels run from 1 to 3.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, "-1")]
    [InlineData(3, "3")]
    [InlineData(int.MinValue, "-2147483648")]
    public void A_value_outside_the_enum_is_named_with_its_row(int value, string text)
    {
        FlowerSample sample = FlowerSample.Of(40);
        sample.Labels[33] = (Species)value;
        Flower[] flowers = [.. sample.Flowers.Select((flower, i) => flower with { Species = sample.Labels[i] })];
        ArgumentException[] exceptions =
        [
            Assert.Throws<ArgumentException>("labels", () => FlowerModel.LossAndGradient(sample.Weights, sample.Rows, sample.Labels, new double[15])),
            Assert.Throws<ArgumentException>("labels", () => FlowerModel.CreateTrainingSet(sample.Rows, sample.Labels).Dispose()),
            Assert.Throws<ArgumentException>("labels", () => FlowerModel.Train(sample.Rows, sample.Labels)),
            Assert.Throws<ArgumentException>("labels", () => FlowerModel.Train(flowers, sample.Labels)),
            Assert.Throws<ArgumentException>("rows", () => FlowerModel.Train(flowers)),
            Assert.Throws<ArgumentException>("rows", () => FlowerModel.CreateTrainingSet(flowers).Dispose()),
        ];

        Assert.All(
            exceptions, exception => Assert.Contains($"The label of row 33 is {text}; labels run from 0 to 2.", exception.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(4, "4")]
    [InlineData((1L << 32) + 1, "4294967297")]
    [InlineData(long.MinValue, "-9223372036854775808")]
    [InlineData(long.MaxValue, "9223372036854775807")]
    public void A_wide_value_never_wraps_round_to_a_class(long value, string text)
    {
        Grade[] grades = [.. _grades];
        grades[4] = (Grade)value;

        ArgumentException exception = Assert.Throws<ArgumentException>("labels", () => PropagatingGradeModel.Train(_points, grades));

        Assert.Contains($"The label of row 4 is {text}; labels run from 1 to 3.", exception.Message, StringComparison.Ordinal);
    }

    private static double LossAndGradient<TModel>(double[] weights, double[] rows, int[] labels, double[] gradient)
        where TModel : class, ISoftmaxModel<TModel, double> => TModel.LossAndGradient(weights, rows, labels, gradient);
}
