using SoftmaxGen.Numerics;

namespace SoftmaxGen.Data;

/// <summary>
/// What the trainer sees of a training set, whatever its model and precision: a smooth convex function of <c>C x (m+1)</c> raw weights. Weights, gradients and
/// directions are row-major; results have the same bits for any number of threads; a stride is the distance from one row to the next, 1 for all rows.
/// </summary>
internal interface IMeanLoss
{
    /// <summary>Gets the model's constants.</summary>
    ModelShape Shape { get; }

    /// <summary>Gets a value indicating whether <see cref="Hessian"/> may be called.</summary>
    bool HasHessian { get; }

    /// <summary>
    /// Gets a value indicating whether something is added to the scores, so that a low loss does not prove that the weights separate the classes.
    /// </summary>
    bool HasOffsets { get; }

    /// <summary>Gets the number of rows.</summary>
    long RowCount { get; }

    /// <summary>Gets a value indicating whether <see cref="BatchLossAndGradient"/> may be called.</summary>
    bool HasBatches => true;

    /// <summary>Gets the sum of the rows' weights: the <c>n</c> of every mean.</summary>
    double TotalWeight { get; }

    /// <summary>Gets the smallest positive weight of a row; 0 where labels are soft, which no loss proves separable.</summary>
    double SmallestRowWeight { get; }

    /// <summary>Gets the weighted number of rows of each class, <c>C</c> numbers.</summary>
    ReadOnlySpan<double> ClassTotals { get; }

    /// <summary>Gets the weighted mean and deviation of each feature.</summary>
    ColumnMoments Moments { get; }

    /// <summary>Computes the weighted mean loss and its gradient, without a penalty.</summary>
    double LossAndGradient(ReadOnlySpan<double> weights, Span<double> gradient, int maxThreads = 1);

    /// <summary>Computes the product of the mean loss's Hessian with a direction.</summary>
    void HessianProduct(ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> product, int maxThreads = 1);

    /// <summary>
    /// Computes the distinct elements of the mean loss's Hessian, <see cref="PackedHessian"/>, where <see cref="HasHessian"/> says that there is one.
    /// </summary>
    void Hessian(ReadOnlySpan<double> weights, Span<double> packed, int maxThreads = 1);

    /// <summary>Estimates the mean loss and its gradient from a few rows: over all choices of rows the mean of the estimates is the truth.</summary>
    double BatchLossAndGradient(ReadOnlySpan<double> weights, ReadOnlySpan<int> rows, Span<double> gradient);

    /// <summary>Takes rows, evenly spread, that can stand for all.</summary>
    /// <returns>The sample; null where some rows cannot stand for all.</returns>
    IRowSample? Sample(long stride) => null;

    /// <summary>Visits rows of positive weight one by one, in the order in which they lie, until the visitor has seen enough. Slow beside a kernel.</summary>
    void VisitRows(long stride, RowVisitor visitor);

    /// <summary>Is told when an iteration of a training has ended.</summary>
    /// <param name="isCanceled">Whether the caller wants the training to end.</param>
    /// <returns>Whether it is to end; where several processes train, the first one's word counts.</returns>
    bool EndIteration(bool isCanceled) => isCanceled;
}
