using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace SoftmaxGen.ML.Tests;

/// <summary>What <c>docs/coming-from-mlnet.md</c> shows of the package.</summary>
public static class PageExample
{
    public static FlowerModel Import(MLContext ml, IDataView data)
    {
        MulticlassPredictionTransformer<MaximumEntropyModelParameters> trained =
            ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(data);
        FlowerModel model = trained.ToSoftmaxModel<FlowerModel, double>(data.Schema);
        model.Save("flowers.softmax.json");
        return model;
    }

    public static FlowerModel Train(IDataView data)
    {
        using var builder = new TrainingSetBuilder<FlowerModel, double>();
        builder.Add(data, featureColumn: "Features", labelColumn: "Label");
        using TrainingSet<FlowerModel, double> set = builder.Build();
        FlowerModel model = SoftmaxTrainer.Train(set).Model;
        return model;
    }

    public static ITransformer Save(MLContext ml, IDataView rows, Stream file)
    {
        var pipeline = ml.Transforms.Concatenate("Features", "PetalWidth", "SepalLength", "PetalLength", "SepalWidth")
            .Append(ml.Transforms.Softmax(new FlowerStep()))
            .Fit(rows);
        ml.Model.Save(pipeline, rows.Schema, file);
        return pipeline;
    }

    public static ITransformer Load(MLContext ml, Stream file)
    {
        ml.ComponentCatalog.RegisterAssembly(typeof(FlowerStep).Assembly);
        return ml.Model.Load(file, out _);
    }
}

[CustomMappingFactoryAttribute("FlowerStep")]
public sealed class FlowerStep : SoftmaxMapping<FlowerModel, double>
{
    protected override FlowerModel CreateModel() => ModelFile.Load<FlowerModel, double>("flowers.softmax.json");
}
