namespace SoftmaxGen.Generator.Specs;

/// <summary>The enum whose members are the classes of a model. Its values are the labels.</summary>
/// <param name="Type">Its name, as generated code refers to it from anywhere: <c>global::Ns.Species</c>.</param>
/// <param name="Underlying">The keyword of its underlying type: <c>int</c>, <c>byte</c> and so on.</param>
internal sealed record LabelSpec(string Type, string Underlying)
{
    /// <summary>Gets a value indicating whether a span of labels is a span of <see cref="int"/> by another name.</summary>
    public bool IsInt => Underlying == "int";
}
