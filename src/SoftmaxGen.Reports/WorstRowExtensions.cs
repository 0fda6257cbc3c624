using System.Globalization;
using System.Numerics;
using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports;

/// <summary>Finds the rows that models were most wrong about. Thread-safe.</summary>
public static class WorstRowExtensions
{
    // A row with more features is not read.
    private const int MostFeatures = 12;

    /// <summary>Finds the rows whose own class the model gave the least probability.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major; they should not be those the model was trained on.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <param name="count">The most rows to find; the default is 20.</param>
    /// <returns>The rows, the worst first, with their first twelve features.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException">The lengths do not fit, a label is that of no class, a feature is not finite, or a score overflows.</exception>
    public static IReadOnlyList<WorstRow> WorstRows<TModel, T>(
        this ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, int count = 20)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        WorstRow[] worst = [.. WorstRow.Find(TModel.Shape, Probabilities(model, rows, labels.Length), labels, count)];
        for (int i = 0; i < worst.Length; i++)
        {
            worst[i] = worst[i] with { Content = Describe(TModel.Shape, rows[(worst[i].Index * TModel.Shape.Features)..]) };
        }

        return worst;
    }

    /// <summary>Finds the rows of a program's own type whose own class the model gave the least probability.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features and weights.</typeparam>
    /// <typeparam name="TLabel">The enum of its labels.</typeparam>
    /// <typeparam name="TRow">The type of its rows, whose <see cref="object.ToString"/>, in the invariant culture, tells what is in a row.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="rows">The <c>n</c> rows; they should not be those the model was trained on.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <param name="count">The most rows to find; the default is 20.</param>
    /// <returns>The rows, the worst first.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, a row is null, a label is no class, a member has no column for its value, a feature is not finite, or a score overflows.
    /// </exception>
    public static IReadOnlyList<WorstRow> WorstRows<TModel, T, TLabel, TRow>(
        this ISoftmaxModel<TModel, T, TLabel, TRow> model, ReadOnlySpan<TRow> rows, ReadOnlySpan<TLabel> labels, int count = 20)
        where TModel : class, ISoftmaxModel<TModel, T, TLabel, TRow>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLabel : unmanaged, Enum
    {
        int width = TModel.Shape.Features;
        T[] features = new T[rows.Length * width];
        for (int row = 0; row < rows.Length; row++)
        {
            TModel.CopyFeatures(in rows[row], features.AsSpan(row * width, width));
        }

        int[] numbers = Array.ConvertAll(labels.ToArray(), static label => Convert.ToInt32(label, CultureInfo.InvariantCulture));
        WorstRow[] worst = [.. WorstRow.Find(TModel.Shape, Probabilities<TModel, T>(model, features, labels.Length), numbers, count)];
        for (int i = 0; i < worst.Length; i++)
        {
            worst[i] = worst[i] with { Content = Describe(rows[worst[i].Index]) };
        }

        return worst;
    }

    // What the compiler writes for records has no other way to leave the culture out.
    private static string Describe<TRow>(TRow row)
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return row?.ToString() ?? "";
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static double[] Probabilities<TModel, T>(ISoftmaxModel<TModel, T> model, ReadOnlySpan<T> rows, int count)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        var probabilities = new T[count * TModel.Shape.Classes];
        model.PredictProbabilitiesBatch(rows, probabilities);
        return Array.ConvertAll(probabilities, double.CreateTruncating);
    }

    private static string Describe<T>(ModelShape shape, ReadOnlySpan<T> features)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int shown = Math.Min(shape.Features, MostFeatures);
        string[] texts = new string[shown];
        for (int k = 0; k < shown; k++)
        {
            texts[k] = $"{shape.FeatureName(k)} {Numbers.Text(double.CreateTruncating(features[k]))}";
        }

        return string.Join(", ", texts) + (shown < shape.Features ? ", …" : "");
    }
}
