using System.Numerics;
using System.Runtime.CompilerServices;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Data;
using SoftmaxGen.Data.Files;
using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>
/// Makes a training set of rows that come one after another, or batch by batch: from a file, a database, a stream. Each batch is checked and packed as it
/// comes, so that there is never more in memory than the packed rows and one batch; the numbers of all rows may be more than an array holds. The set is the one
/// that all rows at once would make, to the bit. Not thread-safe: threads that read batches take turns to add them. Messages number the rows from the first
/// one that was ever added.
/// <para>
/// Rows that do not fit the memory go to a file: <see cref="TrainingSetBuilder{TModel, T}.TrainingSetBuilder(string)"/>. Then there is one batch in memory, and
/// <see cref="TrainingSet{TModel, T}.Open"/> has the rows at once another time.
/// </para>
/// </summary>
/// <typeparam name="TModel">The model the rows are packed for.</typeparam>
/// <typeparam name="T">The type of features: <see cref="double"/> or <see cref="float"/>.</typeparam>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/training.md#rows-batch-by-batch">rows batch by batch</see>.</remarks>
/// <example>
/// <code>
/// using var builder = new TrainingSetBuilder&lt;IrisModel, double&gt;();
/// double[] flower = new double[IrisModel.Features];
/// foreach (string line in File.ReadLines("iris.csv").Skip(1))
/// {
///     int label = Parse(line, flower);
///     builder.Add(flower, [label]);
/// }
///
/// using TrainingSet&lt;IrisModel, double&gt; set = builder.Build();
/// </code>
/// </example>
public sealed class TrainingSetBuilder<TModel, T> : IDisposable
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GrowingRows<T> _rows;
    private readonly RowFileWriter<T>? _file;
    private bool _isEnded;

    /// <summary>Initializes a new instance of the <see cref="TrainingSetBuilder{TModel, T}"/> class.</summary>
    /// <param name="capacity">
    /// The number of rows that are expected; 0, the default, where nobody knows. Memory for so many is reserved at once, which spares a copy at the end.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is negative.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither <see cref="double"/> nor <see cref="float"/>.</exception>
    public TrainingSetBuilder(int capacity = 0)
    {
        Precision.Require<T>();
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _rows = new GrowingRows<T>(TModel.Shape, capacity);
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="TrainingSetBuilder{TModel, T}"/> class whose rows go to a file as they come. The file gets its name when
    /// the set is built: whenever the process ends, the path holds what it held before or the file, whole. It takes as many bytes as the packed rows, about
    /// <c>rows x (features + 1) x 8</c>, or 4 in single precision; until it is complete, labels, weights, soft labels and offsets take theirs twice.
    /// </summary>
    /// <param name="path">The path of the file, which is replaced when it exists.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="NotSupportedException">
    /// <typeparamref name="T"/> is neither <see cref="double"/> nor <see cref="float"/>, or the processor is not little-endian.
    /// </exception>
    /// <example>
    /// <code>
    /// using var builder = new TrainingSetBuilder&lt;IrisModel, double&gt;("iris.rows");
    /// foreach ((double[] rows, int[] labels) in ReadBatches())
    /// {
    ///     builder.Add(rows, labels);
    /// }
    ///
    /// using TrainingSet&lt;IrisModel, double&gt; set = builder.Build();
    /// </code>
    /// </example>
    public TrainingSetBuilder(string path)
        : this(path, TModel.Shape.Precision)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="TrainingSetBuilder{TModel, T}"/> class whose rows go to a file, in which the features of a model of double
    /// precision may take 4 bytes instead of 8: see <see cref="TrainingSetBuilder{TModel, T}.TrainingSetBuilder(string)"/>. The file and what is read of it are
    /// half as long. Integers up to 2^24, halves, and all else that a <see cref="float"/> holds stay as they are; other features are rounded to 24 bits, a
    /// relative error of up to 6e-8, and so is what is trained on them. Weights of rows, soft labels and offsets are not rounded, and all sums are of double
    /// precision.
    /// </summary>
    /// <param name="path">The path of the file, which is replaced when it exists.</param>
    /// <param name="features">The precision of the features in the file, not above the model's.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="features"/> is none, or above the precision of the model.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="NotSupportedException">
    /// <typeparamref name="T"/> is neither <see cref="double"/> nor <see cref="float"/>, or the processor is not little-endian.
    /// </exception>
    /// <example>
    /// <code>
    /// using var builder = new TrainingSetBuilder&lt;DigitsModel, double&gt;("pixels.rows", SoftmaxPrecision.Single);
    /// </code>
    /// </example>
    public TrainingSetBuilder(string path, SoftmaxPrecision features)
    {
        Precision.Require<T>();
        if (features is not (SoftmaxPrecision.Double or SoftmaxPrecision.Single) || features < TModel.Shape.Precision)
        {
            throw new ArgumentOutOfRangeException(
                nameof(features),
                features,
                $"The features of a model of {TModel.Shape.Precision} precision are stored in that or in {nameof(SoftmaxPrecision.Single)}.");
        }

        _file = new RowFileWriter<T>(path, TModel.Shape, features == SoftmaxPrecision.Single ? sizeof(float) : sizeof(double));
        _rows = new GrowingRows<T>(TModel.Shape, _file.PartRows, _file);
    }

    /// <summary>Gets the number of rows so far.</summary>
    public int RowCount => _rows.Count;

    /// <summary>Gets the number of rows that were left out for a missing feature; see <see cref="IncompleteRows"/>.</summary>
    public int SkippedRowCount { get; private set; }

    /// <summary>Gets what messages call the next row.</summary>
    internal int NextRow => RowCount + SkippedRowCount;

    /// <summary>Adds rows.</summary>
    /// <param name="rows">The rows, <c>n x m</c>, row-major; copied. There may be none.</param>
    /// <param name="labels">The <c>n</c> labels; copied.</param>
    /// <param name="rowWeights">The <c>n</c> weights of the rows, finite and not negative; copied. Empty: every row weighs 1.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, a label is out of range, a number is not valid, or rows before have targets; no row is added.
    /// </exception>
    /// <exception cref="IOException">The rows cannot be written to the file; it is removed, and the builder is disposed of.</exception>
    /// <exception cref="ObjectDisposedException">The set was built, or the builder disposed of.</exception>
    public void Add(ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, ReadOnlySpan<T> rowWeights = default) =>
        Add(new TrainingRows<T> { Rows = rows, Labels = labels, RowWeights = rowWeights });

    /// <summary>
    /// Adds rows with soft labels, offsets or missing values. Soft labels have either all rows or none. Rows without weights weigh 1, rows without offsets
    /// have 0.
    /// </summary>
    /// <param name="data">The rows and all that is to be said of them; copied. There may be none.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, there are both labels and targets, rows before have the other, a label is out of range, or a number is not valid; no row is
    /// added.
    /// </exception>
    /// <exception cref="IOException">The rows cannot be written to the file; it is removed, and the builder is disposed of.</exception>
    /// <exception cref="ObjectDisposedException">The set was built, or the builder disposed of.</exception>
    public void Add(TrainingRows<T> data)
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        data = CheckedRows.Check(data, TModel.Shape, out int skipped, NextRow);
        Guard.FiniteRows(data.Rows, TModel.Shape, CheckedRows.RowsName, NextRow);
        if (_file is { IsNarrow: true })
        {
            Guard.SingleRows(data.Rows, TModel.Shape, CheckedRows.RowsName, NextRow);
        }

        if (!data.Rows.IsEmpty)
        {
            try
            {
                _rows.Add(data);
            }
            catch when (_file is { IsBroken: true })
            {
                Dispose();
                throw;
            }
        }

        SkippedRowCount += skipped;
    }

    /// <summary>
    /// Makes the training set, to which the rows go without a copy where memory was reserved for them; or completes the file of the rows and opens it. It ends
    /// the builder.
    /// </summary>
    /// <returns>The training set, to be disposed of by the caller.</returns>
    /// <exception cref="InvalidOperationException">There is no row.</exception>
    /// <exception cref="ArgumentException">The weights of the rows add up to 0 or overflow.</exception>
    /// <exception cref="IOException">The file cannot be written or mapped; it is removed.</exception>
    /// <exception cref="ObjectDisposedException">The set was built, or the builder disposed of.</exception>
    public TrainingSet<TModel, T> Build()
    {
        RequireRows();
        _isEnded = true;
        if (_file is not null)
        {
            try
            {
                return Build(_file);
            }
            finally
            {
                Dispose();
            }
        }

        RowMemory<T> memory = _rows.Join();
        try
        {
            return new TrainingSet<TModel, T>(new RowStore<T>(memory, TModel.Shape), SkippedRowCount);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Writes rows that are in memory to a file, opens it, and frees them: as of a builder that was given the path at first, for those who learn only now that
    /// they keep the rows. It ends the builder, unless it throws.
    /// </summary>
    /// <param name="path">The path of the file, which is replaced when it exists.</param>
    /// <returns>The training set, to be disposed of by the caller.</returns>
    /// <exception cref="InvalidOperationException">There is no row, or the rows are in another file already.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="path"/> is null or empty, or the weights of the rows add up to 0 or overflow.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written or mapped; what the path held is untouched.</exception>
    /// <exception cref="ObjectDisposedException">The set was built, or the builder disposed of.</exception>
    /// <exception cref="PlatformNotSupportedException">The processor is not little-endian.</exception>
    public TrainingSet<TModel, T> Build(string path)
    {
        RequireRows();
        if (_file is not null)
        {
            throw new InvalidOperationException("The rows are in the file already that the builder was made with; build it without a path.");
        }

        using var file = new RowFileWriter<T>(path, TModel.Shape, Unsafe.SizeOf<T>());
        TrainingSet<TModel, T> set = Build(file);
        Dispose();
        return set;
    }

    /// <summary>Frees the rows, unless a training set has them, and removes a file that is not complete.</summary>
    public void Dispose()
    {
        _isEnded = true;
        _rows.Dispose();
        _file?.Dispose();
    }

    /// <summary>
    /// Begins to add rows by several calls, all of them or none: what was added since is forgotten when the result is disposed of without being completed.
    /// Other calls of the builder may begin additions of their own meanwhile.
    /// </summary>
    /// <returns>The addition, to be completed and disposed of by the caller.</returns>
    /// <exception cref="ObjectDisposedException">The set was built, or the builder disposed of.</exception>
    /// <example>
    /// <code>
    /// using RowAddition addition = builder.Begin();
    /// foreach (Batch batch in batches)
    /// {
    ///     builder.Add(batch.Rows, batch.Labels);
    /// }
    ///
    /// addition.Complete();
    /// </code>
    /// </example>
    public RowAddition Begin()
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        GrowingRows<T>.Mark end = _rows.End;
        int skipped = SkippedRowCount;
        return new RowAddition(() => Forget(end, skipped));
    }

    private void RequireRows()
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        if (RowCount == 0)
        {
            throw new InvalidOperationException("There must be at least one row.");
        }
    }

    private TrainingSet<TModel, T> Build(RowFileWriter<T> file)
    {
        _rows.CopyTo(file);
        return TrainingSet<TModel, T>.Of(file.Finish(SkippedRowCount));
    }

    private void Forget(GrowingRows<T>.Mark end, int skipped)
    {
        if (_isEnded)
        {
            return;
        }

        try
        {
            _rows.Return(end);
        }
        catch (IOException)
        {
            // Nobody knows which rows are in the file now.
            Dispose();
            throw;
        }

        SkippedRowCount = skipped;
    }
}
