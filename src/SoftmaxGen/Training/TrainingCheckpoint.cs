namespace SoftmaxGen;

/// <summary>
/// Where a training keeps what it has found out, so that one that was stopped can be resumed and comes to the same weights bit for bit. The file holds the
/// result of each pass over the rows: a training that is resumed takes the same steps from them again, which takes next to no time, and goes on where they end.
/// It takes <c>8 (C (m + 1) + 3)</c> bytes for each loss with its gradient and as many numbers as a Hessian has for each of those. Immutable.
/// </summary>
/// <example>
/// The same call begins a training, and resumes it after whatever has stopped it:
/// <code>
/// var options = new TrainingOptions { Checkpoint = new TrainingCheckpoint { Path = "iris.checkpoint", Resume = true } };
/// TrainingResult&lt;IrisModel&gt; result = SoftmaxTrainer.Train(set, options);
/// </code>
/// </example>
public sealed record TrainingCheckpoint
{
    /// <summary>
    /// Gets the path of the file. It is replaced at once, so that there is never half of one; where ranks train together, rank 0 alone has it.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>Gets the number of iterations from one save to the next, at least 1. The default is 10. A training that is canceled saves, too.</summary>
    public int EveryIterations { get; init; } = 10;

    /// <summary>
    /// Gets a value indicating whether the training goes on from the file, if there is one. The rows, the model and the processor must be those of the training
    /// that wrote it; of the options those may differ that decide only when to stop. The default is false: the training begins anew.
    /// </summary>
    public bool Resume { get; init; }
}
