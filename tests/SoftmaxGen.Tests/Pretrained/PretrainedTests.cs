using System.Numerics;
using SoftmaxGen.TestModels.Pretrained;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Pretrained;

/// <summary>Models with baked weights: the compiler's reading of a file against the runtime's, which is another program.</summary>
public class PretrainedTests
{
    [Fact]
    public void The_weights_have_the_bits_that_loading_gives()
    {
        AssertBits<Plain, double>(Plain.Pretrained, "plain");
        AssertBits<Rounded, float>(Rounded.Pretrained, "single");
        AssertBits<Folded, double>(Folded.Pretrained, "folded");
        AssertBits<FoldedSingle, float>(FoldedSingle.Pretrained, "folded-single");
    }

    [Fact]
    public void The_folded_weights_give_the_probabilities_of_standardised_features()
    {
        using var file = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Path("folded")));
        double[][] weights = [.. file.RootElement.GetProperty("weights").EnumerateArray().Select(static row => Numbers(row))];
        double[] means = Numbers(file.RootElement.GetProperty("standardization").GetProperty("means"));
        double[] deviations = Numbers(file.RootElement.GetProperty("standardization").GetProperty("deviations"));
        double temperature = file.RootElement.GetProperty("temperature").GetDouble();
        double[] features = [-3.5, 20, 7];

        double[] exponentials = [.. weights.Select(row =>
            Math.Exp((row[0] + Enumerable.Range(0, 3).Sum(k => row[k + 1] * (features[k] - means[k]) / deviations[k])) / temperature))];
        double[] probabilities = new double[2];
        Folded.Pretrained.PredictProbabilities(features, probabilities);

        Assert.Equal(exponentials[0] / exponentials.Sum(), probabilities[0], 1e-12);
        Assert.InRange(probabilities[0], 1e-3, 1 - 1e-3);
    }

    [Fact]
    public void The_mean_of_the_training_rows_is_baked_in_where_the_file_has_it()
    {
        double[] contributions = new double[3];

        ReferenceExplanation explanation = Folded.Pretrained.ExplainScore(Folded.Pretrained.FeatureMoments!.Means, 1, contributions);

        Assert.Equal([0.0, 0, 0], contributions);
        Assert.Equal(explanation.AtReference, explanation.Value);
        Assert.Null(Plain.Pretrained.FeatureMoments);
    }

    [Fact]
    public void There_is_one_instance() => Assert.Same(Plain.Pretrained, Plain.Pretrained);

    [Fact]
    public void The_first_prediction_allocates_nothing()
    {
        double[] features = [0.1, 0.2, 0.3, 0.4];
        Untouched model = Untouched.Pretrained;
        long before = GC.GetAllocatedBytesForCurrentThread();

        _ = model.Predict(features);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Prediction_from_baked_weights_allocates_nothing()
    {
        double[] features = [0.1, 0.2, 0.3];
        double[] probabilities = new double[2];
        _ = Folded.Pretrained;

        AssertAllocation.None(() =>
        {
            Folded.Pretrained.PredictProbabilities(features, probabilities);
            _ = Folded.Pretrained.Predict(features);
        });
    }

    private static void AssertBits<TModel, T>(TModel baked, string file)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TModel loaded = ModelFile.Load<TModel, T>(Path(file));

        Assert.Equal(loaded.Weights.ToArray().Select(Bits), baked.Weights.ToArray().Select(Bits));
        Assert.Equal(loaded.FeatureMoments is null, baked.FeatureMoments is null);
        Assert.Equal(loaded.FeatureMoments?.Means.ToArray(), baked.FeatureMoments?.Means.ToArray());
        Assert.Equal(loaded.FeatureMoments?.Deviations.ToArray(), baked.FeatureMoments?.Deviations.ToArray());

        static long Bits(T weight) => BitConverter.DoubleToInt64Bits(double.CreateTruncating(weight));
    }

    private static double[] Numbers(System.Text.Json.JsonElement array) => [.. array.EnumerateArray().Select(static number => number.GetDouble())];

    private static string Path(string file) => System.IO.Path.Combine(AppContext.BaseDirectory, "Pretrained", file + ".softmax.json");
}
