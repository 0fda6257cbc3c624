namespace SoftmaxGen;

/// <summary>Where a training stands after an iteration.</summary>
public readonly record struct TrainingProgress
{
    /// <summary>Gets the number of iterations done: 0 at the start, before the first step. An iteration of a stochastic solver is an epoch.</summary>
    public required int Iteration { get; init; }

    /// <summary>
    /// Gets the number of passes over the training set so far: for losses and gradients, Hessians and products with it, and epochs of batches.
    /// </summary>
    public required int Evaluations { get; init; }

    /// <summary>Gets the objective: the mean loss and the penalties.</summary>
    public required double Objective { get; init; }

    /// <summary>
    /// Gets the largest magnitude of the objective's gradient, by the weights that the penalty acts on. With an L1 or a group L1 penalty it is that of the
    /// subgradient nearest to zero: how far the conditions of Karush, Kuhn and Tucker are from being met.
    /// </summary>
    public required double GradientNorm { get; init; }

    /// <summary>Gets the time since the training started.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Gets the mean loss on the validation set; NaN when there is none.</summary>
    public double ValidationLoss { get; init; } = double.NaN;

    /// <summary>Initializes a new instance of the <see cref="TrainingProgress"/> struct.</summary>
    public TrainingProgress()
    {
    }
}
