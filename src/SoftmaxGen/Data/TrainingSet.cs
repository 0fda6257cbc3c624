using System.Numerics;
using System.Runtime.CompilerServices;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Data;

namespace SoftmaxGen;

/// <summary>
/// Rows and labels, validated once and packed once into the layout of a model's kernels (see <see cref="PackedRows{T}"/>). Read-only and
/// thread-safe; its memory is native and is freed by <see cref="Dispose"/>, which must not run beside a call.
/// </summary>
/// <typeparam name="TModel">The model the rows are packed for.</typeparam>
/// <typeparam name="T">The type of features: <see cref="double"/> or <see cref="float"/>.</typeparam>
public sealed class TrainingSet<TModel, T> : IDisposable, IMeanLoss
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _features = TModel.Shape.Features;
    private readonly AlignedBuffer<T> _rows;
    private readonly AlignedBuffer<T> _classIndices;
    private readonly AlignedBuffer<T>? _rowWeights;
    private readonly double[] _classTotals = new double[TModel.Shape.Classes];
    private readonly Chunks _chunks;
    private ColumnMoments? _moments;

    // Made once, so that a call allocates no delegate.
    private readonly ChunkedSum.Accumulate _addGradient;
    private readonly ChunkedSum.Accumulate _addProduct;
    private readonly ChunkedSum.Accumulate _addHessian;
    private ChunkedSum? _idleGradientSum;
    private ChunkedSum? _idleProductSum;
    private ChunkedSum? _idleHessianSum;
    private Workspace? _idleWorkspace;

    /// <summary>Initializes a new instance of the <see cref="TrainingSet{TModel, T}"/> class.</summary>
    /// <param name="rows">The rows, <c>n x m</c>, row-major; copied.</param>
    /// <param name="labels">The <c>n</c> labels; copied.</param>
    /// <param name="rowWeights">The <c>n</c> weights of the rows, finite and not negative; copied. Empty: every row weighs 1.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, there is no row, a label is out of range, or a number is not valid.</exception>
    public TrainingSet(ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, ReadOnlySpan<T> rowWeights = default)
    {
        ModelShape shape = TModel.Shape;
        RowCount = Guard.AtLeastOneRow(rows.Length, _features, nameof(rows));
        Guard.Length(labels.Length, RowCount, nameof(labels));
        Guard.FiniteRows(rows, _features, nameof(rows));
        Guard.Labels(labels, shape.FirstLabel, shape.Classes, nameof(labels));
        if (!rowWeights.IsEmpty)
        {
            Guard.Length(rowWeights.Length, RowCount, nameof(rowWeights));
            Guard.RowWeights(rowWeights, nameof(rowWeights));
        }

        _addGradient = AddGradient;
        _addProduct = AddProduct;
        _addHessian = AddHessian;
        _chunks = Chunks.Of(RowCount);
        int groups = ((RowCount - 1) / PackedRows<T>.GroupRows) + 1;
        nint padded = (nint)groups * PackedRows<T>.GroupRows;
        _rows = new AlignedBuffer<T>(padded * _features);
        _classIndices = new AlignedBuffer<T>(padded);
        _rowWeights = rowWeights.IsEmpty ? null : new AlignedBuffer<T>(padded);
        PackRows(rows);
        PackLabels(labels, rowWeights);
    }

    /// <summary>Gets the number of rows.</summary>
    public int RowCount { get; }

    /// <inheritdoc/>
    ModelShape IMeanLoss.Shape => TModel.Shape;

    /// <inheritdoc/>
    double IMeanLoss.TotalWeight => TotalWeight;

    /// <inheritdoc/>
    double IMeanLoss.SmallestRowWeight => SmallestRowWeight;

    /// <inheritdoc/>
    ReadOnlySpan<double> IMeanLoss.ClassTotals => _classTotals;

    /// <inheritdoc/>
    ColumnMoments IMeanLoss.Moments => _moments ??= MeasureColumns();

    private double TotalWeight { get; set; }

    private double SmallestRowWeight { get; set; } = double.PositiveInfinity;

    /// <summary>
    /// Computes the mean loss <c>sum_i w_i (-log P(y_i|x_i)) / sum_i w_i</c> and its gradient over the packed rows, without a penalty.
    /// </summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major, the bias first in each row.</param>
    /// <param name="gradient">Receives the gradient, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="maxThreads">The most threads to use, the calling one included. The result has the same bits for any number.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="ArgumentException">A length is not <c>C * (m + 1)</c>, or a weight is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxThreads"/> is less than 1.</exception>
    /// <exception cref="ObjectDisposedException">The training set was disposed of.</exception>
    public double LossAndGradient(ReadOnlySpan<double> weights, Span<double> gradient, int maxThreads = 1)
    {
        CheckArguments(weights, gradient.Length, TModel.Shape.ParameterCount, nameof(gradient), maxThreads);
        double loss = SumOverChunks(ref _idleGradientSum, weights, default, gradient, maxThreads, _addGradient);
        Scale(gradient);
        return loss / TotalWeight;
    }

    /// <summary>Computes the product of the mean loss's Hessian with a direction, at the cost of about two gradients.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major, the bias first in each row.</param>
    /// <param name="direction">The direction, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="product">Receives the product, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="maxThreads">The most threads to use, the calling one included. The result has the same bits for any number.</param>
    /// <exception cref="ArgumentException">A length is not <c>C * (m + 1)</c>, or a weight or an element of the direction is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxThreads"/> is less than 1.</exception>
    /// <exception cref="ObjectDisposedException">The training set was disposed of.</exception>
    public void HessianProduct(ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> product, int maxThreads = 1)
    {
        int parameters = TModel.Shape.ParameterCount;
        Guard.Length(direction.Length, parameters, nameof(direction));
        Guard.Finite(direction, nameof(direction));
        CheckArguments(weights, product.Length, parameters, nameof(product), maxThreads);
        SumOverChunks(ref _idleProductSum, weights, direction, product, maxThreads, _addProduct);
        Scale(product);
    }

    /// <summary>Computes the lower triangle of the mean loss's Hessian.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major, the bias first in each row.</param>
    /// <param name="hessian">Receives the Hessian, <c>P x P</c> with <c>P = C * (m + 1)</c>, row-major; zero above the diagonal.</param>
    /// <param name="maxThreads">The most threads to use, the calling one included. The result has the same bits for any number.</param>
    /// <exception cref="ArgumentException">A length is not <c>P</c> or <c>P * P</c>, or a weight is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxThreads"/> is less than 1.</exception>
    /// <exception cref="NotSupportedException">The exact Hessian is not generated for this shape: <see cref="ModelShape.HasHessian"/> is false.</exception>
    /// <exception cref="ObjectDisposedException">The training set was disposed of.</exception>
    public void Hessian(ReadOnlySpan<double> weights, Span<double> hessian, int maxThreads = 1)
    {
        ModelShape shape = TModel.Shape;
        if (!shape.HasHessian)
        {
            throw new NotSupportedException(
                $"The exact Hessian is not generated for {shape.Classes} classes x {shape.Features} features; use {nameof(HessianProduct)}.");
        }

        CheckArguments(weights, hessian.Length, shape.ParameterCount * shape.ParameterCount, nameof(hessian), maxThreads);
        SumOverChunks(ref _idleHessianSum, weights, default, hessian, maxThreads, _addHessian);
        Scale(hessian);
    }

    /// <summary>Frees the packed rows.</summary>
    public void Dispose()
    {
        _rows.Dispose();
        _classIndices.Dispose();
        _rowWeights?.Dispose();
    }

    /// <summary>Lends the vectors of the last training; new ones when another training has them.</summary>
    /// <returns>The workspace.</returns>
    internal Workspace BorrowWorkspace() => Interlocked.Exchange(ref _idleWorkspace, null) ?? new Workspace();

    /// <summary>Takes the vectors of a training back, for the next one.</summary>
    /// <param name="workspace">The workspace.</param>
    internal void ReturnWorkspace(Workspace workspace)
    {
        workspace.Reset();
        _idleWorkspace = workspace;
    }

    private static void CheckArguments(ReadOnlySpan<double> weights, int targetLength, int expectedLength, string targetName, int maxThreads)
    {
        Guard.Length(weights.Length, TModel.Shape.ParameterCount, nameof(weights));
        Guard.Finite(weights, nameof(weights));
        Guard.Length(targetLength, expectedLength, targetName);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxThreads, 1);
    }

    private double SumOverChunks(
        ref ChunkedSum? idle,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<double> direction,
        Span<double> sum,
        int maxThreads,
        ChunkedSum.Accumulate accumulate)
    {
        if (_chunks.Count == 1)
        {
            sum.Clear();
            double onlyLoss = accumulate(0, weights, direction, sum);
            GC.KeepAlive(this);
            return onlyLoss;
        }

        // One caller at a time reuses the buffers of the last call; a second one beside it makes its own.
        ChunkedSum chunked = Interlocked.Exchange(ref idle, null) ?? new ChunkedSum(_chunks.Count, weights.Length, sum.Length, accumulate);
        double loss = chunked.Run(weights, direction, sum, maxThreads);
        idle = chunked;

        // The kernels hold plain references into native memory, which a finaliser must not free beneath them.
        GC.KeepAlive(this);
        return loss;
    }

    private void Scale(Span<double> sum)
    {
        double scale = 1 / TotalWeight;
        foreach (ref double value in sum)
        {
            value *= scale;
        }
    }

    private double AddGradient(int chunk, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> sum) =>
        TModel.AccumulateLossAndGradient(weights, Chunk(chunk), sum);

    private double AddProduct(int chunk, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> sum)
    {
        TModel.AccumulateHessianProduct(weights, direction, Chunk(chunk), sum);
        return 0;
    }

    private double AddHessian(int chunk, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> sum)
    {
        TModel.AccumulateHessian(weights, Chunk(chunk), sum);
        return 0;
    }

    private PackedRows<T> Chunk(int chunk)
    {
        nint first = _chunks.FirstRow(chunk);
        int count = _chunks.RowsIn(chunk);
        int padded = RoundUpToGroup(count);
        return new PackedRows<T>
        {
            Count = count,
            Features = _rows.Slice(first * _features, padded * _features),
            ClassIndices = _classIndices.Slice(first, padded),
            RowWeights = _rowWeights is null ? default : _rowWeights.Slice(first, padded),
        };
    }

    // A span ends at 2^31 elements, so the rows are packed chunk by chunk.
    private void PackRows(ReadOnlySpan<T> rows)
    {
        for (int chunk = 0; chunk < _chunks.Count; chunk++)
        {
            int first = (int)_chunks.FirstRow(chunk);
            int count = _chunks.RowsIn(chunk);
            Span<T> packed = _rows.Slice((nint)first * _features, RoundUpToGroup(count) * _features);
            RowPacker.PackRows(rows.Slice(first * _features, count * _features), _features, packed);
        }
    }

    private void PackLabels(ReadOnlySpan<int> labels, ReadOnlySpan<T> rowWeights)
    {
        Span<T> classIndices = _classIndices.Slice(0, RowCount);
        for (int row = 0; row < labels.Length; row++)
        {
            int classIndex = labels[row] - TModel.Shape.FirstLabel;
            double weight = rowWeights.IsEmpty ? 1 : double.CreateChecked(rowWeights[row]);
            classIndices[row] = T.CreateChecked(classIndex);
            _classTotals[classIndex] += weight;
            TotalWeight += weight;
            if (weight > 0)
            {
                SmallestRowWeight = Math.Min(SmallestRowWeight, weight);
            }
        }

        if (TotalWeight == 0)
        {
            throw new ArgumentException("Every row weighs 0; at least one must weigh more.", nameof(rowWeights));
        }

        if (double.IsInfinity(TotalWeight))
        {
            throw new ArgumentException("The sum of the row weights overflows.", nameof(rowWeights));
        }

        if (_rowWeights is not null)
        {
            rowWeights.CopyTo(_rowWeights.Slice(0, RowCount));
        }
    }

    /// <summary>
    /// Two passes, because the textbook <c>E[x^2] - E[x]^2</c> loses every digit of a feature with a large mean. The first one takes the distances
    /// to a row that counts: those of a constant feature are exactly 0, and so is its deviation.
    /// </summary>
    private ColumnMoments MeasureColumns()
    {
        double[] means = FirstRowThatCounts();
        double[] distances = MeanDistances(means, squared: false);
        for (int k = 0; k < means.Length; k++)
        {
            means[k] += distances[k];
        }

        return new ColumnMoments(means, [.. MeanDistances(means, squared: true).Select(Math.Sqrt)]);
    }

    private double[] FirstRowThatCounts()
    {
        int row = 0;
        while (_rowWeights is not null && _rowWeights.Slice(row, 1)[0] == T.Zero)
        {
            row++;
        }

        int blockRows = PackedRows<T>.BlockRows;
        ReadOnlySpan<T> block = _rows.Slice((nint)(row / blockRows * blockRows) * _features, blockRows * _features);
        double[] values = new double[_features];
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = double.CreateTruncating(block[(k * blockRows) + (row % blockRows)]);
        }

        return values;
    }

    /// <summary>Computes the weighted mean of <c>x - center</c>, or of its square, for each feature.</summary>
    private double[] MeanDistances(double[] centers, bool squared)
    {
        int blockRows = PackedRows<T>.BlockRows;
        double[] means = new double[_features];
        Span<double> shares = stackalloc double[blockRows];
        for (int first = 0; first < RowCount; first += blockRows)
        {
            shares = shares[..Math.Min(blockRows, RowCount - first)];
            Shares(first, shares);
            ReadOnlySpan<T> block = _rows.Slice((nint)first * _features, blockRows * _features);
            for (int k = 0; k < means.Length; k++)
            {
                ReadOnlySpan<T> lanes = block.Slice(k * blockRows, shares.Length);
                double center = centers[k];
                double sum = 0;
                for (int lane = 0; lane < lanes.Length; lane++)
                {
                    double distance = double.CreateTruncating(lanes[lane]) - center;
                    sum += shares[lane] * (squared ? distance * distance : distance);
                }

                means[k] += sum;
            }
        }

        return means;
    }

    // The share of each row of a block in a mean.
    private void Shares(int first, Span<double> shares)
    {
        shares.Fill(1 / TotalWeight);
        if (_rowWeights is not null)
        {
            ReadOnlySpan<T> weights = _rowWeights.Slice(first, shares.Length);
            for (int lane = 0; lane < shares.Length; lane++)
            {
                shares[lane] *= double.CreateTruncating(weights[lane]);
            }
        }
    }

    private static int RoundUpToGroup(int rows) => (rows + PackedRows<T>.GroupRows - 1) / PackedRows<T>.GroupRows * PackedRows<T>.GroupRows;
}
