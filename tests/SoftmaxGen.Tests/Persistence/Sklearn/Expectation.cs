using System.Globalization;
using System.Text.Json;

namespace SoftmaxGen.Tests.Persistence.Sklearn;

/// <summary>Rows, and the probabilities that scikit-learn gives for them.</summary>
/// <param name="Rows">The rows, as they are before any scaling.</param>
/// <param name="Classes">What scikit-learn calls the classes, in its order.</param>
/// <param name="Probabilities">The probabilities of each row, in the order of <paramref name="Classes"/>.</param>
internal sealed record Expectation(double[][] Rows, string[] Classes, double[][] Probabilities)
{
    /// <summary>Reads an expectation.</summary>
    /// <param name="json">The JSON that <c>models.py</c> writes.</param>
    /// <param name="rows">The rows, when the JSON leaves them out.</param>
    /// <returns>The expectation.</returns>
    public static Expectation Parse(string json, double[][]? rows = null)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        return new Expectation(
            rows ?? Matrix(root.GetProperty("rows")),
            [.. root.GetProperty("classes").EnumerateArray().Select(static name => name.ToString())],
            Matrix(root.GetProperty("probabilities")));
    }

    /// <summary>Asserts that a model gives these probabilities.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tolerance">The largest difference of a probability.</param>
    /// <param name="arrange">Brings a row from the order of these features into that of the model's; none when null.</param>
    public void Holds<TModel, T>(TModel model, double tolerance, Func<double[], double[]>? arrange = null)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        Assert.True(Rows.Length > 10);
        var probabilities = new T[shape.Classes];
        for (int i = 0; i < Rows.Length; i++)
        {
            double[] row = arrange is null ? Rows[i] : arrange(Rows[i]);
            model.PredictProbabilities(Array.ConvertAll(row, T.CreateTruncating), probabilities);
            for (int j = 0; j < shape.Classes; j++)
            {
                int theirs = Array.IndexOf(Classes, shape.ClassName(j));
                double difference = Math.Abs(double.CreateTruncating(probabilities[j]) - Probabilities[i][theirs]);
                Assert.True(
                    difference <= tolerance,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Row {i}: P({shape.ClassName(j)}) is {probabilities[j]}; scikit-learn says {Probabilities[i][theirs]}."));
            }
        }
    }

    private static double[][] Matrix(JsonElement element) =>
        [.. element.EnumerateArray().Select(static row => row.EnumerateArray().Select(static number => number.GetDouble()).ToArray())];
}
