namespace SoftmaxGen.Onnx.Tests.Outside;

/// <summary>A model to be run, and the rows to feed it.</summary>
/// <param name="Model">The path of the file.</param>
/// <param name="IsDouble">Whether the input is double; otherwise float.</param>
/// <param name="Columns">The features of a row.</param>
/// <param name="Rows">The rows, row-major.</param>
internal sealed record RuntimeJob(string Model, bool IsDouble, int Columns, double[] Rows)
{
    /// <summary>Gets the values of inputs of one column by their names, texts or numbers, of which null is NaN; null where rows are one input.</summary>
    public Dictionary<string, object?[]>? Inputs { get; init; }
}
