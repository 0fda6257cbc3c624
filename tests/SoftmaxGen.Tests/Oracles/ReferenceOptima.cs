using System.Text.Json;

namespace SoftmaxGen.Tests.Oracles;

/// <summary>What <c>reference_optima.json</c> holds: optima, and losses and gradients at given weights.</summary>
internal static class ReferenceOptima
{
    private static readonly JsonElement Root = Load();

    /// <summary>Gets the optima.</summary>
    public static IReadOnlyList<ReferenceOptimum> All { get; } =
    [
        .. Root.GetProperty("optima").EnumerateArray().Select(optimum => new ReferenceOptimum(
            Text(optimum, "data"),
            Text(optimum, "preparation"),
            Number(optimum, "l2"),
            Number(optimum, "objective"),
            Number(optimum, "loss"),
            Number(optimum, "accuracy"),
            Matrix(optimum, "weights_biases_centred"))),
    ];

    /// <summary>Gets losses and gradients at given weights, without a penalty.</summary>
    public static IReadOnlyList<ReferencePoint> AllPoints { get; } =
    [
        .. Root.GetProperty("points").EnumerateArray().Select(point => new ReferencePoint(
            Text(point, "data"),
            Text(point, "preparation"),
            Matrix(point, "weights"),
            Number(point, "loss"),
            Matrix(point, "gradient"))),
    ];

    /// <summary>Finds an optimum.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="preparation">Its preparation.</param>
    /// <param name="l2">The strength of the penalty.</param>
    /// <returns>The optimum.</returns>
    public static ReferenceOptimum Find(string data, string preparation, double l2) =>
        All.Single(o => o.Data == data && o.Preparation == preparation && o.L2 == l2);

    private static JsonElement Load()
    {
        using FileStream stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Oracles", "reference_optima.json"));
        using JsonDocument document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private static double Number(JsonElement element, string property) => element.GetProperty(property).GetDouble();

    private static double[] Matrix(JsonElement element, string property) =>
        [.. element.GetProperty(property).EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(number => number.GetDouble())];
}

/// <summary>An optimum: of mean loss <c>+ (l2/2) * ||W without column 0||^2</c>.</summary>
/// <param name="Data">The name of the data set.</param>
/// <param name="Preparation">The preparation of its features: see <see cref="SampleData.Load"/>.</param>
/// <param name="L2">The strength of the penalty.</param>
/// <param name="Objective">The objective at the optimum.</param>
/// <param name="Loss">The mean loss at the optimum.</param>
/// <param name="Accuracy">The share of the rows classified rightly.</param>
/// <param name="Weights">The weights, <c>C x (m+1)</c>, row-major, the bias first; the biases have mean zero.</param>
internal sealed record ReferenceOptimum(
    string Data, string Preparation, double L2, double Objective, double Loss, double Accuracy, double[] Weights);

/// <summary>The mean loss and its gradient at given weights.</summary>
/// <param name="Data">The name of the data set.</param>
/// <param name="Preparation">The preparation of its features: see <see cref="SampleData.Load"/>.</param>
/// <param name="Weights">The weights, <c>C x (m+1)</c>, row-major, the bias first.</param>
/// <param name="Loss">The mean loss.</param>
/// <param name="Gradient">Its gradient, <c>C x (m+1)</c>, row-major.</param>
internal sealed record ReferencePoint(string Data, string Preparation, double[] Weights, double Loss, double[] Gradient);
