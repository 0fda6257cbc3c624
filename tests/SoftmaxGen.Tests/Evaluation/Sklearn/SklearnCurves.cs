using System.Text.Json;

namespace SoftmaxGen.Tests.Evaluations.Sklearn;

/// <summary>What <c>curves.json</c> holds: scores, labels and weights, and what scikit-learn makes of them.</summary>
internal static class SklearnCurves
{
    private static readonly JsonElement _root = Load();

    public static IReadOnlyList<Case> Cases { get; } =
    [
        .. _root.GetProperty("cases").EnumerateArray().Select(one => new Case(
            one.GetProperty("name").GetString()!,
            Numbers(one, "scores"),
            [.. one.GetProperty("positive").EnumerateArray().Select(element => element.GetBoolean())],
            Numbers(one, "weights"),
            RocOf(one.GetProperty("roc")),
            Number(one, "auc"),
            PrecisionRecallOf(one.GetProperty("precision_recall")),
            Number(one, "average_precision"),
            IsotonicOf(one.GetProperty("isotonic")),
            PlattOf(one.GetProperty("platt")))),
    ];

    public static OneVersusRestCase OneVersusRest { get; } = OneVersusRestOf(_root.GetProperty("one_versus_rest"));

    private static JsonElement Load()
    {
        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Evaluation", "Sklearn", "curves.json")));
        return document.RootElement.Clone();
    }

    private static Roc RocOf(JsonElement roc) => new(Numbers(roc, "fpr"), Numbers(roc, "tpr"), Numbers(roc, "thresholds"));

    private static PrecisionRecall PrecisionRecallOf(JsonElement curve) =>
        new(Numbers(curve, "precision"), Numbers(curve, "recall"), Numbers(curve, "thresholds"));

    private static Isotonic IsotonicOf(JsonElement isotonic) => new(Numbers(isotonic, "queries"), Numbers(isotonic, "predictions"));

    private static Platt? PlattOf(JsonElement platt) =>
        platt.ValueKind == JsonValueKind.Null ? null : new Platt(Numbers(platt, "raw"), Number(platt, "slope"), Number(platt, "intercept"));

    private static OneVersusRestCase OneVersusRestOf(JsonElement one) => new(
        Numbers(one, "weights"),
        Numbers(one, "rows"),
        Array.ConvertAll(Numbers(one, "labels"), label => (int)label),
        Numbers(one, "row_weights"),
        AveragesOf(one.GetProperty("plain")),
        AveragesOf(one.GetProperty("weighted_rows")));

    private static Averages AveragesOf(JsonElement averages) => new(AreasOf(averages.GetProperty("macro")), AreasOf(averages.GetProperty("weighted")));

    private static Areas AreasOf(JsonElement areas) => new(Number(areas, "auc"), Number(areas, "average_precision"));

    private static double Number(JsonElement parent, string name) => parent.GetProperty(name).GetDouble();

    private static double[] Numbers(JsonElement parent, string name) => [.. parent.GetProperty(name).EnumerateArray().Select(element => element.GetDouble())];

    internal sealed record Case(
        string Name,
        double[] Scores,
        bool[] Positive,
        double[] Weights,
        Roc Roc,
        double Auc,
        PrecisionRecall PrecisionRecall,
        double AveragePrecision,
        Isotonic Isotonic,
        Platt? Platt);

    internal sealed record Roc(double[] Fpr, double[] Tpr, double[] Thresholds);

    internal sealed record PrecisionRecall(double[] Precision, double[] Recall, double[] Thresholds);

    internal sealed record Isotonic(double[] Queries, double[] Predictions);

    internal sealed record Platt(double[] Raw, double Slope, double Intercept);

    internal sealed record OneVersusRestCase(double[] Weights, double[] Rows, int[] Labels, double[] RowWeights, Averages Plain, Averages WeightedRows);

    internal sealed record Averages(Areas Macro, Areas Weighted);

    internal sealed record Areas(double Auc, double AveragePrecision);
}
