namespace SoftmaxGen.Onnx.Importing;

/// <summary>What a name of a graph stands for.</summary>
/// <param name="Kind">The kind.</param>
internal sealed record GraphValue(ValueKind Kind)
{
    /// <summary>Gets the input that rows come from.</summary>
    public OnnxInput? Input { get; init; }

    /// <summary>Gets what was done to the columns of rows; null for nothing.</summary>
    public ColumnMap? Columns { get; init; }

    /// <summary>Gets the columns of rows where they have names; null where they are the model's in their order.</summary>
    public IReadOnlyList<NamedColumn>? Named { get; init; }

    /// <summary>Gets a value indicating whether the columns lie along a third axis, where <c>OneHotEncoder</c> puts them.</summary>
    public bool IsDeep { get; init; }

    /// <summary>Gets the classifier that scores and what follows from them are of; two classes may still have one score.</summary>
    public ImportedClassifier? Classifier { get; init; }
}
