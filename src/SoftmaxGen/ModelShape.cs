namespace SoftmaxGen;

/// <summary>The constants of a generated model, for code that is generic over models. Immutable.</summary>
public sealed record ModelShape
{
    /// <summary>Gets the number of classes, <c>C</c>.</summary>
    public required int Classes { get; init; }

    /// <summary>Gets the number of features of a row, <c>m</c>, the bias not counted.</summary>
    public required int Features { get; init; }

    /// <summary>Gets the label of the first class; labels run to <c>FirstLabel + Classes - 1</c>.</summary>
    public required int FirstLabel { get; init; }

    /// <summary>Gets the floating-point type of features and weights.</summary>
    public required SoftmaxPrecision Precision { get; init; }

    /// <summary>Gets the most stack, in bytes, that one call of a generated member reserves for its scratch.</summary>
    public required int StackBytes { get; init; }

    /// <summary>
    /// Gets a value indicating whether the exact Hessian is generated: where it has few enough elements to be worthwhile. Products with the
    /// Hessian are generated for every shape.
    /// </summary>
    public required bool HasHessian { get; init; }

    /// <summary>Gets the plan of the generated kernels in one line per vector width, as printed in the generated header.</summary>
    public required string KernelDescription { get; init; }

    /// <summary>Gets the number of weights, <c>C * (m + 1)</c>.</summary>
    public int ParameterCount => Classes * (Features + 1);

    /// <summary>Gets the label of the last class.</summary>
    public int LastLabel => FirstLabel + Classes - 1;
}
