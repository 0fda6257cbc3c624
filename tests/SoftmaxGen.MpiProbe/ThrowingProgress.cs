namespace SoftmaxGen.MpiProbe;

/// <summary>A callback that throws.</summary>
/// <param name="iteration">The iteration at which it does.</param>
internal sealed class ThrowingProgress(int iteration) : IProgress<TrainingProgress>
{
    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (value.Iteration == iteration)
        {
            throw new FormatException("The disk is full.");
        }
    }
}
