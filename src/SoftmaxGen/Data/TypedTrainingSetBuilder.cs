using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Data;

namespace SoftmaxGen;

/// <summary>
/// Makes a training set of rows of a program's own type that come one after another, or batch by batch: a <see cref="TrainingSetBuilder{TModel, T}"/> that
/// reads their members. Rows are encoded, checked and packed as they come, so that there is never more in memory than the packed rows and one batch. Not
/// thread-safe. Messages number the rows from the first one that was ever added. A call that throws adds no row.
/// </summary>
/// <typeparam name="TModel">The model the rows are packed for.</typeparam>
/// <typeparam name="T">The type of features: <see cref="double"/> or <see cref="float"/>.</typeparam>
/// <typeparam name="TLabel">The enum of the model's labels.</typeparam>
/// <typeparam name="TRow">The type of rows.</typeparam>
/// <example>
/// <code>
/// using var builder = new TrainingSetBuilder&lt;ChurnModel, double, Churn, Client&gt;();
/// builder.Add(File.ReadLines("clients.csv").Skip(1).Select(Client.Parse));
/// using TrainingSet&lt;ChurnModel, double&gt; set = builder.Build();
/// TrainingResult&lt;ChurnModel&gt; result = SoftmaxTrainer.Train(set);
/// </code>
/// </example>
public sealed class TrainingSetBuilder<TModel, T, TLabel, TRow> : IDisposable
    where TModel : class, ISoftmaxModel<TModel, T, TLabel, TRow>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLabel : unmanaged, Enum
{
    // The features of a batch stay in the second-level cache until they are packed.
    private const int BatchBytes = 256 << 10;
    private const int FewestRows = 64;
    private const int MostRows = 4096;

    private readonly TrainingSetBuilder<TModel, T> _builder;

    /// <summary>Initializes a new instance of the <see cref="TrainingSetBuilder{TModel, T, TLabel, TRow}"/> class.</summary>
    /// <param name="capacity">
    /// The number of rows that are expected; 0, the default, where nobody knows. Memory for so many is reserved at once, which spares a copy at the end.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is negative.</exception>
    public TrainingSetBuilder(int capacity = 0) => _builder = new TrainingSetBuilder<TModel, T>(capacity);

    /// <summary>
    /// Initializes a new instance of the <see cref="TrainingSetBuilder{TModel, T, TLabel, TRow}"/> class whose rows go to a file as they come, so that there
    /// is never more in memory than one batch: see <see cref="TrainingSetBuilder{TModel, T}.TrainingSetBuilder(string)"/>.
    /// </summary>
    /// <param name="path">The path of the file, which is replaced when it exists.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="IOException">The file cannot be written. So may all members say that add rows.</exception>
    /// <exception cref="PlatformNotSupportedException">The processor is not little-endian.</exception>
    public TrainingSetBuilder(string path) => _builder = new TrainingSetBuilder<TModel, T>(path);

    /// <summary>
    /// Initializes a new instance of the <see cref="TrainingSetBuilder{TModel, T, TLabel, TRow}"/> class whose rows go to a file, in which their features may
    /// take half of the bytes: see <see cref="TrainingSetBuilder{TModel, T}.TrainingSetBuilder(string, SoftmaxPrecision)"/>.
    /// </summary>
    /// <param name="path">The path of the file, which is replaced when it exists.</param>
    /// <param name="features">The precision of the features in the file, not above the model's.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="features"/> is none, or above the precision of the model.</exception>
    /// <exception cref="IOException">The file cannot be written. So may all members say that add rows.</exception>
    /// <exception cref="PlatformNotSupportedException">The processor is not little-endian.</exception>
    public TrainingSetBuilder(string path, SoftmaxPrecision features) => _builder = new TrainingSetBuilder<TModel, T>(path, features);

    /// <summary>Gets the number of rows so far.</summary>
    public int RowCount => _builder.RowCount;

    private static int BatchRows => Math.Clamp(BatchBytes / (TModel.Shape.Features * Unsafe.SizeOf<T>()), FewestRows, MostRows);

    /// <summary>Adds rows.</summary>
    /// <param name="rows">The rows; their features are copied. There may be none.</param>
    /// <param name="labels">The label of each row; copied.</param>
    /// <param name="rowWeights">The weight of each row, finite and not negative; copied. Empty: every row weighs 1.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, a row is null, a member has no column for its value, a label is no class, or a number is not valid.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The set was built, or the builder disposed of.</exception>
    public void Add(ReadOnlySpan<TRow> rows, ReadOnlySpan<TLabel> labels, ReadOnlySpan<T> rowWeights = default) =>
        AddNumbered(rows, LabelNumber.Of(labels, TModel.Shape, nameof(labels), _builder.NextRow), rowWeights);

    /// <summary>Adds rows, each with its label.</summary>
    /// <param name="rows">The rows; their features and labels are copied. There may be none.</param>
    /// <param name="rowWeights">The weight of each row, finite and not negative; copied. Empty: every row weighs 1.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, a row is null, a member has no column for its value, a label is no class, or a number is not valid.
    /// </exception>
    /// <exception cref="NotSupportedException">No member of a row is its label.</exception>
    /// <exception cref="ObjectDisposedException">The set was built, or the builder disposed of.</exception>
    [OverloadResolutionPriority(1)]
    public void Add(ReadOnlySpan<TRow> rows, ReadOnlySpan<T> rowWeights = default) =>
        AddNumbered(rows, TModel.ReadLabels(rows, _builder.NextRow), rowWeights);

    /// <summary>Adds rows, each with its label, as they come.</summary>
    /// <param name="rows">The rows, which are read once.</param>
    /// <exception cref="ArgumentNullException"><paramref name="rows"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">A member has no column for its value, a label is no class, or a number is not valid.</exception>
    /// <exception cref="NotSupportedException">No member of a row is its label.</exception>
    /// <exception cref="ObjectDisposedException">The set was built, or the builder disposed of.</exception>
    public void Add(IEnumerable<TRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var batch = new Batch(this);
        foreach (TRow row in rows)
        {
            batch.Add(row);
        }

        batch.Complete();
    }

    /// <summary>Adds rows with their labels as they come; <c>rows.Zip(labels)</c> makes pairs of two sequences.</summary>
    /// <param name="rows">The rows with their labels, which are read once.</param>
    /// <exception cref="ArgumentNullException"><paramref name="rows"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">A member has no column for its value, a label is no class, or a number is not valid.</exception>
    /// <exception cref="ObjectDisposedException">The set was built, or the builder disposed of.</exception>
    public void Add(IEnumerable<(TRow Row, TLabel Label)> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var batch = new Batch(this);
        foreach ((TRow row, TLabel label) in rows)
        {
            batch.Add(row, label);
        }

        batch.Complete();
    }

    /// <summary>Adds rows, each with its label, as they arrive.</summary>
    /// <param name="rows">The rows, which are read once.</param>
    /// <param name="cancellationToken">Stops waiting for more; no row is added then.</param>
    /// <returns>Done when there are no more rows.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rows"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">A member has no column for its value, a label is no class, or a number is not valid.</exception>
    /// <exception cref="NotSupportedException">No member of a row is its label.</exception>
    /// <exception cref="ObjectDisposedException">The set was built, or the builder disposed of.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public async Task AddAsync(IAsyncEnumerable<TRow> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var batch = new Batch(this);
        await foreach (TRow row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            batch.Add(row);
        }

        batch.Complete();
    }

    /// <summary>Adds rows with their labels as they arrive.</summary>
    /// <param name="rows">The rows with their labels, which are read once.</param>
    /// <param name="cancellationToken">Stops waiting for more; no row is added then.</param>
    /// <returns>Done when there are no more rows.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rows"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">A member has no column for its value, a label is no class, or a number is not valid.</exception>
    /// <exception cref="ObjectDisposedException">The set was built, or the builder disposed of.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public async Task AddAsync(IAsyncEnumerable<(TRow Row, TLabel Label)> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var batch = new Batch(this);
        await foreach ((TRow row, TLabel label) in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            batch.Add(row, label);
        }

        batch.Complete();
    }

    /// <summary>Begins to add rows by several calls, all of them or none; see <see cref="TrainingSetBuilder{TModel, T}.Begin"/>.</summary>
    /// <returns>The addition, to be completed and disposed of by the caller.</returns>
    /// <exception cref="ObjectDisposedException">The set was built, or the builder disposed of.</exception>
    public RowAddition Begin() => _builder.Begin();

    /// <summary>
    /// Makes the training set, to which the rows go without a copy where memory was reserved for them; or completes the file of the rows and opens it. It ends
    /// the builder.
    /// </summary>
    /// <returns>The training set, to be disposed of by the caller.</returns>
    /// <exception cref="InvalidOperationException">There is no row.</exception>
    /// <exception cref="ArgumentException">The weights of the rows add up to 0 or overflow.</exception>
    /// <exception cref="IOException">The file cannot be written or mapped; it is removed.</exception>
    /// <exception cref="ObjectDisposedException">The set was built, or the builder disposed of.</exception>
    public TrainingSet<TModel, T> Build() => _builder.Build();

    /// <summary>
    /// Writes rows that are in memory to a file, opens it, and frees them: see <see cref="TrainingSetBuilder{TModel, T}.Build(string)"/>. It ends the builder,
    /// unless it throws.
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
    public TrainingSet<TModel, T> Build(string path) => _builder.Build(path);

    /// <summary>Frees the rows, unless a training set has them.</summary>
    public void Dispose() => _builder.Dispose();

    /// <summary>Adds rows whose labels are numbers.</summary>
    internal void AddNumbered(ReadOnlySpan<TRow> rows, ReadOnlySpan<int> labels, ReadOnlySpan<T> rowWeights)
    {
        Guard.Length(labels.Length, rows.Length, nameof(labels));
        if (!rowWeights.IsEmpty)
        {
            Guard.Length(rowWeights.Length, rows.Length, nameof(rowWeights));
        }

        using RowAddition addition = _builder.Begin();
        int features = TModel.Shape.Features;
        T[] rented = ArrayPool<T>.Shared.Rent(Math.Min(BatchRows, rows.Length) * features);
        try
        {
            for (int first = 0; first < rows.Length; first += BatchRows)
            {
                int count = Math.Min(BatchRows, rows.Length - first);
                Span<T> batch = rented.AsSpan(0, count * features);
                TModel.ReadRows(rows.Slice(first, count), batch, _builder.NextRow);
                _builder.Add(batch, labels.Slice(first, count), rowWeights.IsEmpty ? default : rowWeights.Slice(first, count));
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(rented);
        }

        addition.Complete();
    }

    /// <summary>Rows of a sequence, until there are enough of them to be packed.</summary>
    private sealed class Batch(TrainingSetBuilder<TModel, T, TLabel, TRow> builder) : IDisposable
    {
        private readonly RowAddition _addition = builder._builder.Begin();
        private readonly List<TRow> _rows = new(BatchRows);
        private readonly List<TLabel> _labels = [];

        public void Add(TRow row)
        {
            _rows.Add(row);
            if (_rows.Count == BatchRows)
            {
                Flush();
            }
        }

        public void Add(TRow row, TLabel label)
        {
            _labels.Add(label);
            Add(row);
        }

        public void Complete()
        {
            Flush();
            _addition.Complete();
        }

        public void Dispose() => _addition.Dispose();

        private void Flush()
        {
            if (_rows.Count == 0)
            {
                return;
            }

            ReadOnlySpan<TRow> rows = CollectionsMarshal.AsSpan(_rows);
            int firstRow = builder._builder.NextRow;
            ReadOnlySpan<int> labels = _labels.Count == 0
                ? TModel.ReadLabels(rows, firstRow)
                : LabelNumber.Of<TLabel>(CollectionsMarshal.AsSpan(_labels), TModel.Shape, nameof(rows), firstRow);
            builder.AddNumbered(rows, labels, default);
            _rows.Clear();
            _labels.Clear();
        }
    }
}
