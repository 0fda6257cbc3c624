using SoftmaxGen.Data;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training;

/// <summary>The mean loss in plain loops, written from the formulas: no packing, no vectors, no generated code. No evaluation allocates.</summary>
internal sealed class PlainMeanLoss : IMeanLoss
{
    private readonly double[] _rows;
    private readonly int[] _classIndices;
    private readonly double[] _rowWeights;
    private readonly double[] _classTotals;
    private readonly double[] _probabilities;

    public PlainMeanLoss(int classes, int features, double[] rows, int[] classIndices, double[]? rowWeights = null, int firstLabel = 0)
    {
        _rows = rows;
        _classIndices = classIndices;
        _rowWeights = rowWeights ?? Array.ConvertAll(classIndices, _ => 1.0);
        _probabilities = new double[classes];
        _classTotals = new double[classes];
        for (int i = 0; i < classIndices.Length; i++)
        {
            _classTotals[classIndices[i]] += _rowWeights[i];
        }

        TotalWeight = _rowWeights.Sum();
        Shape = new ModelShape
        {
            Classes = classes,
            Features = features,
            ClassNames = [],
            FeatureNames = [],
            Fingerprint = "",
            FirstLabel = firstLabel,
            Precision = SoftmaxPrecision.Double,
            StackBytes = 0,
            HasHessian = false,
            KernelDescription = "plain loops",
        };
        double[] means = [.. Enumerable.Range(0, features).Select(k => ColumnMean(k, x => x))];
        double[] deviations = [.. Enumerable.Range(0, features).Select(k => Math.Sqrt(ColumnMean(k, x => (x - means[k]) * (x - means[k]))))];
        Moments = new ColumnMoments(means, deviations);
    }

    public PlainMeanLoss(SampleData data)
        : this(data.Classes, data.Features, data.Rows, data.Labels)
    {
    }

    public ModelShape Shape { get; init; }

    public bool HasHessian => Shape.HasHessian;

    public bool HasOffsets => false;

    public long RowCount => _classIndices.Length;

    public double TotalWeight { get; }

    public double SmallestRowWeight => _rowWeights.Where(w => w > 0).Min();

    public ReadOnlySpan<double> ClassTotals => _classTotals;

    public ColumnMoments Moments { get; }

    public double LossAndGradient(ReadOnlySpan<double> weights, Span<double> gradient, int maxThreads = 1)
    {
        gradient.Clear();
        double loss = 0;
        for (int i = 0; i < RowCount; i++)
        {
            ReadOnlySpan<double> x = Row(i);
            int y = _classIndices[i];
            double share = _rowWeights[i] / TotalWeight;
            loss += share * RowLoss(weights, x, y);
            for (int j = 0; j < Shape.Classes; j++)
            {
                double residual = share * (_probabilities[j] - (j == y ? 1 : 0));
                Span<double> g = gradient.Slice(j * (Shape.Features + 1), Shape.Features + 1);
                g[0] += residual;
                for (int k = 0; k < x.Length; k++)
                {
                    g[k + 1] += residual * x[k];
                }
            }
        }

        return loss;
    }

    public void HessianProduct(ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> product, int maxThreads = 1) =>
        PlainSoftmax.HessianProduct(weights.ToArray(), direction.ToArray(), _rows, _classIndices.Length, _rowWeights).CopyTo(product);

    /// <summary>Column by column, as products with the unit vectors; of the blocks of classes j &gt;= l &gt;= 1 the lower triangles.</summary>
    public void Hessian(ReadOnlySpan<double> weights, Span<double> packed, int maxThreads = 1)
    {
        int columns = Shape.Features + 1;
        double[] w = weights.ToArray();
        int count = _classIndices.Length;
        double[][] products = [.. Enumerable.Range(0, w.Length).Select(i =>
            PlainSoftmax.HessianProduct(w, [.. Enumerable.Range(0, w.Length).Select(other => other == i ? 1.0 : 0.0)], _rows, count, _rowWeights))];
        int next = 0;
        for (int j = 1; j < Shape.Classes; j++)
        {
            for (int l = 1; l <= j; l++)
            {
                for (int a = 0; a < columns; a++)
                {
                    for (int b = 0; b <= a; b++)
                    {
                        packed[next++] = products[(l * columns) + b][(j * columns) + a];
                    }
                }
            }
        }
    }

    public double BatchLossAndGradient(ReadOnlySpan<double> weights, ReadOnlySpan<int> rows, Span<double> gradient)
    {
        double[] batch = new double[RowCount];
        foreach (int row in rows)
        {
            batch[row] = _rowWeights[row];
        }

        double scale = batch.Sum() * RowCount / (rows.Length * TotalWeight);
        MeanLoss mean = PlainSoftmax.LossAndGradient(weights.ToArray(), _rows, _classIndices, batch);
        Array.ConvertAll(mean.Gradient, g => g * scale).CopyTo(gradient);
        return mean.Loss * scale;
    }

    public void VisitRows(long stride, RowVisitor visitor)
    {
        for (int i = 0; i < RowCount; i += (int)stride)
        {
            if (_rowWeights[i] > 0 && !visitor(new TrainingRow { Columns = [1, .. Row(i)], ClassIndex = _classIndices[i], Weight = _rowWeights[i] }))
            {
                break;
            }
        }
    }

    /// <summary>Finds the rows whose own class does not have a probability above 1/2.</summary>
    public IEnumerable<int> RowsNotWon(double[] weights)
    {
        for (int i = 0; i < RowCount; i++)
        {
            RowLoss(weights, Row(i), _classIndices[i]);
            if (!(_probabilities[_classIndices[i]] > 0.5))
            {
                yield return i;
            }
        }
    }

    private ReadOnlySpan<double> Row(int i) => _rows.AsSpan(i * Shape.Features, Shape.Features);

    /// <summary>Computes <c>logsumexp(S) - S_y</c> and leaves the probabilities in their field.</summary>
    private double RowLoss(ReadOnlySpan<double> weights, ReadOnlySpan<double> x, int y)
    {
        double[] p = _probabilities;
        for (int j = 0; j < p.Length; j++)
        {
            ReadOnlySpan<double> w = weights.Slice(j * (Shape.Features + 1), Shape.Features + 1);
            p[j] = w[0];
            for (int k = 0; k < x.Length; k++)
            {
                p[j] += w[k + 1] * x[k];
            }
        }

        double largest = p[0];
        for (int j = 1; j < p.Length; j++)
        {
            largest = Math.Max(largest, p[j]);
        }

        double ownScore = p[y] - largest;
        double sum = 0;
        for (int j = 0; j < p.Length; j++)
        {
            p[j] = Math.Exp(p[j] - largest);
            sum += p[j];
        }

        for (int j = 0; j < p.Length; j++)
        {
            p[j] /= sum;
        }

        return Math.Log(sum) - ownScore;
    }

    private double ColumnMean(int feature, Func<double, double> term)
    {
        double sum = 0;
        for (int i = 0; i < RowCount; i++)
        {
            sum += _rowWeights[i] * term(_rows[(i * Shape.Features) + feature]);
        }

        return sum / TotalWeight;
    }
}
