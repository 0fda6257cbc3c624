using System.Globalization;
using System.Text.Json;
using Models;

namespace SoftmaxGen.Tool.Tests;

/// <summary>From the penguins to a model and its code, which are those that the library makes of the same rows.</summary>
public sealed class TrainTests : IDisposable
{
    private readonly Tool _tool = new();

    private string ModelPath => _tool["penguins.softmax.json"];

    [Fact]
    public async Task The_code_is_that_of_a_person_and_predicts_to_the_bit()
    {
        await TrainAsync("--code", _tool["Penguin.cs"]);
        string predictions = await _tool.RunWellAsync("predict", ModelPath, Tool.Sample("penguins.csv"), "--probabilities");

        // The file is compiled into these tests.
        string compiled = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Written", "Penguin.cs"));
        Assert.Equal(compiled, await File.ReadAllTextAsync(_tool["Penguin.cs"]));
        PenguinModel model = PenguinModel.Load(ModelPath);
        Penguin[] penguins = ReadPenguins();
        string[] lines = predictions.TrimEnd().Split(Environment.NewLine);
        Assert.Equal("prediction,P(Adelie),P(Chinstrap),P(Gentoo)", lines[0]);
        Assert.Equal(penguins.Length, lines.Length - 1);
        double[] expected = new double[3];
        for (int row = 0; row < penguins.Length; row++)
        {
            string[] cells = lines[row + 1].Split(',');
            model.PredictProbabilities(in penguins[row], expected);
            Assert.Equal(model.Predict(penguins[row]).ToString(), cells[0]);
            Assert.Equal(expected, cells[1..].Select(static cell => double.Parse(cell, CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public async Task The_model_is_the_one_that_the_library_trains()
    {
        string output = await TrainAsync("--json");

        using JsonDocument result = JsonDocument.Parse(output);
        using TrainingSet<PenguinModel, double> set = PenguinModel.CreateTrainingSet(ReadPenguins());
        L2PathPoint best = L2Path.Run(set).Best;
        TrainingResult<PenguinModel> expected = SoftmaxTrainer.Train(set, new TrainingOptions { L2 = best.L2 });
        Assert.Equal(best.L2, result.RootElement.GetProperty("l2").GetDouble());
        Assert.Equal(expected.Loss, result.RootElement.GetProperty("loss").GetDouble());
        JsonElement validation = result.RootElement.GetProperty("crossValidation");
        Assert.Equal(best.CrossValidation.Accuracy.Mean, validation.GetProperty("accuracy").GetProperty("mean").GetDouble());
        Assert.Equal(best.CrossValidation.LogLoss.StandardError, validation.GetProperty("logLoss").GetProperty("standardError").GetDouble());
        Assert.Equal([152, 68, 124], validation.GetProperty("classes").EnumerateArray().Select(static one => one.GetProperty("rows").GetInt32()));
        Assert.Equal(expected.Model.Weights, PenguinModel.Load(ModelPath).Weights);
    }

    [Fact]
    public async Task It_says_what_it_made_of_the_columns()
    {
        string output = await TrainAsync();

        Assert.Contains("344 rows; species is one of Adelie, Chinstrap, Gentoo", output, StringComparison.Ordinal);
        Assert.Contains("sex                2 levels  female, male; 11 blanks", output, StringComparison.Ordinal);
        Assert.Contains("flipper_length_mm  number    integers; 2 blanks", output, StringComparison.Ordinal);
        Assert.Contains("in 5 folds: accuracy 0.98", output, StringComparison.Ordinal);
        Assert.Contains("class      precision  recall      F1  rows", output, StringComparison.Ordinal);
        Assert.Equal("", _tool.Error);
    }

    [Fact]
    public async Task What_the_user_says_overrules()
    {
        await TrainAsync(
            "--ignore", "island", "--column", "year=categories", "--column", "body_mass_g=buckets(3500,4500)", "--column", "bill_length_mm=knots(45)",
            "--column", "sex=hashed(8)", "--column", "flipper_length_mm=number?", "--l2", "0.01", "--folds", "3", "--json");

        using JsonDocument result = JsonDocument.Parse(_tool.Output);
        Assert.Equal(
            [
                "island: ignored", "bill_length_mm: knots", "bill_depth_mm: number", "flipper_length_mm: number", "body_mass_g: intervals", "sex: hashed",
                "year: 3 levels",
            ],
            result.RootElement.GetProperty("columns").EnumerateArray().Select(static one => $"{one.GetProperty("name")}: {one.GetProperty("is")}"));
        Assert.Equal(0.01, result.RootElement.GetProperty("l2").GetDouble());
        Assert.Equal(3, result.RootElement.GetProperty("crossValidation").GetProperty("folds").GetInt32());
        Assert.Equal(344, (await _tool.RunWellAsync("predict", ModelPath, Tool.Sample("penguins.csv"))).Split('\n').Length - 2);
    }

    [Theory]
    [InlineData("iris.csv", "species")]
    [InlineData("wine.csv", "cultivar")]
    public async Task Samples_are_learnt(string file, string label)
    {
        await _tool.RunWellAsync("train", Tool.Sample(file), "--label", label, "--out", ModelPath);

        Assert.Contains("accuracy 0.9", _tool.Output, StringComparison.Ordinal);
        await _tool.RunWellAsync("evaluate", ModelPath, Tool.Sample(file), "--json");
        using JsonDocument evaluation = JsonDocument.Parse(_tool.Output);
        Assert.True(evaluation.RootElement.GetProperty("accuracy").GetDouble() > 0.95);
    }

    [Theory]
    [InlineData("--label: say which column to predict. The columns of ", "penguins.csv are species, island")]
    [InlineData("there is no column 'Species'; did you mean 'species'?", "", "--label", "Species")]
    [InlineData("has no column 'x'; its columns are species", "", "--label", "species", "--ignore", "x")]
    [InlineData("--column: 'species' is the label", "", "--label", "species", "--column", "species=number")]
    [InlineData("the kind must be number, flag", "", "--label", "species", "--column", "year=numbr")]
    [InlineData("the kind must be number, flag", "", "--label", "species", "--column", "year=buckets")]
    [InlineData("'a' is no number", "", "--label", "species", "--column", "year=buckets(a)")]
    [InlineData("write NAME=KIND", "", "--label", "species", "--column", "year")]
    [InlineData("--folds 1: two at least", "", "--label", "species", "--folds", "1")]
    [InlineData("--separator \"ab\": one character", "", "--label", "species", "--separator", "ab")]
    [InlineData("there is no encoding 'x'", "utf-8, utf-16", "--label", "species", "--encoding", "x")]
    [InlineData("--unknown", "softmaxgen train --help", "--label", "species", "--unknown")]
    [InlineData("--namespace: 'a b' is no namespace", "", "--label", "species", "--namespace", "a b", "--code", "unwritten.cs")]
    public async Task Wrong_use_is_told(string expected, string more, params string[] arguments)
    {
        int code = await _tool.RunAsync(["train", Tool.Sample("penguins.csv"), "--out", ModelPath, .. arguments]);

        Assert.Contains(expected, _tool.Error, StringComparison.Ordinal);
        Assert.Contains(more, _tool.Error, StringComparison.Ordinal);
        Assert.Equal(_tool.Error.Contains("there is no column", StringComparison.Ordinal) ? 1 : 2, code);
        Assert.Equal("", _tool.Output);
    }

    public void Dispose() => _tool.Dispose();

    private static Penguin[] ReadPenguins() =>
    [
        .. File.ReadLines(Tool.Sample("penguins.csv")).Skip(1).Select(static line => line.Split(',')).Select(static cells => new Penguin(
            cells[1], Number(cells[2]), Number(cells[3]), Number(cells[4]), Number(cells[5]), cells[6] == "NA" ? null : cells[6], Number(cells[7])!.Value,
            Enum.Parse<Species>(cells[0]))),
    ];

    private static double? Number(string cell) => cell == "NA" ? null : double.Parse(cell, CultureInfo.InvariantCulture);

    private Task<string> TrainAsync(params string[] arguments) =>
        _tool.RunWellAsync(["train", Tool.Sample("penguins.csv"), "--label", "species", "--out", ModelPath, .. arguments]);
}
