using static System.FormattableString;

namespace SoftmaxGen;

/// <summary>
/// A score, or the margin between two scores, of a row as against a reference row: the value at the reference and the contributions of the features,
/// <c>w_k (x_k - reference_k)</c>, add up to the value of the row. A feature that is as in the reference contributes 0, wherever the zero of its scale lies.
/// </summary>
/// <param name="AtReference">The score or margin of the reference: for the means of the training rows, that of a typical row.</param>
/// <param name="Value">
/// The score or margin of the row: <paramref name="AtReference"/> plus the contributions, added in the order of the features. Nothing is left over.
/// </param>
public readonly record struct ReferenceExplanation(double AtReference, double Value)
{
    /// <summary>Writes a sentence for people, in the invariant culture: <c>The value is 0.61, 3.55 above that of the reference, -2.94.</c></summary>
    /// <returns>The sentence.</returns>
    public override string ToString()
    {
        double difference = Value - AtReference;
        return difference == 0
            ? Invariant($"The value is {Value:G4}, that of the reference.")
            : Invariant($"The value is {Value:G4}, {Math.Abs(difference):G4} {(difference > 0 ? "above" : "below")} that of the reference, {AtReference:G4}.");
    }
}
