using static System.FormattableString;

namespace SoftmaxGen;

/// <summary>One fold of a cross-validation: a model trained on the other folds and evaluated on this one. Immutable.</summary>
public sealed record FoldResult
{
    /// <summary>Gets how the model did on the rows of the fold.</summary>
    public required Evaluation Evaluation { get; init; }

    /// <summary>Gets the reason why the training on the other folds ended.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>Gets the iterations of the training.</summary>
    public required int Iterations { get; init; }

    /// <summary>Writes the fold on one line, in the invariant culture.</summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        Invariant($"{Evaluation.RowCount} rows: log loss {Evaluation.LogLoss:G5}, accuracy {Evaluation.Accuracy:F4} ({StopReason}, {Iterations} iterations)");
}
