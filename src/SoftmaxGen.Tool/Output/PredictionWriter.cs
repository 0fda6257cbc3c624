namespace SoftmaxGen.Tool.Output;

/// <summary>Writes predictions as comma-separated values, a line for each row.</summary>
/// <param name="writer">Receives the lines.</param>
/// <param name="shape">The shape of the model.</param>
/// <param name="all">Whether to write the probabilities of all classes, and not that of the predicted one alone.</param>
internal sealed class PredictionWriter(TextWriter writer, ModelShape shape, bool all)
{
    private readonly string[] _names = [.. Enumerable.Range(0, shape.Classes).Select(index => Quoted(shape.ClassName(index)))];

    /// <summary>Writes the header.</summary>
    public void WriteHeader()
    {
        IEnumerable<string> probabilities = Enumerable.Range(0, shape.Classes).Select(index => Quoted($"P({shape.ClassName(index)})"));
        writer.WriteLine(all ? $"prediction,{string.Join(',', probabilities)}" : "prediction,probability");
    }

    /// <summary>Writes a prediction.</summary>
    public void Write(int best, double[] probabilities)
    {
        writer.Write(_names[best]);
        if (!all)
        {
            writer.Write(',');
            writer.Write(Numbers.Exact(probabilities[best]));
        }

        for (int index = 0; all && index < probabilities.Length; index++)
        {
            writer.Write(',');
            writer.Write(Numbers.Exact(probabilities[index]));
        }

        writer.WriteLine();
    }

    /// <summary>Writes a line for a row that could not be read.</summary>
    public void WriteNone() => writer.WriteLine(new string(',', all ? shape.Classes : 1));

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
