using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace SoftmaxGen.Peers.MlNet;

// The same job in ML.NET: the order of the columns, the list of categories and that of numbers are given by hand, and so is how the pieces fit.
public sealed class Client
{
    [LoadColumn(0, 10), VectorType(11)]
    public float[] Flags { get; set; } = [];

    [LoadColumn(11)]
    public string Lines { get; set; } = "";

    [LoadColumn(12)]
    public string Internet { get; set; } = "";

    [LoadColumn(13)]
    public string Support { get; set; } = "";

    [LoadColumn(14)]
    public string Contract { get; set; } = "";

    [LoadColumn(15)]
    public string Payment { get; set; } = "";

    [LoadColumn(16)]
    public float Tenure { get; set; }

    [LoadColumn(17)]
    public float Monthly { get; set; }

    [LoadColumn(18)]
    public float Total { get; set; }

    [LoadColumn(19)]
    public string Churn { get; set; } = "";
}

public sealed class Answer
{
    public bool PredictedLabel { get; set; }

    public float[] FeatureContributions { get; set; } = [];
}

public static class ChurnJob
{
    public static double Run(string csv, string modelFile)
    {
        var ml = new MLContext(seed: 1);
        IDataView all = ml.Data.LoadFromTextFile<Client>(csv, separatorChar: ',', hasHeader: true);
        Client[] clients = [.. ml.Data.CreateEnumerable<Client>(all, reuseRowObject: false)];
        IDataView train = ml.Data.LoadFromEnumerable(clients.Where((_, i) => i % 5 != 0));
        IDataView test = ml.Data.LoadFromEnumerable(clients.Where((_, i) => i % 5 == 0));
        string[] categories = [nameof(Client.Lines), nameof(Client.Internet), nameof(Client.Support), nameof(Client.Contract), nameof(Client.Payment)];
        var encoder = ml.Transforms.Categorical.OneHotEncoding([.. categories.Select(name => new InputOutputColumnPair(name))])
            .Append(ml.Transforms.IndicateMissingValues("TotalIsMissing", nameof(Client.Total)))
            .Append(ml.Transforms.Conversion.ConvertType("TotalIsMissing", outputKind: DataKind.Single))
            .Append(ml.Transforms.ReplaceMissingValues(nameof(Client.Total), replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(ml.Transforms.Concatenate(
                "Features", [nameof(Client.Flags), .. categories, nameof(Client.Tenure), nameof(Client.Monthly), nameof(Client.Total), "TotalIsMissing"]))
            .Append(ml.Transforms.NormalizeMeanVariance("Features"))
            .Append(ml.Transforms.Expression("Label", "x => x == \"Leaves\"", nameof(Client.Churn)));
        var encoding = encoder.Fit(train);
        var trainer = ml.BinaryClassification.Trainers.LbfgsLogisticRegression();
        var predictor = trainer.Fit(encoding.Transform(train));
        var explainer = ml.Transforms.CalculateFeatureContribution(predictor, normalize: false).Fit(encoding.Transform(train));
        TransformerChain<ITransformer> model = new(encoding, predictor, explainer);
        CalibratedBinaryClassificationMetrics metrics = ml.BinaryClassification.Evaluate(predictor.Transform(encoding.Transform(test)));
        ml.Model.Save(model, train.Schema, modelFile);

        PredictionEngine<Client, Answer> engine = ml.Model.CreatePredictionEngine<Client, Answer>(model);
        Answer answer = engine.Predict(clients[0]);
        Console.WriteLine($"{(answer.PredictedLabel ? "Leaves" : "Stays")}: {string.Join(", ", answer.FeatureContributions.Select(part => $"{part:F2}"))}");

        // ML.NET's log loss is in bits.
        return metrics.LogLoss * Math.Log(2);
    }
}
