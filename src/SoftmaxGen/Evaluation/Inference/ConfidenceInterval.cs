using static System.FormattableString;

namespace SoftmaxGen;

/// <summary>Two bounds between which a coefficient lies with some confidence. Immutable.</summary>
/// <param name="Lower">The lower bound.</param>
/// <param name="Upper">The upper bound.</param>
public readonly record struct ConfidenceInterval(double Lower, double Upper)
{
    /// <summary>Writes the bounds, in the invariant culture.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Invariant($"[{Lower:G5}, {Upper:G5}]");
}
