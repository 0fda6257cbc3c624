namespace SoftmaxGen.Data;

/// <summary>What the trainer sees of a training set, whatever its model and precision: a smooth convex function of <c>C x (m+1)</c> raw weights.</summary>
internal interface IMeanLoss
{
    /// <summary>Gets the model's constants.</summary>
    ModelShape Shape { get; }

    /// <summary>Gets the number of rows.</summary>
    int RowCount { get; }

    /// <summary>Gets the sum of the rows' weights: the <c>n</c> of every mean.</summary>
    double TotalWeight { get; }

    /// <summary>Gets the smallest positive weight of a row.</summary>
    double SmallestRowWeight { get; }

    /// <summary>Gets the weighted number of rows of each class, <c>C</c> numbers.</summary>
    ReadOnlySpan<double> ClassTotals { get; }

    /// <summary>Gets the weighted mean and deviation of each feature.</summary>
    ColumnMoments Moments { get; }

    /// <summary>Computes the weighted mean loss and its gradient, without a penalty.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="gradient">Receives the gradient, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="maxThreads">The most threads to use; the result has the same bits for any number.</param>
    /// <returns>The mean loss.</returns>
    double LossAndGradient(ReadOnlySpan<double> weights, Span<double> gradient, int maxThreads = 1);
}
