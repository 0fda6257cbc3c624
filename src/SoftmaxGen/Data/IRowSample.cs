namespace SoftmaxGen.Data;

/// <summary>Some rows of a training set, packed in a place of their own, whose mean loss stands for that of all rows.</summary>
internal interface IRowSample : IDisposable
{
    /// <summary>Computes the weighted mean loss of the sample and its gradient, without a penalty.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="gradient">Receives the gradient, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="maxThreads">The most threads to use, the calling one included. The result has the same bits for any number.</param>
    /// <returns>The mean loss.</returns>
    double LossAndGradient(ReadOnlySpan<double> weights, Span<double> gradient, int maxThreads = 1);
}
