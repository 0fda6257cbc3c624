using SoftmaxGen.Data;

namespace SoftmaxGen.Tests.Training;

/// <summary>A mean loss whose evaluations pass through a test's hands.</summary>
internal sealed class SpoiledMeanLoss(IMeanLoss inner, SpoiledMeanLoss.Evaluation evaluate) : IMeanLoss
{
    internal delegate double Evaluation(IMeanLoss inner, ReadOnlySpan<double> weights, Span<double> gradient, int maxThreads);

    public ModelShape Shape { get; init; } = inner.Shape;

    public bool HasHessian => inner.HasHessian;

    public bool HasOffsets => inner.HasOffsets;

    public long RowCount => inner.RowCount;

    public double TotalWeight => inner.TotalWeight;

    public double SmallestRowWeight => inner.SmallestRowWeight;

    public ReadOnlySpan<double> ClassTotals => inner.ClassTotals;

    public ColumnMoments Moments => inner.Moments;

    public double LossAndGradient(ReadOnlySpan<double> weights, Span<double> gradient, int maxThreads = 1) =>
        evaluate(inner, weights, gradient, maxThreads);

    public void HessianProduct(ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> product, int maxThreads = 1) =>
        inner.HessianProduct(weights, direction, product, maxThreads);

    public void Hessian(ReadOnlySpan<double> weights, Span<double> packed, int maxThreads = 1) => inner.Hessian(weights, packed, maxThreads);

    public double BatchLossAndGradient(ReadOnlySpan<double> weights, ReadOnlySpan<int> rows, Span<double> gradient) =>
        inner.BatchLossAndGradient(weights, rows, gradient);

    public void VisitRows(long stride, RowVisitor visitor) => inner.VisitRows(stride, visitor);
}
