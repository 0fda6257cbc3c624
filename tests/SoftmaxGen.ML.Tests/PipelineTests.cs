using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace SoftmaxGen.ML.Tests;

/// <summary>A model is a step of a pipeline that predicts, is saved and is loaded.</summary>
public sealed class PipelineTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void A_pipeline_predicts_what_the_model_does_before_and_after_it_is_saved()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(IrisRow.All);
        var pipeline = Pipeline().Fit(rows);
        using MemoryStream file = new();
        _ml.Model.Save(pipeline, rows.Schema, file);
        file.Position = 0;
        MLContext other = new();
        other.ComponentCatalog.RegisterAssembly(typeof(FlowerMapping).Assembly);
        var loaded = other.Model.Load(file, out _);

        AssertPredictions(_ml, pipeline.Transform(rows));
        AssertPredictions(other, loaded.Transform(other.Data.LoadFromEnumerable(IrisRow.All)));
    }

    [Fact]
    public void The_scores_of_a_pipeline_are_a_vector_of_the_number_of_classes()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(IrisRow.All);

        DataViewSchema schema = Pipeline().Fit(rows).GetOutputSchema(rows.Schema);

        Assert.Equal(3, Assert.IsType<VectorDataViewType>(schema["Score"].Type).Size);
        Assert.IsType<TextDataViewType>(schema["PredictedLabel"].Type);
    }

    [Fact]
    public void A_step_without_a_name_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => _ml.Transforms.Softmax(new NamelessMapping()));

        Assert.Contains("[CustomMappingFactoryAttribute(\"NamelessMapping\")]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_with_another_number_of_features_is_refused()
    {
        Action<SoftmaxInput, SoftmaxOutput> mapping = new FlowerMapping().GetMapping();

        ArgumentException error = Assert.Throws<ArgumentException>(() => mapping(new SoftmaxInput { Features = [1, 2] }, new SoftmaxOutput()));

        Assert.Contains("2 features; the model has 4", error.Message, StringComparison.Ordinal);
    }

    private EstimatorChain<CustomMappingTransformer<SoftmaxInput, SoftmaxOutput>> Pipeline() =>
        _ml.Transforms.Concatenate("Features", "PetalWidth", "SepalLength", "PetalLength", "SepalWidth").Append(_ml.Transforms.Softmax(new FlowerMapping()));

    private static void AssertPredictions(MLContext ml, IDataView view)
    {
        FlowerModel model = FlowerModel.FromWeights([-5, 2, 0.1, 1, -0.2, 3, -2, 0.5, -1, 1, 2, -0.3, 0.2, 0.4, -0.5]);
        Answer[] answers = [.. ml.Data.CreateEnumerable<Answer>(view, reuseRowObject: false)];
        Assert.Equal(IrisRow.All.Count, answers.Length);
        Assert.Equal(3, answers.Select(static answer => answer.PredictedLabel).Distinct().Count());
        double[] expected = new double[3];
        for (int i = 0; i < answers.Length; i++)
        {
            IrisRow row = IrisRow.All[i];
            Flower flower = new(row.PetalWidth, row.SepalLength, row.PetalLength, row.SepalWidth, default);
            model.PredictProbabilities(flower, expected);
            Assert.Equal(model.Predict(flower).ToString(), answers[i].PredictedLabel);
            Assert.Equal(Array.ConvertAll(expected, static one => (float)one), answers[i].Score);
        }
    }
}
