using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>How generated code writes the labels that it hands out: kernels know classes by their indices alone.</summary>
/// <param name="Type">The type of a label.</param>
/// <param name="FromIndex">Turns an expression of a class index into one of its label.</param>
internal sealed record LabelText(string Type, Func<string, string> FromIndex)
{
    /// <summary>Labels that are numbers: the index of the class, counted from the label of the first.</summary>
    public static LabelText Of(ModelSpec model) => new("int", index => model.FirstLabel == 0 ? index : $"{index} + {model.FirstLabel}");
}
