using System.Text.Json;

namespace SoftmaxGen.Tool.Output;

/// <summary>Precision, recall and F1 of each class.</summary>
/// <param name="names">The names of the classes.</param>
/// <param name="counts">The rows by actual and predicted class.</param>
internal sealed class ClassTable(IReadOnlyList<string> names, int[][] counts)
{
    /// <summary>Gets the table of an evaluation.</summary>
    /// <param name="shape">The shape of the model.</param>
    /// <param name="matrices">The confusion matrix; or those of folds, which are added up.</param>
    public static ClassTable Of(ModelShape shape, IEnumerable<ConfusionMatrix> matrices)
    {
        int[][] counts = [.. Enumerable.Range(0, shape.Classes).Select(_ => new int[shape.Classes])];
        foreach (ConfusionMatrix matrix in matrices)
        {
            for (int actual = 0; actual < shape.Classes; actual++)
            {
                for (int predicted = 0; predicted < shape.Classes; predicted++)
                {
                    counts[actual][predicted] += matrix[shape.Label(actual), shape.Label(predicted)];
                }
            }
        }

        return new ClassTable([.. Enumerable.Range(0, shape.Classes).Select(shape.ClassName)], counts);
    }

    /// <summary>Writes the table for people.</summary>
    public void Write(Screen screen) => screen.WriteTable(
        ["class", " precision", " recall", " F1", " rows"],
        Enumerable.Range(0, names.Count).Select(index => new[]
        {
            names[index], Numbers.Share(Precision(index)), Numbers.Share(Recall(index)), Numbers.Share(F1(index)), Numbers.Count(Actual(index)),
        }));

    /// <summary>Writes the table as a field of JSON.</summary>
    /// <param name="json">The writer, inside an object.</param>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("classes");
        for (int index = 0; index < names.Count; index++)
        {
            json.WriteStartObject();
            json.WriteString("name", names[index]);
            json.WriteNumber("precision", Precision(index));
            json.WriteNumber("recall", Recall(index));
            json.WriteNumber("f1", F1(index));
            json.WriteNumber("rows", Actual(index));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;

    private double Precision(int index) => Ratio(counts[index][index], Predicted(index));

    private double Recall(int index) => Ratio(counts[index][index], Actual(index));

    private double F1(int index) => Ratio(2.0 * counts[index][index], Actual(index) + Predicted(index));

    private int Actual(int index) => Enumerable.Range(0, names.Count).Sum(predicted => counts[index][predicted]);

    private int Predicted(int index) => Enumerable.Range(0, names.Count).Sum(actual => counts[actual][index]);
}
