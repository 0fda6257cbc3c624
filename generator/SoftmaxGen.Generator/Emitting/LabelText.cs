using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>
/// How generated code writes labels. Kernels know classes by their indices, training and code that is generic over models by numbers: those of an enum
/// are its values.
/// </summary>
/// <param name="model">The model.</param>
internal sealed class LabelText(ModelSpec model)
{
    private const string Declared = Names.Support + ".DeclaredLabels";

    /// <summary>The table from the index of a class to its label, where labels are not counted.</summary>
    private const string Table = "__SoftmaxClassLabels";

    /// <summary>The type of a label.</summary>
    public string Type => model.Label?.Type ?? "int";

    /// <summary>Whether labels reach the kernels as they come: numbers, counted from the first label on.</summary>
    public bool AreKernelLabels => model.Label is null && IsCounted;

    /// <summary>What predictions do where two classes are equally probable.</summary>
    public string Ties => IsCounted || IsAscending ? "Ties go to the lowest label." : "Ties go to the class that comes first.";

    private bool IsCounted => model.Labels.Count == 0;

    private bool IsAscending => model.Labels.Zip(model.Labels.Skip(1), static (label, next) => label < next).All(static rises => rises);

    /// <summary>The documentation of a member of the interface of models, which a member with other labels does not implement.</summary>
    public string Documentation(string member) => Inherited("ISoftmaxModel{TSelf, T}", member);

    /// <summary>The documentation of a member of the interface of predictions, which a member with other labels does not implement.</summary>
    public string PredictionDocumentation(string member) => Inherited("ISoftmaxPredictor{T}", member);

    /// <summary>Turns an expression of a class index into one of its label.</summary>
    public string FromIndex(string index) => model.Label is { } label ? $"({label.Type})({Number(index)})" : Number(index);

    /// <summary>Turns an expression of a span of labels into one of their numbers.</summary>
    /// <param name="labels">The expression.</param>
    /// <param name="parameterName">The argument that holds the labels, for the exception of one that is no class.</param>
    /// <param name="firstRow">An expression for the number of the first row; null for 0.</param>
    public string ToNumbers(string labels, string parameterName, string? firstRow = null)
    {
        if (model.Label is not { } label)
        {
            return labels;
        }

        // An enum over int is int by another name; other ones are converted, one by one.
        return label.IsInt
            ? $"{Names.Marshal}.Cast<{label.Type}, int>({labels})"
            : $"{Names.Support}.EnumLabels.ToNumbers<{label.Type}, {label.Underlying}>({labels}, {Range}, \"{parameterName}\"{Argument(firstRow)})";
    }

    /// <summary>Turns an expression of a span of numbers into one of what the kernels take for labels.</summary>
    /// <param name="numbers">The expression.</param>
    /// <param name="parameterName">The argument that holds the labels.</param>
    public string ToKernelLabels(string numbers, string parameterName) =>
        IsCounted ? numbers : $"{Declared}.ToIndices({numbers}, Shape, \"{parameterName}\")";

    /// <summary>The statement that checks a span of numbers, each of which must be a label.</summary>
    /// <param name="numbers">The expression.</param>
    /// <param name="parameterName">The argument that holds the labels.</param>
    /// <param name="firstRow">An expression for the number of the first row.</param>
    public string Check(string numbers, string parameterName, string firstRow) =>
        $"{Names.Support}.Guard.Labels({numbers}, {Range}, \"{parameterName}\"{Argument(firstRow)});";

    /// <summary>Writes the table, where there is one.</summary>
    /// <param name="writer">The file of the members that the user sees.</param>
    public void EmitTable(SourceWriter writer)
    {
        if (!IsCounted)
        {
            writer.Write($$"""
                // The label of each class. Bytes of the image, from which one is loaded: a switch would be a jump that is hard to predict.
                private static {{Names.ReadOnlySpan("int")}} {{Table}} => {{LabelList(model.Labels)}};

                """);
        }
    }

    /// <summary>An expression of an array with labels.</summary>
    public static string LabelList(EquatableArray<int> labels) => $"new int[] {{ {string.Join(", ", labels)} }}";

    private string Inherited(string type, string member) =>
        model.Label is null ? "/// <inheritdoc/>" : $"/// <inheritdoc cref=\"global::SoftmaxGen.{type}.{member}\"/>";

    private static string Argument(string? firstRow) => firstRow is null ? "" : ", " + firstRow;

    // What the runtime needs to know the labels.
    private string Range => IsCounted ? $"{model.FirstLabel}, {model.Classes}" : "Shape";

    private string Number(string index) => model switch
    {
        { Labels.Count: > 0 } => $"{Table}[{index}]",
        { FirstLabel: 0 } => index,
        _ => $"{index} + {model.FirstLabel}",
    };
}
