using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

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
    // The names of the arguments, which the constructors and the factory of the model have in common.
    private const string RowsName = "rows";
    private const string LabelsName = "labels";
    private const string TargetsName = "targets";
    private const string RowWeightsName = "rowWeights";
    private const string OffsetsName = "offsets";

    private readonly int _features = TModel.Shape.Features;
    private readonly AlignedBuffer<T> _rows;
    private readonly AlignedBuffer<T> _classIndices;
    private readonly AlignedBuffer<T>? _rowWeights;
    private readonly AlignedBuffer<T>? _targets;
    private readonly AlignedBuffer<T>? _offsets;
    private readonly TrainingSet<TModel, T>? _source;
    private readonly LabelCorrection? _correction;
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
    private RowBatch<T>? _idleBatch;

    /// <summary>Initializes a new instance of the <see cref="TrainingSet{TModel, T}"/> class.</summary>
    /// <param name="rows">The rows, <c>n x m</c>, row-major; copied.</param>
    /// <param name="labels">The <c>n</c> labels; copied.</param>
    /// <param name="rowWeights">The <c>n</c> weights of the rows, finite and not negative; copied. Empty: every row weighs 1.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, there is no row, a label is out of range, or a number is not valid.</exception>
    public TrainingSet(ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, ReadOnlySpan<T> rowWeights = default)
        : this(new TrainingRows<T> { Rows = rows, Labels = labels, RowWeights = rowWeights })
    {
    }

    /// <summary>Initializes a new instance of the <see cref="TrainingSet{TModel, T}"/> class with soft labels, offsets or missing values.</summary>
    /// <param name="data">The rows and all that is to be said of them; copied.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, there is no row, there are both labels and targets, a label is out of range, or a number is not valid.
    /// </exception>
    public TrainingSet(TrainingRows<T> data)
    {
        ModelShape shape = TModel.Shape;
        data = Complete(data, shape, out int skipped);
        SkippedRowCount = skipped;
        RowCount = Guard.AtLeastOneRow(data.Rows.Length, _features, RowsName);

        _addGradient = AddGradient;
        _addProduct = AddProduct;
        _addHessian = AddHessian;
        _chunks = Chunks.Of(RowCount);
        nint padded = RoundUpToGroup(RowCount);
        _rows = new AlignedBuffer<T>(padded * _features);
        _classIndices = new AlignedBuffer<T>(padded);
        _rowWeights = Copy(data.RowWeights, padded);
        _targets = Copy(data.Targets, data.Targets.Length);
        _offsets = Copy(data.Offsets, data.Offsets.Length);
        PackRows(data.Rows);
        PackLabels(data.Labels);
        MeasureWeights();
        if (_targets is not null)
        {
            _correction = Correct(new TargetShares(shape.Classes, classWeights: null, smoothing: 0), this);
        }
    }

    /// <summary>Initializes a new instance of the <see cref="TrainingSet{TModel, T}"/> class that shares the rows of another one.</summary>
    /// <param name="source">The other one, which must outlive this one.</param>
    /// <param name="classWeights">The weights of its classes, or null.</param>
    /// <param name="smoothing">The share of a label that is spread over all classes.</param>
    private TrainingSet(TrainingSet<TModel, T> source, double[]? classWeights, double smoothing)
    {
        _source = source;
        RowCount = source.RowCount;
        SkippedRowCount = source.SkippedRowCount;
        _addGradient = AddGradient;
        _addProduct = AddProduct;
        _addHessian = AddHessian;
        _chunks = source._chunks;
        _rows = source._rows;
        _classIndices = source._classIndices;
        _offsets = source._offsets;
        _rowWeights = classWeights is null ? source._rowWeights : new AlignedBuffer<T>(RoundUpToGroup(RowCount));
        var shares = new TargetShares(TModel.Shape.Classes, classWeights, smoothing);
        if (classWeights is not null)
        {
            WeighRows(shares, source);
        }

        MeasureWeights();
        _correction = Correct(shares, source);
    }

    /// <summary>Gets the number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Gets the number of rows that were left out for a missing feature; see <see cref="IncompleteRows"/>.</summary>
    public int SkippedRowCount { get; }

    /// <summary>Gets the number of chunks that the rows are cut into.</summary>
    internal int ChunkCount => _chunks.Count;

    /// <inheritdoc/>
    ModelShape IMeanLoss.Shape => _offsets is null ? TModel.Shape : TModel.Shape with { HasHessian = false };

    /// <inheritdoc/>
    double IMeanLoss.TotalWeight => TotalWeight;

    /// <inheritdoc/>
    double IMeanLoss.SmallestRowWeight => SmallestRowWeight;

    /// <inheritdoc/>
    ReadOnlySpan<double> IMeanLoss.ClassTotals => _classTotals;

    /// <inheritdoc/>
    ColumnMoments IMeanLoss.Moments => Moments;

    private ColumnMoments Moments => _moments ??= MeasureColumns();

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
        VectorAlgebra.Scale(1 / TotalWeight, gradient, gradient);
        return (loss / TotalWeight) + (_correction?.AddTo(weights, gradient) ?? 0);
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
        VectorAlgebra.Scale(1 / TotalWeight, product, product);
    }

    /// <summary>Computes the lower triangle of the mean loss's Hessian.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major, the bias first in each row.</param>
    /// <param name="hessian">Receives the Hessian, <c>P x P</c> with <c>P = C * (m + 1)</c>, row-major; zero above the diagonal.</param>
    /// <param name="maxThreads">The most threads to use, the calling one included. The result has the same bits for any number.</param>
    /// <exception cref="ArgumentException">A length is not <c>P</c> or <c>P * P</c>, or a weight is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxThreads"/> is less than 1.</exception>
    /// <exception cref="NotSupportedException">
    /// The exact Hessian is not generated for this shape: <see cref="ModelShape.HasHessian"/> is false. Or the rows have offsets.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The training set was disposed of.</exception>
    public void Hessian(ReadOnlySpan<double> weights, Span<double> hessian, int maxThreads = 1)
    {
        ModelShape shape = TModel.Shape;
        if (_offsets is not null)
        {
            throw new NotSupportedException($"The exact Hessian is not computed for rows with offsets; use {nameof(HessianProduct)}.");
        }

        if (!shape.HasHessian)
        {
            throw new NotSupportedException(
                $"The exact Hessian is not generated for {shape.Classes} classes x {shape.Features} features; use {nameof(HessianProduct)}.");
        }

        CheckArguments(weights, hessian.Length, shape.ParameterCount * shape.ParameterCount, nameof(hessian), maxThreads);
        SumOverChunks(ref _idleHessianSum, weights, default, hessian, maxThreads, _addHessian);
        VectorAlgebra.Scale(1 / TotalWeight, hessian, hessian);
    }

    /// <inheritdoc/>
    double IMeanLoss.BatchLossAndGradient(ReadOnlySpan<double> weights, ReadOnlySpan<int> rows, Span<double> gradient)
    {
        RowBatch<T>? batch = Interlocked.Exchange(ref _idleBatch, null);
        if (batch is null || batch.Capacity < rows.Length)
        {
            batch?.Dispose();
            batch = new RowBatch<T>(rows.Length, _features, _offsets is null ? 0 : TModel.Shape.Classes);
        }

        Gather(rows, batch);
        gradient.Clear();
        double loss = _offsets is null
            ? TModel.AccumulateLossAndGradient(weights, batch.Rows, gradient)
            : OffsetKernel.AccumulateLossAndGradient(weights, batch.Rows, batch.Offsets, TModel.Shape.Classes, gradient);
        _idleBatch = batch;

        // The correction for soft labels is that of all rows: the expected one, and the same for every batch.
        double scale = RowCount / (rows.Length * TotalWeight);
        VectorAlgebra.Scale(scale, gradient, gradient);
        GC.KeepAlive(this);
        return (loss * scale) + (_correction?.AddTo(weights, gradient) ?? 0);
    }

    /// <summary>Frees the packed rows.</summary>
    public void Dispose()
    {
        _idleBatch?.Dispose();
        if (_rowWeights != _source?._rowWeights)
        {
            _rowWeights?.Dispose();
        }

        if (_source is null)
        {
            _rows.Dispose();
            _classIndices.Dispose();
            _targets?.Dispose();
            _offsets?.Dispose();
        }
    }

    /// <summary>Makes a training set of the same rows with other weights and labels; it must not be used after this one is disposed of.</summary>
    /// <param name="classWeights">The weights of the classes, or null.</param>
    /// <param name="smoothing">The share of a label that is spread over all classes.</param>
    /// <returns>The training set; null when nothing changes.</returns>
    /// <exception cref="ArgumentException">Class weights were given for another number of classes.</exception>
    internal TrainingSet<TModel, T>? Adjust(ClassWeights? classWeights, double smoothing) => classWeights is null && smoothing == 0
        ? null
        : new TrainingSet<TModel, T>(this, classWeights?.For(_classTotals), smoothing);

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

    private static TrainingRows<T> Complete(TrainingRows<T> data, ModelShape shape, out int skipped)
    {
        skipped = 0;
        int rowCount = Guard.AtLeastOneRow(data.Rows.Length, shape.Features, RowsName);
        CheckLengths(data, shape, rowCount);
        CheckValues(data, shape);
        if (data.IncompleteRows != IncompleteRows.Skip)
        {
            Guard.FiniteRows(data.Rows, shape, RowsName);
            return data;
        }

        int[]? complete = CompleteRows.Find(data.Rows, shape.Features, RowsName);
        if (complete is null)
        {
            return data;
        }

        skipped = rowCount - complete.Length;
        return new TrainingRows<T>
        {
            Rows = CompleteRows.Select(data.Rows, shape.Features, complete),
            Labels = CompleteRows.Select(data.Labels, 1, complete),
            Targets = CompleteRows.Select(data.Targets, shape.Classes, complete),
            RowWeights = CompleteRows.Select(data.RowWeights, 1, complete),
            Offsets = CompleteRows.Select(data.Offsets, shape.Classes, complete),
        };
    }

    private static void CheckLengths(TrainingRows<T> data, ModelShape shape, int rowCount)
    {
        if (data.Targets.IsEmpty)
        {
            Guard.Length(data.Labels.Length, rowCount, LabelsName);
        }
        else
        {
            Guard.Length(data.Targets.Length, checked(rowCount * shape.Classes), TargetsName);
            Guard.Length(data.Labels.Length, 0, LabelsName);
        }

        if (!data.RowWeights.IsEmpty)
        {
            Guard.Length(data.RowWeights.Length, rowCount, RowWeightsName);
        }

        if (!data.Offsets.IsEmpty)
        {
            Guard.Length(data.Offsets.Length, checked(rowCount * shape.Classes), OffsetsName);
        }
    }

    private static void CheckValues(TrainingRows<T> data, ModelShape shape)
    {
        Guard.Labels(data.Labels, shape.FirstLabel, shape.Classes, LabelsName);
        TargetShares.Check(data.Targets, shape.Classes, TargetsName);
        Guard.RowWeights(data.RowWeights, RowWeightsName);
        OffsetKernel.Check(data.Offsets, shape.Classes, OffsetsName);
    }

    private static AlignedBuffer<T>? Copy(ReadOnlySpan<T> values, nint length)
    {
        if (values.IsEmpty)
        {
            return null;
        }

        var copy = new AlignedBuffer<T>(length);
        values.CopyTo(copy.Slice(0, values.Length));
        return copy;
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

    private double AddGradient(int chunk, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> sum) =>
        _offsets is null
            ? TModel.AccumulateLossAndGradient(weights, Chunk(chunk), sum)
            : OffsetKernel.AccumulateLossAndGradient(weights, Chunk(chunk), Offsets(chunk), TModel.Shape.Classes, sum);

    private double AddProduct(int chunk, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> sum)
    {
        if (_offsets is null)
        {
            TModel.AccumulateHessianProduct(weights, direction, Chunk(chunk), sum);
        }
        else
        {
            OffsetKernel.AccumulateHessianProduct(weights, direction, Chunk(chunk), Offsets(chunk), TModel.Shape.Classes, sum);
        }

        return 0;
    }

    private double AddHessian(int chunk, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> sum)
    {
        TModel.AccumulateHessian(weights, Chunk(chunk), sum);
        return 0;
    }

    /// <summary>Gets the rows of a chunk; they live as long as the set is not disposed of.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <returns>The packed rows.</returns>
    internal PackedRows<T> Chunk(int chunk)
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

    private ReadOnlySpan<T> Offsets(int chunk) =>
        _offsets!.Slice(_chunks.FirstRow(chunk) * TModel.Shape.Classes, _chunks.RowsIn(chunk) * TModel.Shape.Classes);

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

    // A row with targets is labelled with the largest of them; the correction does the rest.
    private void PackLabels(ReadOnlySpan<int> labels)
    {
        Span<T> classIndices = _classIndices.Slice(0, RowCount);
        if (!labels.IsEmpty)
        {
            RowPacker.PackLabels(labels, TModel.Shape.FirstLabel, classIndices);
            return;
        }

        for (int row = 0; row < RowCount; row++)
        {
            classIndices[row] = T.CreateTruncating(TargetShares.Largest(Targets(row)));
        }
    }

    private ReadOnlySpan<T> Targets(int row) => _targets is null ? default : _targets.Slice((nint)row * TModel.Shape.Classes, TModel.Shape.Classes);

    private int ClassIndex(int row) => int.CreateTruncating(_classIndices.Slice(row, 1)[0]);

    private double RowWeight(int row) => _rowWeights is null ? 1 : double.CreateTruncating(_rowWeights.Slice(row, 1)[0]);

    private void WeighRows(TargetShares shares, TrainingSet<TModel, T> source)
    {
        double[] rowShares = new double[TModel.Shape.Classes];
        Span<T> rowWeights = _rowWeights!.Slice(0, RowCount);
        for (int row = 0; row < RowCount; row++)
        {
            rowWeights[row] = T.CreateTruncating(source.RowWeight(row) * shares.Of(source.Targets(row), ClassIndex(row), rowShares));
        }
    }

    private void MeasureWeights()
    {
        if (_rowWeights is null)
        {
            CountRows();
            return;
        }

        ReadOnlySpan<T> classIndices = _classIndices.Slice(0, RowCount);
        ReadOnlySpan<T> rowWeights = _rowWeights.Slice(0, RowCount);
        for (int row = 0; row < classIndices.Length; row++)
        {
            double weight = double.CreateTruncating(rowWeights[row]);
            _classTotals[int.CreateTruncating(classIndices[row])] += weight;
            TotalWeight += weight;
            if (weight > 0)
            {
                SmallestRowWeight = Math.Min(SmallestRowWeight, weight);
            }
        }

        if (TotalWeight == 0)
        {
            throw new ArgumentException("Every row weighs 0; at least one must weigh more.", RowWeightsName);
        }

        if (double.IsInfinity(TotalWeight))
        {
            throw new ArgumentException("The sum of the row weights overflows.", RowWeightsName);
        }
    }

    // Rows of weight 1. Class by class, which is vectorised and less than a feature of a kernel's pass.
    private void CountRows()
    {
        ReadOnlySpan<T> classIndices = _classIndices.Slice(0, RowCount);
        for (int j = 0; j < _classTotals.Length; j++)
        {
            // Whole numbers are equal where their bits are.
            T index = T.CreateTruncating(j);
            _classTotals[j] = typeof(T) == typeof(double)
                ? MemoryMarshal.Cast<T, long>(classIndices).Count(Unsafe.BitCast<T, long>(index))
                : MemoryMarshal.Cast<T, int>(classIndices).Count(Unsafe.BitCast<T, int>(index));
        }

        TotalWeight = RowCount;
        SmallestRowWeight = 1;
    }

    /// <summary>Sums what soft labels change, and what the rows then count for each class.</summary>
    /// <param name="shares">The shares of a row.</param>
    /// <param name="source">Where the targets are.</param>
    /// <returns>The correction; null when every label is hard.</returns>
    private LabelCorrection? Correct(TargetShares shares, TrainingSet<TModel, T> source)
    {
        int classes = TModel.Shape.Classes;
        var correction = new LabelCorrection(Moments.Means, classes);
        double[] rowShares = new double[classes];
        double[] features = new double[_features];
        double[] totals = new double[classes];
        for (int row = 0; row < RowCount; row++)
        {
            double weight = RowWeight(row);
            if (weight > 0)
            {
                int label = ClassIndex(row);
                shares.Of(source.Targets(row), label, rowShares);
                ReadRow(row, features);
                correction.Add(weight / TotalWeight, rowShares, label, features);
                for (int j = 0; j < classes; j++)
                {
                    totals[j] += weight * rowShares[j];
                }
            }
        }

        if (!correction.IsNeeded)
        {
            return null;
        }

        // No loss is so low that it would prove soft labels separable.
        SmallestRowWeight = 0;
        totals.CopyTo(_classTotals, 0);
        return correction;
    }

    private void Gather(ReadOnlySpan<int> rows, RowBatch<T> batch)
    {
        batch.Clear();
        int classes = TModel.Shape.Classes;
        foreach (int row in rows)
        {
            ReadOnlySpan<T> offsets = _offsets is null ? default : _offsets.Slice((nint)row * classes, classes);
            T weight = _rowWeights is null ? T.One : _rowWeights.Slice(row, 1)[0];
            batch.Add(Block(row), row % PackedRows<T>.BlockRows, _classIndices.Slice(row, 1)[0], weight, offsets);
        }
    }

    private ReadOnlySpan<T> Block(int row)
    {
        int blockRows = PackedRows<T>.BlockRows;
        return _rows.Slice((nint)(row / blockRows * blockRows) * _features, blockRows * _features);
    }

    private void ReadRow(int row, Span<double> features)
    {
        int blockRows = PackedRows<T>.BlockRows;
        ReadOnlySpan<T> block = Block(row);
        for (int k = 0; k < features.Length; k++)
        {
            features[k] = double.CreateTruncating(block[(k * blockRows) + (row % blockRows)]);
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

        return new ColumnMoments(means, Array.ConvertAll(MeanDistances(means, squared: true), Math.Sqrt));
    }

    private double[] FirstRowThatCounts()
    {
        int row = 0;
        while (_rowWeights is not null && _rowWeights.Slice(row, 1)[0] == T.Zero)
        {
            row++;
        }

        double[] values = new double[_features];
        ReadRow(row, values);
        return values;
    }

    /// <summary>Computes the weighted mean of <c>x - center</c>, or of its square, for each feature.</summary>
    private double[] MeanDistances(double[] centers, bool squared)
    {
        const int BlocksAtOnce = 64;
        int blockRows = PackedRows<T>.BlockRows;
        double[] sums = new double[_features];
        int wholeBlocks = RowCount / blockRows;
        for (int first = 0; first < wholeBlocks; first += BlocksAtOnce)
        {
            int blocks = Math.Min(BlocksAtOnce, wholeBlocks - first);
            ReadOnlySpan<T> rows = _rows.Slice((nint)first * blockRows * _features, blocks * blockRows * _features);
            MomentSums.Add(rows, RowWeights(first * blockRows, blocks * blockRows), centers, 1 / TotalWeight, squared, sums);
        }

        AddLastRows(centers, squared, sums);
        return sums;
    }

    // The rows of the last block, which they do not fill.
    private void AddLastRows(double[] centers, bool squared, double[] sums)
    {
        double[] features = new double[_features];
        for (int row = RowCount / PackedRows<T>.BlockRows * PackedRows<T>.BlockRows; row < RowCount; row++)
        {
            ReadRow(row, features);
            for (int k = 0; k < features.Length; k++)
            {
                double distance = features[k] - centers[k];
                sums[k] += RowWeight(row) / TotalWeight * (squared ? distance * distance : distance);
            }
        }
    }

    private ReadOnlySpan<T> RowWeights(int first, int count) => _rowWeights is null ? default : _rowWeights.Slice(first, count);

    private static int RoundUpToGroup(int rows) => (rows + PackedRows<T>.GroupRows - 1) / PackedRows<T>.GroupRows * PackedRows<T>.GroupRows;
}
