using static System.FormattableString;

namespace SoftmaxGen;

/// <summary>The weights of one feature, in scores per deviation of the feature: comparable between features of different units. Immutable.</summary>
public sealed record StandardizedWeight
{
    /// <summary>Gets the index of the feature, from 0.</summary>
    public required int Feature { get; init; }

    /// <summary>Gets the name of the feature, or <c>x1</c> to <c>xm</c> where features have no names.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Gets <c>s_k (w_jk - mean_j w_jk)</c> for each of the <c>C</c> classes, with the deviation <c>s_k</c> of the feature. The mean over the classes is taken
    /// off, because a vector that is added to the weights of all classes changes no probability.
    /// </summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>Gets the importance: the Euclidean norm of <see cref="Weights"/>.</summary>
    public required double Importance { get; init; }

    /// <summary>Writes name and importance on one line, in the invariant culture.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => Invariant($"{Name}: {Importance:G5}");
}
