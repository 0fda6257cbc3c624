using System.Buffers;
using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Data;
using SoftmaxGen.Numerics;
using SoftmaxGen.Online;
using SoftmaxGen.Persistence;

namespace SoftmaxGen;

/// <summary>
/// Learns from a stream, one row or one batch at a time: the model gets better with every row and is never far from where it began until the rows say so.
/// With the default method features need no scaling: their scales are those of the training set that the learner goes on from, or are measured on the first
/// 64 rows, which are learned from together when they are complete. Weights are kept and moved in double whatever <typeparamref name="T"/> is. No update
/// allocates, but for a batch of <see cref="OnlineMethod.Sgd"/> or <see cref="OnlineMethod.AdaGrad"/> where the model lists its labels
/// (<see cref="ModelShape.Labels"/>): one array for the labels of the batch. Deterministic.
/// <para>
/// Not thread-safe: one thread updates, saves and takes snapshots. Snapshots are ordinary models; a <see cref="ModelHandle{TModel}"/> hands them to
/// other threads.
/// </para>
/// </summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <typeparam name="T">The type of its features and weights: <see cref="double"/> or <see cref="float"/>.</typeparam>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/online.md">learning from a stream</see>.</remarks>
/// <example>
/// <code>
/// var learner = new OnlineLearner&lt;IrisModel, double&gt;(model);
/// double loss = learner.Update([5.1, 3.5, 1.4, 0.2], label: 0);
/// IrisModel better = learner.Snapshot();
/// </code>
/// </example>
public sealed class OnlineLearner<TModel, T>
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ModelShape _shape = TModel.Shape;
    private readonly OnlineOptions _options;
    private readonly OnlineSteps _steps;
    private readonly WeightAverage? _average;

    // Weights and gradient in the model's own type, for the generated kernel and for snapshots.
    private readonly T[] _typedWeights = new T[TModel.Shape.ParameterCount];
    private readonly T[] _typedGradient = new T[TModel.Shape.ParameterCount];
    private readonly double[] _gradient = new double[TModel.Shape.ParameterCount];
    private long _stepCount;

    /// <summary>Initializes a new instance of the <see cref="OnlineLearner{TModel, T}"/> class that starts at zero weights.</summary>
    /// <param name="options">How to learn; the defaults of <see cref="OnlineOptions"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public OnlineLearner(OnlineOptions? options = null)
        : this(new double[TModel.Shape.ParameterCount], options, set: null)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="OnlineLearner{TModel, T}"/> class that goes on from a model whose training rows are not at hand.
    /// </summary>
    /// <param name="start">The model whose weights to start at; itself left as it is.</param>
    /// <param name="options">How to learn; the defaults of <see cref="OnlineOptions"/> when null. <see cref="OnlineOptions.PriorRows"/> is how many rows the
    /// model stands for.</param>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public OnlineLearner(TModel start, OnlineOptions? options = null)
        : this(WeightsOf(start), options, set: null)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="OnlineLearner{TModel, T}"/> class that goes on from a model and the rows it was trained on: as if the
    /// stream had begun with them. The moments of the set scale the features, and the curvature of its loss at the model says how sure the weights are.
    /// </summary>
    /// <param name="start">The model whose weights to start at; itself left as it is.</param>
    /// <param name="set">The rows it was trained on; not needed afterwards. Only <see cref="OnlineMethod.Newton"/> looks at them.</param>
    /// <param name="options">How to learn; the defaults of <see cref="OnlineOptions"/> when null.</param>
    /// <exception cref="ArgumentNullException">The model or the set is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ObjectDisposedException">The training set was disposed of.</exception>
    public OnlineLearner(TModel start, TrainingSet<TModel, T> set, OnlineOptions? options = null)
        : this(WeightsOf(start), options, set ?? throw new ArgumentNullException(nameof(set)))
    {
    }

    private OnlineLearner(double[] start, OnlineOptions? options, IMeanLoss? set)
    {
        _options = options ?? new OnlineOptions();
        _options.Validate(nameof(options));
        _average = _options.AverageAfter is { } after ? new WeightAverage(after, start.Length) : null;
        _steps = _options.Method != OnlineMethod.Newton ? new GradientSteps(TModel.Shape, start, _options)
            : set is null ? new NewtonSteps(TModel.Shape, start, _options)
            : new NewtonSteps(set, start, _options);
    }

    private OnlineLearner(IStateExchange state)
    {
        _options = StoredOptions.Read(state);
        int length = TModel.Shape.ParameterCount;
        _average = _options.AverageAfter is { } after ? new WeightAverage(after, length) : null;
        _steps = _options.Method == OnlineMethod.Newton
            ? new NewtonSteps(TModel.Shape, new double[length], _options)
            : new GradientSteps(TModel.Shape, new double[length], _options);
        Exchange(state);
    }

    /// <summary>
    /// Gets the number of rows learned from; with <see cref="OnlineMethod.Sgd"/> and <see cref="OnlineMethod.AdaGrad"/> a batch counts as one, being one step.
    /// </summary>
    public long Steps => _stepCount;

    /// <summary>Learns from one row.</summary>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="label">Its label.</param>
    /// <returns>The row's loss <c>-log P(y|x)</c> before the step, without the penalty: the error of a prediction of a row not yet seen.</returns>
    /// <exception cref="ArgumentException">The length is not <c>m</c>, a feature is not finite, or the label is out of range; nothing is learned.</exception>
    /// <exception cref="InvalidOperationException">A score overflows; nothing is learned.</exception>
    public double Update(ReadOnlySpan<T> features, int label) => Update(features, label, nameof(features));

    /// <summary>Learns from one row whose label is that of an enum.</summary>
    /// <typeparam name="TLabel">The enum of the classes.</typeparam>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="label">Its label.</param>
    /// <returns>The row's loss <c>-log P(y|x)</c> before the step, without the penalty.</returns>
    /// <exception cref="ArgumentException">The length is not <c>m</c>, a feature is not finite, or the label is no class; nothing is learned.</exception>
    /// <exception cref="InvalidOperationException">A score overflows; nothing is learned.</exception>
    public double Update<TLabel>(ReadOnlySpan<T> features, TLabel label)
        where TLabel : unmanaged, Enum => Update(features, LabelNumber.Saturated(label));

    /// <summary>
    /// Learns from a batch. With the default method this is <see cref="Update(ReadOnlySpan{T}, int)"/> for each row in turn, but that a bad row anywhere
    /// refuses the whole batch first. With <see cref="OnlineMethod.Sgd"/> and <see cref="OnlineMethod.AdaGrad"/> it is one step along the mean gradient,
    /// computed by the generated kernel in the model's precision.
    /// </summary>
    /// <param name="rows">The rows, <c>n x m</c>, row-major; at least one.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <returns>The rows' mean loss, that of each before it was learned from, without the penalty.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, there is no row, a label is out of range, or a feature is not finite; nothing is
    /// learned.</exception>
    /// <exception cref="InvalidOperationException">A score overflows. One step along a mean gradient is then not taken; of rows in turn, those before the one
    /// that overflows are learned.</exception>
    public double UpdateBatch(ReadOnlySpan<T> rows, ReadOnlySpan<int> labels)
    {
        if (_steps is GradientSteps gradientSteps)
        {
            return StepAlongMean(gradientSteps, rows, labels);
        }

        ModelShape shape = TModel.Shape;
        Guard.Length(labels.Length, Guard.AtLeastOneRow(rows.Length, shape.Features, nameof(rows)), nameof(labels));
        Guard.Labels(labels, shape, nameof(labels));
        Guard.FiniteRows(rows, shape, nameof(rows));
        double sum = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            // Another thread may have written there since labels were checked.
            int label = labels[row];
            int y = shape.IndexOf(label);
            double loss = y >= 0 ? Learn(rows.Slice(row * shape.Features, shape.Features), y) : throw Guard.UnknownLabel(label, row, shape, nameof(labels));
            sum += double.IsFinite(loss) ? loss : throw Overflow();
        }

        return sum / labels.Length;
    }

    /// <summary>Learns from a batch whose labels are those of an enum, as <see cref="UpdateBatch(ReadOnlySpan{T}, ReadOnlySpan{int})"/> does.</summary>
    /// <typeparam name="TLabel">The enum of the classes.</typeparam>
    /// <param name="rows">The rows, <c>n x m</c>, row-major; at least one.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <returns>The rows' mean loss, that of each before it was learned from, without the penalty.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, there is no row, a label is no class, or a feature is not finite; nothing is
    /// learned.</exception>
    /// <exception cref="InvalidOperationException">A score overflows.</exception>
    public double UpdateBatch<TLabel>(ReadOnlySpan<T> rows, ReadOnlySpan<TLabel> labels)
        where TLabel : unmanaged, Enum
    {
        int[] rented = ArrayPool<int>.Shared.Rent(labels.Length);
        try
        {
            for (int row = 0; row < labels.Length; row++)
            {
                rented[row] = LabelNumber.Saturated(labels[row]);
            }

            return UpdateBatch(rows, rented.AsSpan(0, labels.Length));
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    /// <summary>Makes a model of the weights so far: of their average where <see cref="OnlineOptions.AverageAfter"/> is passed.</summary>
    /// <returns>
    /// A new model, which later updates leave as it is. It has no <see cref="ISoftmaxPredictor{T}.FeatureMoments"/>: those of the model that the learner began
    /// with are not those of the stream.
    /// </returns>
    /// <exception cref="InvalidOperationException">A weight overflowed.</exception>
    public TModel Snapshot()
    {
        Precision.Narrow(_average is { Exists: true } ? _average.Mean : _steps.Weights, _typedWeights);
        return FiniteScan.FirstNonFinite<T>(_typedWeights) < 0 ? TModel.FromWeights(_typedWeights) : throw Overflow();
    }

    /// <summary>Lets the learner take rows and labels of a program's own types.</summary>
    /// <typeparam name="TRow">The type of rows.</typeparam>
    /// <typeparam name="TLabel">The enum of the classes.</typeparam>
    /// <param name="reader">Copies the features of a row into a span: <c>CopyFeatures</c>, which is generated for a model with a row type.</param>
    /// <returns>The learner of rows, whose state is that of this one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="reader"/> is null.</exception>
    public RowLearner<TModel, T, TRow, TLabel> ForRows<TRow, TLabel>(FeatureReader<TRow, T> reader)
        where TLabel : unmanaged, Enum
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new RowLearner<TModel, T, TRow, TLabel>(this, reader);
    }

    /// <summary>
    /// Saves the whole state to a stream, at its position; the stream is left open. What is loaded goes on with the very bits that this learner would.
    /// The options are part of the state.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    public void Save(Stream stream) => StateFile.Write(stream, TModel.Shape, state =>
    {
        StoredOptions.Write(_options, state);
        Exchange(state);
    });

    /// <summary>Saves the whole state to a path, atomically: whenever the process ends, the path holds the old file or the new one, whole.</summary>
    /// <param name="path">The path of the file, which is replaced when it exists.</param>
    /// <exception cref="IOException">The file cannot be written; the old one is untouched.</exception>
    public void Save(string path) => AtomicFile.Write(path, Save);

    /// <summary>Loads a learner from a stream, read from its position to its end and left open.</summary>
    /// <param name="stream">The stream.</param>
    /// <returns>The learner, which goes on as if it had never been saved.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="ModelFormatException">The file is damaged, of another version, or no file of a learner of this model.</exception>
    public static OnlineLearner<TModel, T> Load(Stream stream) => FileBytes.Load(stream, static stream =>
    {
        StateReader reader = StateFile.Open(stream, TModel.Shape);
        var learner = new OnlineLearner<TModel, T>(reader);
        reader.Finish();
        return learner;
    });

    /// <summary>Loads a learner from a path.</summary>
    /// <param name="path">The path of the file.</param>
    /// <returns>The learner, which goes on as if it had never been saved.</returns>
    /// <exception cref="ModelFormatException">The file is damaged, of another version, or no file of a learner of this model.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnlineLearner<TModel, T> Load(string path)
    {
        using FileStream stream = FileBytes.Open(path);
        return Load(stream);
    }

    /// <summary>Learns from one row.</summary>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="label">Its label.</param>
    /// <param name="rowName">The name of the argument that is the row; that of the label is <c>label</c>.</param>
    /// <returns>The row's loss before the step.</returns>
    /// <exception cref="ArgumentException">The length is not <c>m</c>, a feature is not finite, or the label is out of range; nothing is learned.</exception>
    /// <exception cref="InvalidOperationException">A score overflows; nothing is learned.</exception>
    internal double Update(ReadOnlySpan<T> features, int label, string rowName)
    {
        Guard.Length(features.Length, _shape.Features, rowName);
        int y = _shape.IndexOf(label);
        if (y < 0)
        {
            Guard.Labels(new ReadOnlySpan<int>(in label), _shape, nameof(label));
        }

        double loss = Learn(features, y);
        if (!double.IsFinite(loss))
        {
            Guard.FiniteRows(features, _shape, rowName);
            throw Overflow();
        }

        return loss;
    }

    private static double[] WeightsOf(TModel start)
    {
        ArgumentNullException.ThrowIfNull(start);
        return Precision.Widen(start.Weights);
    }

    private static InvalidOperationException Overflow() => new(
        "A weight or a score overflows: the features are too large for the weights, or the learning rate is for the features.");

    private void Exchange(IStateExchange state)
    {
        state.Count(ref _stepCount);
        _average?.Exchange(state);
        _steps.Exchange(state);
    }

    private double Learn(ReadOnlySpan<T> features, int y)
    {
        Precision.Widen(features, _steps.Features);
        double loss = _steps.Learn(y);
        if (double.IsFinite(loss))
        {
            Count();
        }

        return loss;
    }

    private double StepAlongMean(GradientSteps steps, ReadOnlySpan<T> rows, ReadOnlySpan<int> labels)
    {
        Precision.Narrow(steps.Weights, _typedWeights);
        if (FiniteScan.FirstNonFinite<T>(_typedWeights) >= 0)
        {
            throw Overflow();
        }

        double loss = TModel.LossAndGradient(_typedWeights, rows, labels, _typedGradient);
        if (!double.IsFinite(loss) || FiniteScan.FirstNonFinite<T>(_typedGradient) >= 0)
        {
            throw Overflow();
        }

        Precision.Widen(_typedGradient, _gradient);
        steps.Step(_gradient);
        Count();
        return loss;
    }

    private void Count()
    {
        _stepCount++;
        _average?.Add(_steps);
    }
}
