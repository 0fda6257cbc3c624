using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SoftmaxGen.TestModels.Rows;
using SoftmaxGen.Tests.Rows;

namespace SoftmaxGen.Tests.Persistence.Sklearn;

/// <summary>Pipelines with encoders, imputers and scalers come over with their probabilities, by the names of the model's columns.</summary>
public sealed class SklearnPipelineTests
{
    private const double Tolerance = 1e-10;

    // The rows of the expectations are the first of the sample.
    private const int Shown = 60;

    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string _fixtures = Path.Combine(Python.Folder, "Fixtures");

    private static readonly string _pipeline = File.ReadAllText(Path.Combine(_fixtures, "churn-dropped.pipeline.json"));

    private static readonly SubscriberSample _sample = SubscriberSample.Make(300, seed: 18);

    /// <summary>Gets what stands in a file for a model with the columns X, Mood=Bad and Mood=Good, and what the message must say.</summary>
    public static TheoryData<string, string> Mistakes { get; } = new()
    {
        { """ "columns": 3 """, "columns must be an array of objects." },
        { """ "columns": [[]] """, "each of columns must be an object." },
        { """ "columns": [{"name": 3}] """, "the name of a column must be a string; it is 3." },
        { """ "columns": [{"mean": 3}] """, "the field \"name\" is missing." },
        { """ "columns": [{"name": "X", "factor": 2}] """, "the field \"factor\" is unknown" },
        { """ "columns": [{"name": "X", "scale": 0}] """, "scale must be positive." },
        { """ "columns": [{"name": "X", "mean": null}] """, "mean must be a finite number; it is null." },
        { """ "columns": [{"name": "Mood=Neutral"}] """, "the model has no column \"Mood=Neutral\"; its first is 'X'." },
        { """ "columns": [{"name": "X"}, {"name": "X"}] """, "the column \"X\" has two coefficients." },
        { """ "columns": [{"name": "X"}, {"name": "X=True"}] """, "the column \"X=True\" has two coefficients." },
        { """ "columns": [{"name": "X=False"}, {"name": "X=False"}] """, "the column \"X=False\" has two coefficients." },
        { """ "columns": [{"name": "Y=True"}] """, "the model has no column \"Y=True\"; its first is 'X'." },
        { """ "columns": [{"name": "X"}, {"name": "Mood=Bad"}] """, "there is no coefficient for the column 'Mood=Good' of the model" },
        { """ "columns": [{"name": "X"}], "dropped": ["Mood=Good", "X"] """, "the column \"X\" is dropped, but it has a coefficient or is dropped twice." },
        { """ "columns": [{"name": "X"}], "dropped": ["Mood=Good", "Mood=Good"] """, "the column \"Mood=Good\" is dropped, but" },
        { """ "columns": [{"name": "X"}], "dropped": [3] """, "each of dropped must be a string; it is 3." },
        { """ "columns": [{"name": "X"}], "dropped": "X" """, "dropped must be an array of strings." },
        { """ "columns": [{"name": "X"}, {"name": "Mood=Bad"}], "dropped": ["Mood=Good"] """, "row 0 of coef_ must be an array of 2 numbers; it has more." },
        { """ "columns": [], "mean_": [1, 2, 3] """, "mean_ does not go with columns." },
        { """ "columns": [], "feature_names_in_": ["X"] """, "feature_names_in_ does not go with columns." },
        { """ "dropped": ["X"] """, "dropped does not go without columns." },
    };

    [Fact]
    public void Fixtures_give_the_probabilities_of_scikit_learn() => AssertFolder(_fixtures);

    [Fact]
    public void Fixtures_are_of_the_rows_of_these_tests() => Assert.Equal(File.ReadAllText(Path.Combine(_fixtures, "subscribers.json")), Problem());

    [SklearnFact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Freshly_fitted_pipelines_give_the_probabilities_of_scikit_learn()
    {
        using var folder = new Folder();
        File.WriteAllText(folder["rows"], Problem());
        string path = Path.GetDirectoryName(folder["rows"])!;
        Python.RunPipelines("fit", path, folder["rows"], Path.Combine(Python.Folder, "scikit-learn.md"));

        AssertFolder(path);
    }

    [SklearnFact]
    public void Bins_are_called_as_the_model_calls_them()
    {
        using JsonDocument bins = JsonDocument.Parse(Python.RunPipelines("bins", Path.Combine(Python.Folder, "scikit-learn.md")));
        JsonElement[] columns = [.. bins.RootElement.EnumerateArray()];
        FeatureGroup age = ClientPlanModel.Shape.FeatureGroups.Single(static group => group.Name == "Age");

        string[] names = [.. columns.Select(static column => column.GetProperty("name").GetString()!)];
        Assert.Equal(ClientPlanModel.Shape.FeatureNames.Skip(age.First).Take(age.Count), names[..4]);
        Assert.Equal(["Usage<-1", "Usage[-1,0)", "Usage[0,1E+15)", "Usage>=1E+15"], names[4..8]);
        Assert.Equal(["Rate<1E-05", "Rate[1E-05,0.33333333333333331)", "Rate[0.33333333333333331,2.5)", "Rate>=2.5"], names[8..]);
        Assert.Equal([0, 0, 1, 0], columns[..4].Select(static column => column.GetProperty("fill").GetDouble()));
        Assert.All(columns[4..8], static column => Assert.False(column.TryGetProperty("fill", out _)));
        Assert.Equal([1, 0, 0, 0], columns[8..].Select(static column => column.GetProperty("fill").GetDouble()));
    }

    [Fact]
    public void Coefficients_become_weights_of_columns()
    {
        // w / scale = 2, -1; the level that is dropped has no weight, and the baseline of the model is no column.
        SwitchModel model = Load<SwitchModel>(Text(
            """[[6, -1], [0, 3], [1, 2]]""",
            """ "columns": [{"name": "X", "mean": 5, "scale": 3, "fill": 7}, {"name": "Mood=Good"}], "dropped": ["Mood=Neutral", "Mood=Bad"] """));

        Assert.Equal(["X", "Mood=Bad", "Mood=Good"], SwitchModel.Shape.FeatureNames);
        double third = 1.0 / 3;
        Assert.Equal([0.5 - 10, 2, 0, -1, 1.5, 0, 0, 3, 2.5 - (third * 5), third, 0, 2], model.Weights.ToArray());
        Assert.Null(model.FeatureMoments);
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData(""", {"name": "Country?", "mean": 1, "scale": 2}""", ", 8", 4)]
    public void A_member_that_is_filled_in_gives_its_blanks_the_weight_of_what_fills_them(string flag, string coefficient, double ofFlag)
    {
        // Every other column is dropped.
        string[] levels = ["Country=DE", "Country=FR", "Country=IT", "Country?"];
        string[] others = [.. SubscriberChurnModel.Shape.FeatureNames.Except([.. levels, "Charges", "Charges?"])];
        string columns = $$"""
            {"name": "Country=DE", "fill": 0}, {"name": "Country=FR", "fill": 1, "scale": 2}, {"name": "Country=IT", "fill": 0},
            {"name": "Charges", "fill": 50} {{flag}}
            """;

        SubscriberChurnModel model = Load<SubscriberChurnModel>($$"""
            {
                "coef_": [[2, 6, 4, 0.5{{coefficient}}]], "intercept_": [1], "classes_": ["Stays", "Leaves"],
                "columns": [{{columns}}], "dropped": {{JsonSerializer.Serialize(others, _plain)}}
            }
            """);

        double Weight(string name) => 2 * model.Weights[SubscriberChurnModel.Features + 2 + IndexOf(name)];
        Assert.Equal([2.0, 3, 4, 3 + ofFlag], levels.Select(Weight));
        Assert.Equal([0.5, 25], [Weight("Charges"), Weight("Charges?")]);
        Assert.Equal(1 - ofFlag, 2 * model.Weights[SubscriberChurnModel.Features + 1]);

        static int IndexOf(string name) => SubscriberChurnModel.Shape.FeatureNames.ToList().IndexOf(name);
    }

    [Fact]
    public void Both_levels_of_a_bool_become_its_column()
    {
        string[] others = [.. SubscriberChurnModel.Shape.FeatureNames.Except(["IsSenior", "HasPartner", "IsPaperless", "IsPaperless?"])];

        SubscriberChurnModel model = Load<SubscriberChurnModel>($$"""
            {
                "coef_": [[2, 6, 4, 8, 10, 3]], "intercept_": [1], "classes_": ["Stays", "Leaves"],
                "columns": [
                    {"name": "IsSenior=False"}, {"name": "IsSenior=True"}, {"name": "HasPartner=True", "mean": 0.5, "scale": 2},
                    {"name": "IsPaperless=False", "mean": 0.25, "scale": 4}, {"name": "IsPaperless=True"}, {"name": "IsPaperless?"}],
                "dropped": {{JsonSerializer.Serialize(others.Append("HasPartner=False"), _plain)}}
            }
            """);

        // As the model encodes rows, and as the pipeline would.
        foreach (
            (bool senior, bool partner, bool? paperless) in new[] { (true, true, (bool?)true), (false, true, false), (true, false, null),
                (false, false, null) })
        {
            Subscriber row = _sample.Rows[0] with { IsSenior = senior, HasPartner = partner, IsPaperless = paperless };
            double[] scores = new double[2];
            model.PredictScores(row, scores);
            double expected = 1 + (senior ? 6 : 2) + (4 * ((partner ? 1 : 0) - 0.5) / 2) + (8 * ((paperless == false ? 1 : 0) - 0.25) / 4)
                + (paperless == true ? 10 : 0) + (paperless is null ? 3 : 0);
            Assert.Equal(expected, scores[1] - scores[0], 12);
        }
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_file_that_does_not_fit_is_refused_with_its_reason(string columns, string message)
    {
        ModelFormatException exception = Assert.Throws<ModelFormatException>(() => Load<SwitchModel>(Text("[[1, 2, 3], [4, 5, 6], [7, 8, 9]]", columns)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Contract=TwoYears\"", "\"Contract=ThreeYears\"", "the model has no column \"Contract=ThreeYears\"; its first is 'Tenure'.")]
    [InlineData("\"Contract=Monthly\"", "\"Contract=Weekly\"", "there is no coefficient for the column 'Contract=Monthly' of the model")]
    [InlineData("\"fill\"", "\"x-fill\"", "there is no coefficient for the column 'Charges?' of the model")]
    public void An_edited_pipeline_is_refused_with_its_reason(string piece, string replacement, string message)
    {
        Assert.Contains(piece, _pipeline, StringComparison.Ordinal);

        string edited = _pipeline.Replace(piece, replacement, StringComparison.Ordinal);
        ModelFormatException exception = Assert.Throws<ModelFormatException>(() => Load<SubscriberChurnModel>(edited));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private static string Text(string coefficients, string columns) =>
        $$"""{"coef_": {{coefficients}}, "intercept_": [0.5, 1.5, 2.5], "classes_": ["Basic", "Standard", "Premium"], {{columns}}}""";

    private static string Problem() => JsonSerializer.Serialize(
        new
        {
            names = SubscriberSample.Names,
            rows = _sample.Cells,
            churn = Array.ConvertAll(_sample.Churn, static label => label.ToString()),
            plan = Array.ConvertAll(_sample.Plans, static label => label.ToString()),
        },
        _plain).Replace("],[", "],\n[", StringComparison.Ordinal);

    private static void AssertFolder(string folder)
    {
        string[] paths = Directory.GetFiles(folder, "*.pipeline.json");
        Assert.Equal(8, paths.Length);
        foreach (string path in paths)
        {
            if (Path.GetFileName(path).StartsWith("churn", StringComparison.Ordinal))
            {
                AssertFile<SubscriberChurnModel, Churn>(path);
            }
            else
            {
                AssertFile<SubscriberPlanModel, Plan>(path);
            }
        }
    }

    private static void AssertFile<TModel, TLabel>(string path)
        where TModel : class, ISoftmaxModel<TModel, double, TLabel, Subscriber>
        where TLabel : unmanaged, Enum
    {
        double[][] rows = [.. _sample.Rows.Take(Shown).Select(Encode)];
        string expected = File.ReadAllText(path.Replace(".pipeline.", ".probabilities.", StringComparison.Ordinal));
        Expectation.Parse(expected, rows).Holds<TModel, double>(SklearnImport.Load<TModel, double>(path), Tolerance);

        static double[] Encode(Subscriber row)
        {
            double[] features = new double[TModel.Shape.Features];
            TModel.CopyFeatures(row, features);
            return features;
        }
    }

    private static TModel Load<TModel>(string text)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return SklearnImport.Load<TModel, double>(stream);
    }
}
