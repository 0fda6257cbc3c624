namespace SoftmaxGen.Training.Solvers;

/// <summary>How a stochastic solver turns the gradient of a batch into a step.</summary>
internal interface IStepRule
{
    /// <summary>Gets the learning rate to use when none is given.</summary>
    double DefaultRate { get; }

    /// <summary>Takes a step.</summary>
    /// <param name="gradient">The gradient of the batch.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="point">The point to move.</param>
    void Step(ReadOnlySpan<double> gradient, double rate, Span<double> point);
}
