using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>How generated code writes labels: kernels know classes by their indices, and training by numbers from the first label on.</summary>
/// <param name="Type">The type of a label.</param>
/// <param name="FromIndex">Turns an expression of a class index into one of its label.</param>
/// <param name="ToNumbers">Turns an expression of a span of labels, which the argument of that name holds, into one of their numbers.</param>
internal sealed record LabelText(string Type, Func<string, string> FromIndex, Func<string, string, string> ToNumbers)
{
    private bool IsInterfaceType => Type == "int";

    /// <summary>The documentation of a member of the interface, which a member with other labels does not implement.</summary>
    public string Documentation(string member) => IsInterfaceType
        ? "/// <inheritdoc/>"
        : $"/// <inheritdoc cref=\"global::SoftmaxGen.ISoftmaxModel{{TSelf, T}}.{member}\"/>";

    public static LabelText Of(ModelSpec model)
    {
        if (model.Label is not { } label)
        {
            return new LabelText("int", Number, static (labels, _) => labels);
        }

        return new LabelText(label.Type, index => $"({label.Type})({Number(index)})", ToNumbers);

        // Labels that are numbers: the index of the class, counted from the label of the first.
        string Number(string index) => model.FirstLabel == 0 ? index : $"{index} + {model.FirstLabel}";

        // An enum over int is int by another name; other ones are converted, one by one.
        string ToNumbers(string labels, string parameterName) => label.IsInt
            ? $"{Names.Marshal}.Cast<{label.Type}, int>({labels})"
            : $"{Names.Support}.EnumLabels.ToNumbers<{label.Type}, {label.Underlying}>({labels}, {model.FirstLabel}, {model.Classes}, \"{parameterName}\")";
    }
}
