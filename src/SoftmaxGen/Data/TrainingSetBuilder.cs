using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>
/// Makes a training set of rows that come one after another, or batch by batch: from a file, a database, a stream. Each batch is checked and packed as it
/// comes, so that there is never more in memory than the packed rows and one batch; the numbers of all rows may be more than an array holds. The set is the one
/// that all rows at once would make, to the bit. Not thread-safe: threads that read batches take turns to add them. Messages number the rows from the first
/// one that was ever added.
/// </summary>
/// <typeparam name="TModel">The model the rows are packed for.</typeparam>
/// <typeparam name="T">The type of features: <see cref="double"/> or <see cref="float"/>.</typeparam>
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
    /// <exception cref="ObjectDisposedException">The set was built, or the builder disposed of.</exception>
    public void Add(TrainingRows<T> data)
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        data = CheckedRows.Check(data, TModel.Shape, out int skipped, NextRow);
        if (!data.Rows.IsEmpty)
        {
            _rows.Add(data);
        }

        SkippedRowCount += skipped;
    }

    /// <summary>Makes the training set, to which the rows go without a copy where memory was reserved for them. It ends the builder.</summary>
    /// <returns>The training set, to be disposed of by the caller.</returns>
    /// <exception cref="InvalidOperationException">There is no row.</exception>
    /// <exception cref="ArgumentException">The weights of the rows add up to 0 or overflow.</exception>
    /// <exception cref="ObjectDisposedException">The set was built, or the builder disposed of.</exception>
    public TrainingSet<TModel, T> Build()
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        if (RowCount == 0)
        {
            throw new InvalidOperationException("There must be at least one row.");
        }

        _isEnded = true;
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

    /// <summary>Frees the rows, unless a training set has them.</summary>
    public void Dispose()
    {
        _isEnded = true;
        _rows.Dispose();
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
        return new RowAddition(() =>
        {
            _rows.Return(end);
            SkippedRowCount = skipped;
        });
    }
}
