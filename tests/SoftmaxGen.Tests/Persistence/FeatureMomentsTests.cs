using System.Text;
using SoftmaxGen.TestModels.Persistence;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Persistence;

/// <summary>The means and deviations of the training rows, and the files that keep them.</summary>
public sealed class FeatureMomentsTests
{
    private const string Json = """
        {
          "format": "softmaxgen-model", "version": 1, "classes": 2, "features": 1, "precision": "double", "firstLabel": 0,
          "weights": [[1, 2], [3, 4]], "checksum": "none"
        }
        """;

    private static readonly SampleData _iris = SampleData.Load("iris");

    [Fact]
    public void A_fit_knows_the_weighted_moments_of_its_rows()
    {
        double[] weights = [.. _iris.Labels.Select((_, i) => 1 + (i % 3.0))];
        using TrainingSet<NamedIris, double> set = NamedIris.CreateTrainingSet(_iris.Rows, _iris.Labels, weights);

        FeatureMoments moments = SoftmaxTrainer.Train(set).FeatureMoments;

        for (int k = 0; k < 4; k++)
        {
            double[] column = [.. _iris.Rows.Where((_, i) => i % 4 == k)];
            double mean = column.Zip(weights, (x, w) => x * w).Sum() / weights.Sum();
            AssertClose.Equal(mean, moments.Means[k], 1e-13, $"the mean of feature {k}");
            double variance = column.Zip(weights, (x, w) => w * (x - mean) * (x - mean)).Sum() / weights.Sum();
            AssertClose.Equal(Math.Sqrt(variance), moments.Deviations[k], 1e-13, $"the deviation of feature {k}");
        }

        Assert.Equal(moments.Means, FeatureMoments.Of(set).Means);
        Assert.Equal(moments.Deviations, FeatureMoments.Of(set).Deviations);
    }

    [Theory]
    [InlineData(ModelFormat.Json)]
    [InlineData(ModelFormat.Binary)]
    public void The_file_of_a_fit_keeps_them_to_the_bit(ModelFormat format)
    {
        using var folder = new Folder();
        TrainingResult<NamedIris> fit = NamedIris.Train(_iris.Rows, _iris.Labels);

        fit.Save(folder["fit"], format);
        fit.Model.Save(folder["model"], format);

        FeatureMoments? moments = FeatureMoments.Load<NamedIris, double>(folder["fit"]);
        Assert.NotNull(moments);
        Assert.Equal(fit.FeatureMoments.Means, moments.Means);
        Assert.Equal(fit.FeatureMoments.Deviations, moments.Deviations);
        Assert.Equal(fit.Model.Weights, NamedIris.Load(folder["fit"]).Weights);
        Assert.Equal(fit.FeatureMoments.Means, FeatureMoments.Load<NamedIris, double>(folder["model"])!.Means);
        Assert.Equal(fit.FeatureMoments.Deviations, FeatureMoments.Load<NamedIris, double>(folder["model"])!.Deviations);
    }

    [Theory]
    [InlineData("iris.v1.double.json")]
    [InlineData("iris.v1.double.bin")]
    public void Files_from_before_have_none(string name)
    {
        Assert.Null(FeatureMoments.Load<NamedIris, double>(Folder.Committed(name)));
        Assert.Null(NamedIris.Load(Folder.Committed(name)).FeatureMoments);
    }

    [Fact]
    public void The_standardisation_of_a_file_from_elsewhere_will_do()
    {
        const string Field = "\"standardization\": {\"means\": [3], \"deviations\": [0.5]},";
        FeatureMoments? moments = Load(Field);
        FeatureMoments? ofModel = LoadModel(Field).FeatureMoments;

        Assert.Equal((3.0, 0.5), (moments!.Means[0], moments.Deviations[0]));
        Assert.Equal((3.0, 0.5), (ofModel!.Means[0], ofModel.Deviations[0]));
    }

    [Theory]
    [InlineData("\"training\": {\"featureMeans\": [1, 2], \"featureDeviations\": [1]},", "featureMeans must be an array of 1 numbers")]
    [InlineData("\"training\": {\"featureMeans\": [1], \"featureDeviations\": 1},", "featureDeviations must")]
    [InlineData("\"training\": {\"featureMeans\": [1e999], \"featureDeviations\": [1]},", "must be finite")]
    [InlineData("\"training\": {\"featureMeans\": [1], \"featureMeans\": [1]},", "occurs twice")]
    [InlineData("\"training\": {\"featureMeans\": [1], \"featureDeviations\": [-0.5]},", "number 0 of featureDeviations is -0.5; it must not be negative.")]
    [InlineData("\"classes\": 3,", "occurs twice")]
    public void Damage_is_named(string field, string message)
    {
        Assert.Contains(message, Assert.Throws<ModelFormatException>(() => Load(field)).Message, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<ModelFormatException>(() => LoadModel(field)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_of_another_model_is_refused()
    {
        using var folder = new Folder();
        NamedIris.Train(_iris.Rows, _iris.Labels).Save(folder["json"]);
        NamedIris.Train(_iris.Rows, _iris.Labels).Save(folder["binary"], ModelFormat.Binary);

        Assert.Throws<ModelFormatException>(() => FeatureMoments.Load<Double3x4, double>(folder["json"]));
        Assert.Throws<ModelFormatException>(() => FeatureMoments.Load<Double3x4, double>(folder["binary"]));
        Assert.Throws<ModelFormatException>(() => FeatureMoments.Load<Double2x1, double>(folder["json"]));
    }

    [Theory]
    [InlineData("\"training\": {\"rows\": 7, \"x\": {\"featureMeans\": [1]}},")]
    [InlineData("\"training\": {\"featureMeans\": [1]},")]
    [InlineData("\"training\": \"by hand\",")]
    public void A_summary_of_other_facts_has_none(string field)
    {
        Assert.Null(Load(field));
        Assert.Null(LoadModel(field).FeatureMoments);
    }

    private static FeatureMoments? Load(string field)
    {
        using MemoryStream stream = File(field);
        return FeatureMoments.Load<Double2x1, double>(stream);
    }

    private static Double2x1 LoadModel(string field)
    {
        using MemoryStream stream = File(field);
        return Double2x1.Load(stream);
    }

    private static MemoryStream File(string field) => new(Encoding.UTF8.GetBytes(Json.Replace("\"weights\"", field + "\"weights\"", StringComparison.Ordinal)));
}
