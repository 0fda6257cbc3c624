namespace SoftmaxGen.Compiler;

/// <summary>How a <see cref="ShapeDefinition"/> is written as C#. Immutable.</summary>
public sealed record DeclarationOptions
{
    /// <summary>Gets the namespace, which is an identifier or several with dots between them. The default is <c>Models</c>.</summary>
    public string Namespace { get; init; } = "Models";

    /// <summary>
    /// Gets the name of the model file whose weights are baked in; null for none, which is the default. The project must list the file among its
    /// <c>AdditionalFiles</c>.
    /// </summary>
    public string? Weights { get; init; }
}
