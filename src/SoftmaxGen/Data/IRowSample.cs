namespace SoftmaxGen.Data;

/// <summary>Some rows of a training set, packed in a place of their own, whose mean loss stands for that of all rows.</summary>
internal interface IRowSample : IDisposable
{
    /// <summary>Computes the weighted mean loss of the sample and its gradient, without a penalty, on the calling thread.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="gradient">Receives the gradient, <c>C x (m+1)</c>, row-major.</param>
    /// <returns>The mean loss.</returns>
    double LossAndGradient(ReadOnlySpan<double> weights, Span<double> gradient);
}
