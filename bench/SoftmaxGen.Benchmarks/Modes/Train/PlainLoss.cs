using SoftmaxGen.Benchmarks.Baselines;
using SoftmaxGen.Data;

namespace SoftmaxGen.Benchmarks.Modes.Train;

/// <summary>Plain loops in the place of generated code, so that the very same solver drives both.</summary>
internal sealed class PlainLoss : IMeanLoss
{
    private readonly double[] _rows;
    private readonly int[] _labels;
    private readonly double[] _classTotals;
    private readonly double[] _weights;
    private readonly double[] _gradient;
    private readonly double[] _hessian;
    private readonly PlainLoops _loops;

    /// <summary>Initializes a new instance of the <see cref="PlainLoss"/> class.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="rows">The rows, row-major.</param>
    /// <param name="labels">The class of each row.</param>
    public PlainLoss(ModelShape shape, double[] rows, int[] labels)
    {
        Shape = shape;
        _rows = rows;
        _labels = labels;
        _weights = new double[shape.ParameterCount];
        _gradient = new double[shape.ParameterCount];
        _hessian = new double[shape.HasHessian ? shape.ParameterCount * shape.ParameterCount : 0];
        _loops = new PlainLoops(shape.Classes, shape.Features);
        _classTotals = new double[shape.Classes];
        foreach (int label in labels)
        {
            _classTotals[label]++;
        }

        Moments = Measure(rows, shape.Features);
    }

    /// <inheritdoc/>
    public ModelShape Shape { get; }

    /// <inheritdoc/>
    public bool HasHessian => Shape.HasHessian;

    /// <inheritdoc/>
    public bool HasOffsets => false;

    /// <inheritdoc/>
    public long RowCount => _labels.Length;

    /// <inheritdoc/>
    public double TotalWeight => _labels.Length;

    /// <inheritdoc/>
    public double SmallestRowWeight => 1;

    /// <inheritdoc/>
    public ReadOnlySpan<double> ClassTotals => _classTotals;

    /// <inheritdoc/>
    public ColumnMoments Moments { get; }

    /// <inheritdoc/>
    public double LossAndGradient(ReadOnlySpan<double> weights, Span<double> gradient, int maxThreads = 1)
    {
        weights.CopyTo(_weights);
        double loss = _loops.LossAndGradient(_weights, _rows, _labels, _gradient);
        _gradient.CopyTo(gradient);
        return loss;
    }

    /// <inheritdoc/>
    public void HessianProduct(ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> product, int maxThreads = 1)
    {
        product.Clear();
        double[] p = new double[Shape.Classes];
        double[] changes = new double[Shape.Classes];
        for (int i = 0; i < RowCount; i++)
        {
            ReadOnlySpan<double> x = _rows.AsSpan(i * Shape.Features, Shape.Features);
            double sum = 0;
            double mean = 0;
            for (int j = 0; j < p.Length; j++)
            {
                p[j] = Math.Exp(Score(weights, j, x));
                changes[j] = Score(direction, j, x);
                sum += p[j];
                mean += p[j] * changes[j];
            }

            for (int j = 0; j < p.Length; j++)
            {
                double residual = p[j] / sum * (changes[j] - (mean / sum)) / RowCount;
                Span<double> row = product.Slice(j * (x.Length + 1), x.Length + 1);
                row[0] += residual;
                for (int k = 0; k < x.Length; k++)
                {
                    row[k + 1] += residual * x[k];
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Hessian(ReadOnlySpan<double> weights, Span<double> packed, int maxThreads = 1)
    {
        weights.CopyTo(_weights);
        _loops.Hessian(_weights, _rows, _hessian);
        PickDistinct(packed);
    }

    /// <inheritdoc/>
    public double BatchLossAndGradient(ReadOnlySpan<double> weights, ReadOnlySpan<int> rows, Span<double> gradient) =>
        throw new NotSupportedException("Plain loops take all rows.");

    /// <inheritdoc/>
    public void VisitRows(long stride, RowVisitor visitor)
    {
        bool goesOn = true;
        for (int i = 0; goesOn && i < RowCount; i += (int)stride)
        {
            goesOn = visitor(new TrainingRow { Columns = [1, .. _rows.AsSpan(i * Shape.Features, Shape.Features)], ClassIndex = _labels[i], Weight = 1 });
        }
    }

    private static double Score(ReadOnlySpan<double> weights, int classIndex, ReadOnlySpan<double> x)
    {
        ReadOnlySpan<double> w = weights.Slice(classIndex * (x.Length + 1), x.Length + 1);
        double score = w[0];
        for (int k = 0; k < x.Length; k++)
        {
            score += w[k + 1] * x[k];
        }

        return score;
    }

    // Of the blocks of classes j >= l >= 1 the lower triangles.
    private void PickDistinct(Span<double> packed)
    {
        int columns = Shape.Features + 1;
        int next = 0;
        for (int j = 1; j < Shape.Classes; j++)
        {
            for (int l = 1; l <= j; l++)
            {
                for (int a = 0; a < columns; a++)
                {
                    int row = (((j * columns) + a) * Shape.ParameterCount) + (l * columns);
                    _hessian.AsSpan(row, a + 1).CopyTo(packed[next..]);
                    next += a + 1;
                }
            }
        }
    }

    private static ColumnMoments Measure(double[] rows, int features)
    {
        double[] means = new double[features];
        double[] deviations = new double[features];
        int count = rows.Length / features;
        for (int i = 0; i < rows.Length; i += features)
        {
            for (int k = 0; k < features; k++)
            {
                means[k] += rows[i + k] / count;
            }
        }

        for (int i = 0; i < rows.Length; i += features)
        {
            for (int k = 0; k < features; k++)
            {
                double distance = rows[i + k] - means[k];
                deviations[k] += distance * distance / count;
            }
        }

        return new ColumnMoments(means, Array.ConvertAll(deviations, Math.Sqrt));
    }
}
