namespace SoftmaxGen.Reports;

/// <summary>The course of a training and how it ended, whatever the class of its model. Immutable.</summary>
public sealed record TrainingTrace
{
    /// <summary>Gets the course: the start, then one entry per iteration; at least one.</summary>
    public required IReadOnlyList<TrainingProgress> History { get; init; }

    /// <summary>Gets the iteration that found the solution.</summary>
    public required int BestIteration { get; init; }

    /// <summary>Gets the algorithm that finished.</summary>
    public required Solver Solver { get; init; }

    /// <summary>Gets the reason why the training ended.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>Gets which classes can be separated where that is why it ended; null otherwise.</summary>
    public Separation? Separation { get; init; }

    /// <summary>Reads a training.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <param name="training">The training.</param>
    /// <returns>Its course.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="training"/> is null.</exception>
    public static TrainingTrace Of<TModel>(TrainingResult<TModel> training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return new TrainingTrace
        {
            History = training.History,
            BestIteration = training.BestIteration,
            Solver = training.Solver,
            StopReason = training.StopReason,
            Separation = training.Separation,
        };
    }
}
