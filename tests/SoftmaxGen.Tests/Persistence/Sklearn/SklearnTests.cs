using System.Text;
using System.Text.Json;
using SoftmaxGen.TestModels.Persistence;

namespace SoftmaxGen.Tests.Persistence.Sklearn;

/// <summary>Models go to scikit-learn and come from it with their probabilities.</summary>
public sealed class SklearnTests
{
    private const double Tolerance = 1e-12;

    private static readonly string _iris = File.ReadAllText(Path.Combine(Python.Folder, "Fixtures", "iris-scaled.sklearn.json"));

    /// <summary>Gets a piece of a file of iris, what to put in its place, and what the message must then say.</summary>
    public static TheoryData<string, string, string> Edits { get; } = new()
    {
        { "\"coef_\"", "\"coef\"", "the field \"coef\" is unknown" },
        { "\"intercept_\": [", "\"intercept_\": [1, ", "intercept_ must be an array of 3 numbers; it has more." },
        { "\"versicolor\",", "", "classes_ has 2 elements; the model has 3." },
        { "\"versicolor\"", "\"versicolour\"", "the model has no class \"versicolour\"; its first is 'setosa'." },
        { "\"versicolor\"", "\"setosa\"", "the class \"setosa\" occurs twice." },
        { "\"versicolor\"", "0.5", "the class 0.5 is no label of the model; labels run from 0 to 2." },
        { "\"versicolor\"", "3", "the class 3 is no label of the model; labels run from 0 to 2." },
        { "\"versicolor\"", "null", "each of classes_ must be a string, a number or a boolean; it is null." },
        { "\"virginica\"", "\"virginica\", \"other\"", "classes_ has more elements than the 3 of the model." },
        { "\"sepal_width_cm\"", "\"sepal_width\"", "the model has no feature \"sepal_width\"; its first is 'sepal_length_cm'." },
        { "\"sepal_width_cm\"", "\"sepal_length_cm\"", "the feature \"sepal_length_cm\" occurs twice." },
        { "\"sepal_width_cm\"", "\"sepal_width_cm\", \"id\"", "the model has no feature \"id\"" },
        { "\"multi_class\": \"auto\"", "\"multi_class\": \"ovr\"", "their probabilities are no softmax." },
        { "\"solver\": \"lbfgs\"", "\"solver\": \"liblinear\"", "their probabilities are no softmax." },
        { "\"scale_\": [", "\"scale_\": [0, ", "scale_ must be an array of 4 numbers; it has more." },
        { "\"with_mean\": true", "\"with_mean\": 1", "with_mean must be true or false; it is 1." },
        { "\"mean_\": [", "\"mean_\": [NaN, ", "not valid JSON" },
    };

    [Fact]
    public void Fixtures_give_the_probabilities_of_scikit_learn() => AssertFolder(Path.Combine(Python.Folder, "Fixtures"));

    [SklearnFact]
    public void Freshly_fitted_models_give_the_probabilities_of_scikit_learn()
    {
        using var folder = new Folder();
        Python.RunModels("fit", Path.GetDirectoryName(folder["x"])!, Path.Combine(AppContext.BaseDirectory, "data"));

        AssertFolder(Path.GetDirectoryName(folder["x"])!);
    }

    [SklearnFact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Exported_models_give_scikit_learn_our_probabilities()
    {
        using var folder = new Folder();
        double[][] rows = [.. Enumerable.Range(0, 20).Select(i => new[] { 5 + (0.1 * i), 3 - (0.05 * i), 1 + (0.3 * i), 0.1 * i })];
        File.WriteAllText(folder["rows"], JsonSerializer.Serialize(rows));
        double[] weights = [.. Enumerable.Range(0, 15).Select(i => Math.Sin(i + 1))];

        AssertExport<NamedIris>(NamedIris.FromWeights(weights));
        AssertExport<ReorderedIris>(ReorderedIris.FromWeights(weights));
        AssertExport<Double3x4From1>(Double3x4From1.FromWeights(weights));
        AssertExport<IrisPair>(IrisPair.FromWeights(weights.AsSpan(0, 10)));

        void AssertExport<TModel>(TModel model)
            where TModel : class, ISoftmaxModel<TModel, double>
        {
            model.ExportSklearn(folder["model"]);
            Expectation.Parse(Python.RunModels("predict", folder["model"], folder["rows"]), rows).Holds<TModel, double>(model, Tolerance);
        }
    }

    [Fact]
    public void What_was_exported_comes_back()
    {
        double[] weights = Weights.Make<double>(15, 2);
        Assert.Equal(weights, ThereAndBack<NamedIris, double>(NamedIris.FromWeights(weights)));
        Assert.Equal(weights, ThereAndBack<Double3x4From1, double>(Double3x4From1.FromWeights(weights)));
        float[] singles = Weights.Make<float>(15, 2);
        Assert.Equal(singles, ThereAndBack<NamedIrisSingle, float>(NamedIrisSingle.FromWeights(singles)));

        static T[] ThereAndBack<TModel, T>(TModel model)
            where TModel : class, ISoftmaxModel<TModel, T>
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            using var stream = new MemoryStream();
            model.ExportSklearn(stream);
            stream.Position = 0;
            return SklearnImport.Load<TModel, T>(stream).Weights.ToArray();
        }
    }

    [Fact]
    public void Booleans_are_the_labels_0_and_1()
    {
        Double2x2 model = Load<Double2x2>("""{"coef_": [[2, -4]], "intercept_": [1], "classes_": [false, true]}""");
        Assert.Equal([-0.5, -1, 2, 0.5, 1, -2], model.Weights.ToArray());

        Double2x2 swapped = Load<Double2x2>(
            """{"coef_": [[2, -4]], "intercept_": [1], "classes_": [true, false], "multi_class": "multinomial", "solver": null}""");
        Assert.Equal([1, 2, -4, -1, -2, 4], swapped.Weights.ToArray());
    }

    [Fact]
    public void The_moments_of_a_scaler_are_those_of_the_model()
    {
        const string Scaler = "\"mean_\": [1, 2, 3, 4], \"scale_\": [5, 6, 7, 8]";
        const string Names = "\"feature_names_in_\": [\"petal_length_cm\", \"petal_width_cm\", \"sepal_length_cm\", \"sepal_width_cm\"]";
        string file = $$"""
            {"coef_": [[1, 2, 3, 4], [5, 6, 7, 8], [9, 1, 2, 3]], "intercept_": [1, 2, 3], "classes_": ["setosa", "versicolor", "virginica"], {{Names}}, {{Scaler}}}
            """;

        // The file has the petals first, the model the sepals.
        NamedIris model = Load<NamedIris>(file);
        Assert.Equal([3.0, 4, 1, 2], model.FeatureMoments!.Means);
        Assert.Equal([7.0, 8, 5, 6], model.FeatureMoments!.Deviations);

        // Means that are measured and not subtracted are means all the same; a scaler without deviations does not say how far the features spread.
        Assert.Equal([3.0, 4, 1, 2], Load<NamedIris>(file.Replace(Scaler, Scaler + ", \"with_mean\": false", StringComparison.Ordinal)).FeatureMoments!.Means);
        Assert.Null(Load<NamedIris>(file.Replace("[5, 6, 7, 8]}", "null}", StringComparison.Ordinal)).FeatureMoments);
        Assert.Null(Load<NamedIris>(file.Replace(", " + Scaler, "", StringComparison.Ordinal)).FeatureMoments);
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public void An_edited_file_is_refused_with_its_reason(string piece, string replacement, string message)
    {
        Assert.Contains(piece, _iris, StringComparison.Ordinal);

        string edited = _iris.Replace(piece, replacement, StringComparison.Ordinal);
        ModelFormatException exception = Assert.Throws<ModelFormatException>(() => Load<NamedIris>(edited));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_precision_cannot_hold_is_refused()
    {
        using var stream = new MemoryStream("""{"coef_": [[1e39]], "intercept_": [1], "classes_": [0, 1]}"""u8.ToArray());

        ModelFormatException exception = Assert.Throws<ModelFormatException>(() => SklearnImport.Load<Single2x1, float>(stream));

        Assert.Contains("5E+38; the model's precision does not hold it", exception.Message, StringComparison.Ordinal);
    }

    private static void AssertFolder(string folder)
    {
        int found = 0;
        foreach (string path in Directory.GetFiles(folder, "*.sklearn.json"))
        {
            found++;
            Expectation expected = Expectation.Parse(File.ReadAllText(path.Replace(".sklearn.", ".expected.", StringComparison.Ordinal)));
            string name = Path.GetFileName(path).Split('.')[0];
            if (name.StartsWith("wine", StringComparison.Ordinal))
            {
                expected.Holds<Double3x13, double>(SklearnImport.Load<Double3x13, double>(path), Tolerance);
            }
            else if (name.StartsWith("pair", StringComparison.Ordinal))
            {
                expected.Holds<IrisPair, double>(SklearnImport.Load<IrisPair, double>(path), Tolerance);
            }
            else
            {
                Func<double[], double[]>? arrange = name == "iris-reversed" ? static row => [.. row.Reverse()] : null;
                expected.Holds<NamedIris, double>(SklearnImport.Load<NamedIris, double>(path), Tolerance, arrange);
                expected.Holds<ReorderedIris, double>(SklearnImport.Load<ReorderedIris, double>(path), Tolerance, arrange);
                expected.Holds<NamedIrisSingle, float>(SklearnImport.Load<NamedIrisSingle, float>(path), 2e-6, arrange);
            }
        }

        Assert.InRange(found, 8, 9);
    }

    private static TModel Load<TModel>(string text)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return SklearnImport.Load<TModel, double>(stream);
    }
}
