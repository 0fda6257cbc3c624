namespace SoftmaxGen.Online;

/// <summary>How a learner moves its weights, whatever the type of its features. Not thread-safe; no step allocates.</summary>
internal abstract class OnlineSteps
{
    /// <summary>Gets the weights of raw features, <c>C x (m+1)</c>, row-major: until the next step.</summary>
    public abstract ReadOnlySpan<double> Weights { get; }

    /// <summary>Gets where the features of the next row go.</summary>
    public abstract Span<double> Features { get; }

    /// <summary>Learns from the row whose features are there.</summary>
    /// <returns>The row's loss before the step. When it is not finite nothing was learned.</returns>
    public abstract double Learn(int y);

    /// <summary>Writes or reads all that later steps depend on.</summary>
    public abstract void Exchange(IStateExchange state);
}
