namespace SoftmaxGen;

/// <summary>Where a training stands after an iteration.</summary>
public readonly record struct TrainingProgress
{
    /// <summary>Gets the number of iterations done: 0 at the start, before the first step.</summary>
    public required int Iteration { get; init; }

    /// <summary>Gets the number of passes over the training set so far.</summary>
    public required int Evaluations { get; init; }

    /// <summary>Gets the objective: the mean loss and the penalty.</summary>
    public required double Objective { get; init; }

    /// <summary>Gets the largest magnitude of the objective's gradient, in the coordinates of the optimiser.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>Gets the time since the training started.</summary>
    public required TimeSpan Elapsed { get; init; }
}
