using static System.FormattableString;

namespace SoftmaxGen;

/// <summary>A class that a linear combination of features separates from another class, or from all others. Immutable and thread-safe.</summary>
public sealed class SeparatedClasses
{
    private readonly double[] _weights;
    private readonly string _condition;

    internal SeparatedClasses(double[] weights, string condition)
    {
        _weights = weights;
        _condition = condition;
    }

    /// <summary>Gets the label of the class.</summary>
    public required int Label { get; init; }

    /// <summary>Gets the name of the class, or its label where classes have no names.</summary>
    public required string ClassName { get; init; }

    /// <summary>Gets the label of the class that it is separated from; null for all others.</summary>
    public required int? OtherLabel { get; init; }

    /// <summary>Gets the name of that class; null for all others.</summary>
    public required string? OtherClassName { get; init; }

    /// <summary>Gets the feature whose threshold separates, counted from 0; null where it takes a combination of several.</summary>
    public required int? Feature { get; init; }

    /// <summary>Gets the threshold of that feature; null where it takes a combination of several.</summary>
    public required double? Threshold { get; init; }

    /// <summary>
    /// Gets the combination <c>w</c> by the raw features, <c>m + 1</c> numbers, the bias first: for <c>x = [1, x1..xm]</c>, <c>w x</c> is not
    /// negative in the rows of the class and not positive in those of the other.
    /// </summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Gets the rows of the class and the other with <c>w x</c> not 0.</summary>
    public required int SeparatedRows { get; init; }

    /// <summary>Gets the rows of the class and the other with <c>w x = 0</c>, but for rounding: these are not separated.</summary>
    public required int BoundaryRows { get; init; }

    /// <summary>Gets a value indicating whether no row lies on the boundary.</summary>
    public bool IsComplete => BoundaryRows == 0;

    /// <summary>Says what is separated, in the invariant culture: <c>Setosa is separated from the others by PetalLength &lt; 2.45</c>.</summary>
    /// <returns>The sentence, without a full stop.</returns>
    public override string ToString()
    {
        string sentence = $"{ClassName} is separated from {OtherClassName ?? "the others"} by {_condition}";
        return IsComplete
            ? sentence
            : Invariant($"{sentence}, but for {BoundaryRows} of {SeparatedRows + BoundaryRows} rows, which lie on the boundary");
    }
}
