namespace SoftmaxGen.Tool.Tests;

/// <summary>Predictions of other tables than that of the training, and what is told of rows that do not fit.</summary>
public sealed class PredictTests(TrainedModel trained) : IClassFixture<TrainedModel>, IDisposable
{
    private const string Header = TrainedModel.Header;

    private readonly Tool _tool = new();

    [Theory]
    [InlineData("charges,contract\n1,monthly\n", ":1: the model: there is no column 'senior'")]
    [InlineData(Header + "1,daily,yes,\n", ":2:2: 'daily' is none of the levels of 'contract' that the model was trained on: monthly, yearly")]
    [InlineData(Header + "1,monthly,yes,\n\nx,monthly,yes,\n", ":4:1: 'x' is no number; 'charges' takes numbers with a decimal point")]
    [InlineData(Header + "1,monthly,perhaps,\n", ":2:3: 'perhaps' is no flag")]
    [InlineData(Header + "1,monthly,NA,\n", ":2:3: 'senior' is blank, and it never was in the rows that the model was trained on", "--column \"senior=flag?\"")]
    [InlineData(Header + "1,monthly\n", ":2: the row has 2 cells, the header 4")]
    [InlineData("", "the file is empty")]
    public async Task Rows_that_do_not_fit_are_told(string table, params string[] expected)
    {
        string path = _tool.Write("new.csv", table);
        int code = await _tool.RunAsync("predict", trained.Model, path);

        Assert.Equal(1, code);
        Assert.StartsWith(path, _tool.Error, StringComparison.Ordinal);
        Assert.All(expected, one => Assert.Contains(one, _tool.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_that_do_not_fit_can_be_left_out()
    {
        string path = _tool.Write("new.csv", Header + "1,monthly,yes,\n1,daily,yes,\n90,yearly,no,\n");
        int code = await _tool.RunAsync("predict", trained.Model, path, "--keep-going");

        string[] lines = _tool.Output.TrimEnd().Split(Environment.NewLine);
        Assert.Equal(1, code);
        Assert.Equal("prediction,probability", lines[0]);
        Assert.StartsWith("leaves,0.", lines[1], StringComparison.Ordinal);
        Assert.Equal(",", lines[2]);
        Assert.StartsWith("\"stays, here\",0.", lines[3], StringComparison.Ordinal);
        Assert.Contains(":3:2:", _tool.Error, StringComparison.Ordinal);
        Assert.Contains("1 row could not be read and has no prediction.", _tool.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_are_found_by_their_names()
    {
        string same = await _tool.RunWellAsync("predict", trained.Model, _tool.Write("a.csv", Header + "1,monthly,yes,\n"));
        string moved = await _tool.RunWellAsync("predict", trained.Model, _tool.Write("b.tsv", "senior\tcontract\tother\tcharges\nYES\tmonthly\t7\t1.0\n"));

        Assert.Equal(same, moved);
    }

    [Fact]
    public async Task Files_that_are_no_models_are_refused()
    {
        Assert.Equal(1, await _tool.RunAsync("predict", _tool["none.json"], "x.csv"));
        Assert.Contains("there is no such file", _tool.Error, StringComparison.Ordinal);
        Assert.Equal(1, await _tool.RunAsync("predict", _tool.Write("a.json", "{}"), "x.csv"));
        Assert.Contains("has no \"x-declaration\"", _tool.Error, StringComparison.Ordinal);
        Assert.Equal(1, await _tool.RunAsync("predict", _tool.Write("b.json", "charges,contract"), "x.csv"));
        Assert.Contains("is no model of softmaxgen train", _tool.Error, StringComparison.Ordinal);
        foreach (string field in new[] { "null", "7", "{}", """{"version":2,"shape":{"classNames":[],"features":[]},"labelColumn":"","blanks":[]}""" })
        {
            Assert.Equal(1, await _tool.RunAsync("predict", _tool.Write("d.json", $"{{\"x-declaration\":{field}}}"), trained.Data));
            Assert.Contains("d.json: ", _tool.Error, StringComparison.Ordinal);
        }

        string text = await File.ReadAllTextAsync(trained.Model);
        (string Right, string Wrong)[] changes =
        [
            ("\"kind\":\"flag\"", "\"kind\":\"flags\""), ("\"kind\":\"flag\",", ""), ("[\"monthly\",\"yearly\"]", "[]"), ("[\"monthly\",\"yearly\"]", "null"),
        ];
        foreach ((string right, string wrong) in changes)
        {
            Assert.Equal(1, await _tool.RunAsync("predict", _tool.Write("e.json", text.Replace(right, wrong, StringComparison.Ordinal)), trained.Data));
            Assert.Contains("e.json: ", _tool.Error, StringComparison.Ordinal);
        }

        string changed = _tool.Write("c.json", text.Replace("\"weights\": [\n    [", "\"weights\": [\n    [1", StringComparison.Ordinal));
        Assert.Equal(1, await _tool.RunAsync("predict", changed, trained.Data));
        Assert.Contains("checksum", _tool.Error, StringComparison.Ordinal);
        Assert.Contains(changed, _tool.Error, StringComparison.Ordinal);
    }

    /// <summary>The names of a declaration are data, whoever wrote the file.</summary>
    [Fact]
    public async Task Declarations_are_never_code()
    {
        string text = await File.ReadAllTextAsync(trained.Model);
        const string Code = "x { } class E { static E() => System.Environment.Exit(9); } //";
        string evil = _tool.Write("evil.json", text.Replace("\"labelName\":\"label\"", $"\"labelName\":\"{Code}\"", StringComparison.Ordinal));

        Assert.NotEqual(text, await File.ReadAllTextAsync(evil));
        Assert.Equal(await _tool.RunWellAsync("predict", trained.Model, trained.Data), await _tool.RunWellAsync("predict", evil, trained.Data));
    }

    [Fact]
    public async Task Evaluations_are_those_of_the_rows()
    {
        string output = await _tool.RunWellAsync("evaluate", trained.Model, trained.Data);

        Assert.Contains("40 rows: accuracy 1.0000", output, StringComparison.Ordinal);
        Assert.Contains("leaves          1.0000  1.0000  1.0000    20", output, StringComparison.Ordinal);
        Assert.Contains("stays, here       0           20", output, StringComparison.Ordinal);
        Assert.Equal(1, await _tool.RunAsync("evaluate", trained.Model, _tool.Write("x.csv", Header + "1,monthly,yes,goes\n")));
        Assert.Contains(":2:4: 'goes' is no class of the model; its classes are leaves, stays, here", _tool.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_tell_what_they_are_and_why()
    {
        string card = await _tool.RunWellAsync("inspect", trained.Model, "--weights");
        Assert.Contains("4 columns of 3 features, 10 weights", card, StringComparison.Ordinal);
        Assert.Contains("contract=monthly", card, StringComparison.Ordinal);
        string why = await _tool.RunWellAsync("explain", trained.Model, trained.Data, "--rows", "2");
        Assert.Contains("Line 2: leaves rather than stays, here, by +", why, StringComparison.Ordinal);
        Assert.Contains("Line 3: ", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("m.onnx", "label")]
    [InlineData("m.json", "coef_")]
    [InlineData("m.cs", "class Classifier")]
    [InlineData("m.txt", "public sealed partial class DataModel", "--to", "declaration")]
    public async Task Models_are_converted(string file, string expected, params string[] arguments)
    {
        await _tool.RunWellAsync(["convert", trained.Model, _tool[file], .. arguments]);

        Assert.Contains(expected, await File.ReadAllTextAsync(_tool[file]), StringComparison.Ordinal);
        Assert.Equal(2, await _tool.RunAsync("convert", trained.Model, _tool["m.unknown"]));
    }

    [Fact]
    public async Task New_projects_have_all_they_need()
    {
        await _tool.RunWellAsync("new", trained.Model, _tool["Project"]);

        Assert.Equal(
            ["Model.cs", "Program.cs", "Project.csproj", "model.softmax.json"],
            Directory.GetFiles(_tool["Project"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        string program = await File.ReadAllTextAsync(Path.Combine(_tool["Project"], "Program.cs"));
        Assert.Contains("Data row = new(0, \"monthly\", false);", program, StringComparison.Ordinal);
        Assert.Equal(1, await _tool.RunAsync("new", trained.Model, _tool["Project"]));
        Assert.Contains("is not empty", _tool.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _tool.Dispose();
}
