using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Checkpoints;

/// <summary>A mean loss that keeps the result of each pass in a log, and takes it from there where a training is resumed.</summary>
internal sealed class LoggedLoss(IMeanLoss loss, PassLog log) : IMeanLoss
{
    private const int LossPass = 1;
    private const int ProductPass = 2;
    private const int HessianPass = 3;

    private double[] _result = [];

    public ModelShape Shape => loss.Shape;

    public bool HasHessian => loss.HasHessian;

    public bool HasOffsets => loss.HasOffsets;

    public long RowCount => loss.RowCount;

    public bool HasBatches => false;

    public double TotalWeight => loss.TotalWeight;

    public double SmallestRowWeight => loss.SmallestRowWeight;

    public ReadOnlySpan<double> ClassTotals => loss.ClassTotals;

    public ColumnMoments Moments => loss.Moments;

    public double LossAndGradient(ReadOnlySpan<double> weights, Span<double> gradient, int maxThreads = 1)
    {
        long question = VectorHash.Of(weights, LossPass);
        Span<double> result = Result(gradient.Length + 1);
        bool isFirst = log.IsAtStart;
        bool isKnown = log.TryReplay(question, result);
        if (!isKnown || isFirst)
        {
            double value = loss.LossAndGradient(weights, gradient, maxThreads);
            if (isKnown)
            {
                PassLog.Compare([value, .. gradient], result);
                return value;
            }

            result[0] = value;
            gradient.CopyTo(result[1..]);
            log.Add(question, result);
        }

        result[1..].CopyTo(gradient);
        return result[0];
    }

    public void HessianProduct(ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> product, int maxThreads = 1)
    {
        long question = VectorHash.Of(direction, VectorHash.Of(weights, ProductPass));
        if (!log.TryReplay(question, product))
        {
            loss.HessianProduct(weights, direction, product, maxThreads);
            log.Add(question, product);
        }
    }

    public void Hessian(ReadOnlySpan<double> weights, Span<double> packed, int maxThreads = 1)
    {
        long question = VectorHash.Of(weights, HessianPass);
        if (!log.TryReplay(question, packed))
        {
            loss.Hessian(weights, packed, maxThreads);
            log.Add(question, packed);
        }
    }

    public double BatchLossAndGradient(ReadOnlySpan<double> weights, ReadOnlySpan<int> rows, Span<double> gradient) =>
        throw new NotSupportedException("Batches of rows are too many to be kept.");

    public IRowSample? Sample(long stride) => loss.Sample(stride);

    public void VisitRows(long stride, RowVisitor visitor) => loss.VisitRows(stride, visitor);

    public bool EndIteration(bool isCanceled)
    {
        bool ends = loss.EndIteration(isCanceled);
        log.EndIteration(ends);
        return ends;
    }

    private Span<double> Result(int length)
    {
        if (_result.Length < length)
        {
            _result = new double[length];
        }

        return _result.AsSpan(0, length);
    }
}
