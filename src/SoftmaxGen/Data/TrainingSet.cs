using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Data;
using SoftmaxGen.Data.Files;
using SoftmaxGen.Numerics;
using SoftmaxGen.Ranks;
using SoftmaxGen.Training.Checkpoints;
using SoftmaxGen.Training.Separability;

namespace SoftmaxGen;

/// <summary>
/// Rows and labels, validated once and packed once into the layout of a model's kernels (see <see cref="PackedRows{T}"/>). Read-only and
/// thread-safe; its memory is native and is freed by <see cref="Dispose"/>, or by the last of the calls that are under way then. The rows may lie in a file
/// (see <see cref="Open"/>): whatever is done with a set is done with such a set, too, to the same bits, and little of the file is in memory at a time.
/// </summary>
/// <typeparam name="TModel">The model the rows are packed for.</typeparam>
/// <typeparam name="T">The type of features: <see cref="double"/> or <see cref="float"/>.</typeparam>
/// <example>
/// Rows that are trained on several times are checked and packed once:
/// <code>
/// using TrainingSet&lt;IrisModel, double&gt; set = IrisModel.CreateTrainingSet(rows, labels);
/// IrisModel model = SoftmaxTrainer.Train(set, new TrainingOptions { L2 = 1e-3 }).Model;
/// </code>
/// </example>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/training.md">training</see>.</remarks>
public sealed class TrainingSet<TModel, T> : IDisposable, IMeanLoss
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
#pragma warning disable CA2213 // Free disposes of what is disposable, at the end of the lifetime.
    private readonly RowStore<T> _rows;
    private readonly IChunkFold _fold;
    private readonly RowTotals _totals;
    private readonly LabelCorrection? _correction;
    private readonly TargetShares _shares;
    private readonly Lifetime _lifetime;
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
#pragma warning restore CA2213

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
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither <see cref="double"/> nor <see cref="float"/>.</exception>
    public TrainingSet(TrainingRows<T> data)
        : this(data, maxThreads: 1)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="TrainingSet{TModel, T}"/> class, whose rows several threads check, pack and measure.</summary>
    /// <param name="data">The rows and all that is to be said of them; copied.</param>
    /// <param name="maxThreads">The most threads to use, the calling one included. The set has the same bits for any number.</param>
    /// <exception cref="ArgumentException">
    /// The lengths do not fit, there is no row, there are both labels and targets, a label is out of range, or a number is not valid.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxThreads"/> is less than 1.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither <see cref="double"/> nor <see cref="float"/>.</exception>
    public TrainingSet(TrainingRows<T> data, int maxThreads)
        : this(Pack(data, maxThreads, out int skipped), skipped)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="TrainingSet{TModel, T}"/> class of packed rows.</summary>
    /// <param name="rows">The rows, which are the set's from now on.</param>
    /// <param name="skipped">The number of rows that were left out.</param>
    /// <param name="statistics">What is known of the rows; null for nothing.</param>
    /// <exception cref="ArgumentException">The weights of the rows add up to 0 or overflow.</exception>
    internal TrainingSet(RowStore<T> rows, int skipped, RowStatistics? statistics = null)
    {
        SkippedRowCount = skipped;
        _lifetime = new Lifetime(Free);
        _addGradient = AddGradient;
        _addProduct = AddProduct;
        _addHessian = AddHessian;
        _rows = rows;
        _fold = new LocalFold(_rows.Count);
        _shares = new TargetShares(_rows.Classes, classWeights: null, smoothing: 0);
        (_totals, _moments, _correction) = statistics ?? RowStatistics.Create(_rows, _fold, _rows.HasTargets ? _shares : null, withMoments: false);
    }

    /// <summary>Initializes a new instance of the <see cref="TrainingSet{TModel, T}"/> class that shares the rows of another one.</summary>
    /// <param name="source">The other one, which must outlive this one.</param>
    /// <param name="shares">What a row counts for each class.</param>
    private TrainingSet(TrainingSet<TModel, T> source, TargetShares shares)
    {
        SkippedRowCount = source.SkippedRowCount;
        _lifetime = new Lifetime(Free);
        _addGradient = AddGradient;
        _addProduct = AddProduct;
        _addHessian = AddHessian;
        _shares = shares;
        _rows = source._rows.Reweigh(shares);
        _fold = source._fold;
        (_totals, _moments, _correction) = RowStatistics.Create(_rows, _fold, shares, withMoments: true);
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="TrainingSet{TModel, T}"/> class of the rows of all ranks, which shares those of this rank with another one
    /// and lives as long as it.
    /// </summary>
    private TrainingSet(TrainingSet<TModel, T> source, RankFold fold)
    {
        SkippedRowCount = source.SkippedRowCount;
        _lifetime = source._lifetime;
        _addGradient = AddGradient;
        _addProduct = AddProduct;
        _addHessian = AddHessian;
        _shares = source._shares;
        _fold = fold;
        _rows = source._rows.Cut(fold.Cut(source._rows.Count));

        // The moments at once, and not when they are first asked for: the ranks must ask together.
        (_totals, _moments, _correction) = RowStatistics.Create(_rows, _fold, _rows.HasTargets ? _shares : null, withMoments: true);
    }

    /// <summary>Gets the number of rows; of all ranks, where several have <see cref="Join">joined</see> theirs.</summary>
    public long RowCount => _fold.RowCount;

    /// <summary>Gets the number of rows that were left out for a missing feature; see <see cref="IncompleteRows"/>.</summary>
    public int SkippedRowCount { get; }

    /// <summary>Gets a value indicating whether the rows lie on several ranks.</summary>
    internal bool IsJoined => !_fold.IsWhole;

    /// <summary>Gets the rows; whoever reads them holds the set meanwhile, see <see cref="Hold"/>.</summary>
    internal RowStore<T> Rows => _rows;

    ModelShape IMeanLoss.Shape => _rows.HasOffsets ? TModel.Shape with { HasHessian = false } : TModel.Shape;

    bool IMeanLoss.HasHessian => TModel.Shape.HasHessian;

    bool IMeanLoss.HasOffsets => _rows.HasOffsets;

    bool IMeanLoss.HasBatches => !IsJoined;

    double IMeanLoss.TotalWeight => _totals.Weight;

    double IMeanLoss.SmallestRowWeight => _totals.SmallestRowWeight;

    ReadOnlySpan<double> IMeanLoss.ClassTotals => _totals.Classes;

    ColumnMoments IMeanLoss.Moments => Moments;

    private ColumnMoments Moments
    {
        get
        {
            using Lifetime.Call call = Hold();
            return _moments ??= ColumnMoments.Create(_rows, _fold, _totals.Weight);
        }
    }

    /// <summary>
    /// Opens the rows of a file that <see cref="TrainingSetBuilder{TModel, T}.Build(string)"/> wrote, at once, however many there are: they are mapped into
    /// memory, and each part of the file is checked when a call first reads it. Passes read the file from front to back, and what was read leaves the memory of
    /// the process again: of a file of 2 GB some 100 MB are there at a time, and 1/64 of a larger one for each thread.
    /// <para>
    /// Any number of sets and processes may have the file open. It must not be changed meanwhile: a change that is noticed is a
    /// <see cref="ModelFormatException"/> of the call that reads it, and a file that is made shorter while a call reads it ends the process. To write it anew
    /// is harmless, since <c>Build</c> writes another file and gives it the name; Windows refuses that while somebody has the file open.
    /// </para>
    /// </summary>
    /// <param name="path">The path of the file.</param>
    /// <returns>The training set, to be disposed of by the caller.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="ModelFormatException">The file is damaged, too new, or not of rows of this model; the message says what differs and where.</exception>
    /// <exception cref="IOException">The file cannot be read or mapped.</exception>
    /// <exception cref="PlatformNotSupportedException">The process has not enough addresses for the file, or is not little-endian.</exception>
    /// <example>
    /// <code>
    /// using (var builder = new TrainingSetBuilder&lt;IrisModel, double&gt;("iris.rows"))      // once: rows go to the file as they come
    /// {
    ///     AddRows(builder);
    ///     builder.Build().Dispose();
    /// }
    ///
    /// using TrainingSet&lt;IrisModel, double&gt; set = TrainingSet&lt;IrisModel, double&gt;.Open("iris.rows");
    /// TrainingResult&lt;IrisModel&gt; result = SoftmaxTrainer.Train(set);
    /// </code>
    /// </example>
    [SuppressMessage("Design", "CA1000", Justification = "A file is opened for one model, which must be named.")]
    public static TrainingSet<TModel, T> Open(string path)
    {
        Precision.Require<T>();
        return Of(RowFile.Open<T>(path, TModel.Shape));
    }

    /// <summary>
    /// Computes the mean loss <c>sum_i w_i (-log P(y_i|x_i)) / sum_i w_i</c> and its gradient over the packed rows, without a penalty.
    /// </summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major, the bias first in each row.</param>
    /// <param name="gradient">Receives the gradient, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="maxThreads">The most threads to use, the calling one included. The result has the same bits for any number.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="ArgumentException">
    /// A length is not <c>C * (m + 1)</c>, a weight is not finite, or <paramref name="gradient"/> overlaps <paramref name="weights"/>.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxThreads"/> is less than 1.</exception>
    /// <exception cref="ObjectDisposedException">The training set was disposed of.</exception>
    public double LossAndGradient(ReadOnlySpan<double> weights, Span<double> gradient, int maxThreads = 1)
    {
        Guard.Apart(weights, gradient, nameof(gradient), nameof(weights));
        CheckArguments(weights, gradient.Length, TModel.Shape.ParameterCount, nameof(gradient), maxThreads);
        return MeanLossAndGradient(weights, gradient, maxThreads);
    }

    /// <inheritdoc/>
    /// <remarks>Not checked: the trainer's vectors have their lengths, and it looks for weights that are not finite itself.</remarks>
    double IMeanLoss.LossAndGradient(ReadOnlySpan<double> weights, Span<double> gradient, int maxThreads) =>
        MeanLossAndGradient(weights, gradient, maxThreads);

    /// <summary>Computes the product of the mean loss's Hessian with a direction, at the cost of about two gradients.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major, the bias first in each row.</param>
    /// <param name="direction">The direction, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="product">Receives the product, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="maxThreads">The most threads to use, the calling one included. The result has the same bits for any number.</param>
    /// <exception cref="ArgumentException">
    /// A length is not <c>C * (m + 1)</c>, a weight or an element of the direction is not finite, or <paramref name="product"/> overlaps one of the others.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxThreads"/> is less than 1.</exception>
    /// <exception cref="ObjectDisposedException">The training set was disposed of.</exception>
    public void HessianProduct(ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> product, int maxThreads = 1)
    {
        int parameters = TModel.Shape.ParameterCount;
        Guard.Length(direction.Length, parameters, nameof(direction));
        Guard.Finite(direction, nameof(direction));
        Guard.Apart(weights, product, nameof(product), nameof(weights));
        Guard.Apart(direction, product, nameof(product), nameof(direction));
        CheckArguments(weights, product.Length, parameters, nameof(product), maxThreads);
        SumOverChunks(ref _idleProductSum, weights, direction, product, maxThreads, _addProduct);
        VectorAlgebra.Scale(1 / _totals.Weight, product, product);
    }

    /// <summary>Computes the lower triangle of the mean loss's Hessian.</summary>
    /// <param name="weights">The weights, <c>C x (m+1)</c>, row-major, the bias first in each row.</param>
    /// <param name="hessian">Receives the Hessian, <c>P x P</c> with <c>P = C * (m + 1)</c>, row-major; zero above the diagonal.</param>
    /// <param name="maxThreads">The most threads to use, the calling one included. The result has the same bits for any number.</param>
    /// <exception cref="ArgumentException">
    /// A length is not <c>P</c> or <c>P * P</c>, a weight is not finite, or <paramref name="hessian"/> overlaps <paramref name="weights"/>.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxThreads"/> is less than 1.</exception>
    /// <exception cref="NotSupportedException">
    /// The exact Hessian is not generated for this shape: <see cref="ModelShape.HasHessian"/> is false. Or the rows have offsets.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The training set was disposed of.</exception>
    public void Hessian(ReadOnlySpan<double> weights, Span<double> hessian, int maxThreads = 1)
    {
        ModelShape shape = TModel.Shape;
        if (_rows.HasOffsets)
        {
            throw new NotSupportedException($"The exact Hessian is not computed for rows with offsets; use {nameof(HessianProduct)}.");
        }

        if (!shape.HasHessian)
        {
            throw new NotSupportedException(
                $"The exact Hessian is not generated for {shape.Classes} classes x {shape.Features} features; use {nameof(HessianProduct)}.");
        }

        CheckArguments(weights, hessian.Length, shape.ParameterCount * shape.ParameterCount, nameof(hessian), maxThreads);
        Guard.Apart(weights, hessian, nameof(hessian), nameof(weights));
        var layout = new PackedHessian(shape);
        double[] rented = ArrayPool<double>.Shared.Rent(layout.Length);
        Span<double> packed = rented.AsSpan(0, layout.Length);
        MeanHessian(weights, packed, maxThreads);
        layout.Expand(packed, hessian);
        ArrayPool<double>.Shared.Return(rented);
    }

    void IMeanLoss.Hessian(ReadOnlySpan<double> weights, Span<double> packed, int maxThreads) => MeanHessian(weights, packed, maxThreads);

    double IMeanLoss.BatchLossAndGradient(ReadOnlySpan<double> weights, ReadOnlySpan<int> rows, Span<double> gradient)
    {
        RefuseJoined();
        using Lifetime.Call call = Hold();
        RowBatch<T>? batch = Interlocked.Exchange(ref _idleBatch, null);
        if (batch is null || batch.Capacity < rows.Length)
        {
            batch?.Dispose();
#pragma warning disable CA2000 // The batch is kept for the next call.
            batch = new RowBatch<T>(rows.Length, _rows.Features, _rows.HasOffsets ? _rows.Classes : 0);
#pragma warning restore CA2000
        }

        _rows.Gather(rows, batch);
        gradient.Clear();
        double loss = AddGradient(weights, batch.Rows, batch.Offsets, gradient);
        _idleBatch = batch;

        // The correction for soft labels is that of all rows: the expected one, and the same for every batch.
        double scale = RowCount / (rows.Length * _totals.Weight);
        VectorAlgebra.Scale(scale, gradient, gradient);
        return (loss * scale) + (_correction?.AddTo(weights, gradient) ?? 0);
    }

    /// <summary>
    /// Finds out whether rows can be told apart by a linear combination of features, so that without a penalty there is no optimum, and says which.
    /// The search is made for small dimensions: it takes a few dozen passes over the rows, and up to <c>P^3</c> operations with
    /// <c>P = C * (m + 1)</c>.
    /// </summary>
    /// <returns>The separation; null when there is none, and the likelihood has a maximum.</returns>
    /// <exception cref="ObjectDisposedException">The training set was disposed of.</exception>
    /// <example>
    /// <code>
    /// if (set.FindSeparation() is Separation separation)
    /// {
    ///     Console.WriteLine(separation);   // ... Setosa is separated from the others by PetalLength &lt; 2.45.
    /// }
    /// </code>
    /// </example>
    public Separation? FindSeparation() => FindSeparation(default);

    /// <summary>
    /// Joins the rows of the ranks of a group to one training set, which every rank has and trains on: each passes over its own rows, and what they add up to
    /// comes to all ranks. A training has the same bits as one process has with all rows, those of rank 0 first, for any number of ranks.
    /// <para>
    /// What is called on the set is called on every rank, with the same arguments but for threads, and by one thread at a time. An exception on one rank is a
    /// <see cref="ProcessGroupException"/> on the others. Whether a training is canceled is for rank 0 to say. Stochastic solvers, evaluations and the search
    /// for a separation need all rows in one process, and are refused.
    /// </para>
    /// </summary>
    /// <param name="group">The group; each rank's rows must be cut as <see cref="ProcessGroupExtensions.ShareOf"/> does.</param>
    /// <returns>The set of all rows. It shares the rows of this set: disposing of either frees them.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="group"/> is null.</exception>
    /// <exception cref="ArgumentException">The rows of the ranks do not fit each other; the message says what a rank has.</exception>
    /// <exception cref="InvalidOperationException">The set is one of joined rows already.</exception>
    /// <exception cref="ProcessGroupException">A rank has failed.</exception>
    /// <exception cref="ObjectDisposedException">The training set was disposed of.</exception>
    /// <example>
    /// <code>
    /// RankShare share = group.ShareOf(rowCount);
    /// using TrainingSet&lt;IrisModel, double&gt; part = IrisModel.CreateTrainingSet(ReadRows(share), ReadLabels(share));
    /// using TrainingSet&lt;IrisModel, double&gt; all = part.Join(group);
    /// TrainingResult&lt;IrisModel&gt; result = SoftmaxTrainer.Train(all);          // the same on every rank
    /// </code>
    /// </example>
    public TrainingSet<TModel, T> Join(IProcessGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (IsJoined)
        {
            throw new InvalidOperationException("The set has the rows of all ranks already.");
        }

        using Lifetime.Call call = Hold();
        var exchange = new RankExchange(group);
        try
        {
            return new TrainingSet<TModel, T>(this, RankFold.Create(exchange, _rows, TModel.Shape, nameof(group)));
        }
        catch (Exception failure) when (failure is not ProcessGroupException)
        {
            exchange.Tell(failure);
            throw;
        }
    }

    /// <summary>Makes a training set of the rows of a file.</summary>
    /// <param name="file">The file, which is the set's from now on.</param>
    internal static TrainingSet<TModel, T> Of(RowFile file) =>
        new(new RowStore<T>(new RowMemory<T>(TModel.Shape, file.Map), TModel.Shape), file.SkippedRowCount, file.Statistics);

    /// <summary>Finds a separation.</summary>
    /// <param name="weights">Weights that may separate completely, <c>C x (m+1)</c>, row-major, which spares the search; or empty.</param>
    /// <returns>The separation; null when there is none.</returns>
    internal Separation? FindSeparation(ReadOnlySpan<double> weights)
    {
        RefuseJoined();
        using Lifetime.Call call = Hold();
        return SeparationReport.Find(_rows, _shares, Moments, TModel.Shape, weights);
    }

    /// <inheritdoc/>
    IRowSample? IMeanLoss.Sample(long stride)
    {
        // What is added to the scores has no kernel.
        if (_rows.HasOffsets)
        {
            return null;
        }

        var sample = new RowSample<TModel, T>((int)(((RowCount - 1) / stride) + 1), _fold, _correction);
        using Lifetime.Call call = Hold();
        _fold.Visit(_rows, stride, sample.Add);
        return sample;
    }

    void IMeanLoss.VisitRows(long stride, RowVisitor visitor)
    {
        using Lifetime.Call call = Hold();
        _fold.Visit(_rows, stride, visitor);
    }

    bool IMeanLoss.EndIteration(bool isCanceled) => _fold.Hear([isCanceled ? 1 : 0])[0] != 0;

    /// <summary>
    /// Frees the packed rows, now or when the last call that is under way returns; may run beside calls, and more than once. Later calls throw
    /// <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose() => _lifetime.Dispose();

    /// <summary>Keeps the packed rows from being freed while a call reads them.</summary>
    /// <returns>Lets go of the rows when it is disposed of.</returns>
    /// <exception cref="ObjectDisposedException">The training set was disposed of.</exception>
    internal Lifetime.Call Hold() => _lifetime.Begin(this);

    /// <summary>Refuses rows that lie on several ranks.</summary>
    /// <exception cref="NotSupportedException">They do.</exception>
    internal void RefuseJoined()
    {
        if (IsJoined)
        {
            throw new NotSupportedException("This needs all rows in one process; those of the set lie on several ranks. Ask the set of one rank's rows.");
        }
    }

    /// <summary>Begins the log of a training, or goes on with that of a file.</summary>
    internal PassLog OpenLog(TrainingCheckpoint checkpoint) => PassLog.Open(checkpoint, _fold);

    /// <summary>Tells the other ranks, where there are some, that this one does not go on.</summary>
    internal void Tell(Exception failure) => _fold.Tell(failure);

    /// <summary>Makes sure that all ranks, where there are some, have come to the same end.</summary>
    internal void Confirm(ReadOnlySpan<double> weights) => _fold.Confirm(weights);

    /// <summary>Makes a training set of the same rows with other weights and labels; it must not be used after this one is disposed of.</summary>
    /// <returns>The training set; null when nothing changes.</returns>
    /// <exception cref="ArgumentException">Class weights were given for another number of classes, or a class without rows is not allowed.</exception>
    internal TrainingSet<TModel, T>? Adjust(TrainingOptions options, string parameterName)
    {
        if (options.MissingClasses == MissingClasses.Refuse)
        {
            ClassPresence.Require(this, parameterName);
        }

        int[] missing = ClassPresence.Missing(_totals.Classes);
        double smoothing = options.LabelSmoothing;
        HalfRows? halfRows = missing.Length > 0 && smoothing == 0 ? new HalfRows(missing, RowTotals.CountWeighing(_rows, _fold)) : null;
        return options.ClassWeights is null && smoothing == 0 && halfRows is null
            ? null
            : new TrainingSet<TModel, T>(
                this, new TargetShares(_rows.Classes, options.ClassWeights?.For(_totals.Classes, parameterName), smoothing, halfRows));
    }

    /// <summary>Rents the vectors of the last training out; new ones when another training has them.</summary>
    internal Workspace RentWorkspace() => Interlocked.Exchange(ref _idleWorkspace, null) ?? Workspace.RentShared();

    /// <summary>Takes the vectors of a training back, for the next one.</summary>
    internal void ReturnWorkspace(Workspace workspace)
    {
        workspace.ReturnAll();
        _idleWorkspace = workspace;
    }

    private static RowStore<T> Pack(TrainingRows<T> data, int maxThreads, out int skipped)
    {
        Precision.Require<T>();
        ArgumentOutOfRangeException.ThrowIfLessThan(maxThreads, 1);
        ModelShape shape = TModel.Shape;
        Guard.AtLeastOneRow(data.Rows.Length, shape.Features, CheckedRows.RowsName);
        data = CheckedRows.Check(data, shape, out skipped);
        Guard.AtLeastOneRow(data.Rows.Length, shape.Features, CheckedRows.RowsName);
        return new RowStore<T>(data, shape, maxThreads);
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
        using Lifetime.Call call = Hold();
        if (_rows.ChunkCount == 1 && _fold.IsWhole)
        {
            sum.Clear();
            return accumulate(0, weights, direction, sum);
        }

        // One caller at a time reuses the buffers of the last call; a second one beside it makes its own.
        ChunkedSum chunked = Interlocked.Exchange(ref idle, null) ?? new ChunkedSum(_fold, _rows.ChunkCount, weights.Length, sum.Length, accumulate);
        double loss = chunked.Run(weights, direction, sum, maxThreads);
        idle = chunked;
        return loss;
    }

    private void Free()
    {
        Interlocked.Exchange(ref _idleWorkspace, null)?.ReturnShared();
        Interlocked.Exchange(ref _idleBatch, null)?.Dispose();
        _rows.Dispose();
    }

    private double MeanLossAndGradient(ReadOnlySpan<double> weights, Span<double> gradient, int maxThreads)
    {
        double loss = SumOverChunks(ref _idleGradientSum, weights, default, gradient, maxThreads, _addGradient);
        VectorAlgebra.Scale(1 / _totals.Weight, gradient, gradient);
        return (loss / _totals.Weight) + (_correction?.AddTo(weights, gradient) ?? 0);
    }

    private void MeanHessian(ReadOnlySpan<double> weights, Span<double> packed, int maxThreads)
    {
        SumOverChunks(ref _idleHessianSum, weights, default, packed, maxThreads, _addHessian);
        VectorAlgebra.Scale(1 / _totals.Weight, packed, packed);
    }

    private double AddGradient(int chunk, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> sum)
    {
        double loss = 0;
        for (int piece = 0; piece < _rows.PiecesIn(chunk); piece++)
        {
            loss += AddGradient(weights, _rows.Read(chunk, piece), _rows.ReadOffsets(chunk, piece), sum);
        }

        return loss;
    }

    private double AddGradient(ReadOnlySpan<double> weights, PackedRows<T> rows, ReadOnlySpan<T> offsets, Span<double> sum) => _rows.HasOffsets
        ? OffsetKernel.AccumulateLossAndGradient(weights, rows, offsets, _rows.Classes, sum)
        : TModel.AccumulateLossAndGradient(weights, rows, sum);

    private double AddProduct(int chunk, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> sum)
    {
        for (int piece = 0; piece < _rows.PiecesIn(chunk); piece++)
        {
            PackedRows<T> rows = _rows.Read(chunk, piece);
            if (_rows.HasOffsets)
            {
                OffsetKernel.AccumulateHessianProduct(weights, direction, rows, _rows.ReadOffsets(chunk, piece), _rows.Classes, sum);
            }
            else
            {
                TModel.AccumulateHessianProduct(weights, direction, rows, sum);
            }
        }

        return 0;
    }

    private double AddHessian(int chunk, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> sum)
    {
        for (int piece = 0; piece < _rows.PiecesIn(chunk); piece++)
        {
            PackedRows<T> rows = _rows.Read(chunk, piece);
            if (_rows.HasOffsets)
            {
                OffsetKernel.AccumulateHessian(weights, rows, _rows.ReadOffsets(chunk, piece), _rows.Classes, sum);
            }
            else
            {
                TModel.AccumulateHessian(weights, rows, sum);
            }
        }

        return 0;
    }
}
