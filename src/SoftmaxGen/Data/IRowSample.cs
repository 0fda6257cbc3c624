namespace SoftmaxGen.Data;

/// <summary>Some rows of a training set, packed in a place of their own, whose mean loss stands for that of all rows.</summary>
internal interface IRowSample : IDisposable
{
    /// <summary>Computes the weighted mean loss of the sample and its gradient, without a penalty.</summary>
    double LossAndGradient(ReadOnlySpan<double> weights, Span<double> gradient, int maxThreads = 1);
}
