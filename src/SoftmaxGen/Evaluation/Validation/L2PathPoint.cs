using static System.FormattableString;

namespace SoftmaxGen;

/// <summary>One strength of the penalty and how it did. Immutable.</summary>
/// <param name="L2">The strength, for <see cref="TrainingOptions.L2"/>.</param>
/// <param name="CrossValidation">Its cross-validation.</param>
public sealed record L2PathPoint(double L2, CrossValidationResult CrossValidation)
{
    /// <summary>Writes strength, log loss and accuracy on one line, in the invariant culture.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => Invariant($"L2 {L2:G4}: log loss {CrossValidation.LogLoss}, accuracy {CrossValidation.Accuracy}");
}
