using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>
/// Learns from a stream, one row or one batch at a time, by stochastic gradients of <c>-log P(y|x) + (l2/2) * ||W without column 0||^2</c>. The
/// weights are kept and moved in double whatever <typeparamref name="T"/> is; no update allocates. Deterministic.
/// <para>
/// Not thread-safe: one thread updates and takes snapshots. Snapshots are ordinary models; a <see cref="ModelHandle{TModel}"/> hands them to
/// other threads.
/// </para>
/// </summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <typeparam name="T">The type of its features and weights: <see cref="double"/> or <see cref="float"/>.</typeparam>
public sealed class OnlineLearner<TModel, T>
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Keeps the first AdaGrad step of a weight whose gradient is 0 from being 0/0.</summary>
    private const double AdaGradFloor = 1e-10;

    private readonly OnlineOptions _options;
    private readonly int _rowLength = TModel.Shape.Features + 1;
    private readonly double[] _weights = new double[TModel.Shape.ParameterCount];
    private readonly double[] _gradient = new double[TModel.Shape.ParameterCount];
    private readonly double[]? _squares;
    private readonly double[]? _average;

    // The row at hand with its leading 1, and its scores, which become residuals.
    private readonly double[] _row = new double[TModel.Shape.Features + 1];
    private readonly double[] _scores = new double[TModel.Shape.Classes];

    // Weights and gradient in the model's own type, for the generated kernel and for snapshots.
    private readonly T[] _typedWeights = new T[TModel.Shape.ParameterCount];
    private readonly T[] _typedGradient = new T[TModel.Shape.ParameterCount];

    /// <summary>Initializes a new instance of the <see cref="OnlineLearner{TModel, T}"/> class that starts at zero weights.</summary>
    /// <param name="options">How to learn; the defaults of <see cref="OnlineOptions"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public OnlineLearner(OnlineOptions? options = null)
    {
        _options = options ?? new OnlineOptions();
        _options.Validate(nameof(options));
        _squares = _options.Method == OnlineMethod.AdaGrad ? new double[_weights.Length] : null;
        _average = _options.AverageAfter is null ? null : new double[_weights.Length];
    }

    /// <summary>Initializes a new instance of the <see cref="OnlineLearner{TModel, T}"/> class that goes on from a model.</summary>
    /// <param name="start">The model whose weights to start at; itself left as it is.</param>
    /// <param name="options">How to learn; the defaults of <see cref="OnlineOptions"/> when null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="start"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public OnlineLearner(TModel start, OnlineOptions? options = null)
        : this(options)
    {
        ArgumentNullException.ThrowIfNull(start);
        Precision.Widen(start.Weights, _weights);
    }

    /// <summary>Gets the number of steps so far: one for each row of <see cref="Update"/> and one for each batch of <see cref="UpdateBatch"/>.</summary>
    public long Steps { get; private set; }

    /// <summary>Takes one step along the gradient of one row.</summary>
    /// <param name="features">The row: <c>m</c> features.</param>
    /// <param name="label">Its label.</param>
    /// <returns>The row's loss <c>-log P(y|x)</c> before the step, without the penalty: the error of a prediction of a row not yet seen.</returns>
    /// <exception cref="ArgumentException">The length is not <c>m</c>, a feature is not finite, or the label is out of range; nothing is learned.</exception>
    /// <exception cref="InvalidOperationException">A score overflows: the learning rate is too large for the features; nothing is learned.</exception>
    public double Update(ReadOnlySpan<T> features, int label)
    {
        ModelShape shape = TModel.Shape;
        Guard.Length(features.Length, shape.Features, nameof(features));
        Guard.Labels(new ReadOnlySpan<int>(in label), shape, nameof(label));

        _row[0] = 1;
        Precision.Widen(features, _row.AsSpan(1));
        int y = shape.IndexOf(label);
        double loss = ScoresToResiduals(features, y);
        SetRowGradient();
        Step();
        return loss;
    }

    /// <summary>
    /// Takes one step along the mean gradient of a batch, computed by the generated kernel in the model's precision. One row is the same step as
    /// <see cref="Update"/>, but for rounding.
    /// </summary>
    /// <param name="rows">The rows, <c>n x m</c>, row-major; at least one.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <returns>The rows' mean loss before the step, without the penalty.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, there is no row, a label is out of range, or a feature is not finite; nothing is
    /// learned.</exception>
    /// <exception cref="InvalidOperationException">A score overflows: the learning rate is too large for the features; nothing is learned.</exception>
    public double UpdateBatch(ReadOnlySpan<T> rows, ReadOnlySpan<int> labels)
    {
        Precision.Narrow(_weights, _typedWeights);
        ThrowUnlessFinite(FiniteScan.FirstNonFinite<T>(_typedWeights) < 0);
        double loss = TModel.LossAndGradient(_typedWeights, rows, labels, _typedGradient);
        ThrowUnlessFinite(double.IsFinite(loss) && FiniteScan.FirstNonFinite<T>(_typedGradient) < 0);
        Precision.Widen(_typedGradient, _gradient);
        Step();
        return loss;
    }

    /// <summary>Makes a model of the weights so far: of their average where <see cref="OnlineOptions.AverageAfter"/> is passed.</summary>
    /// <returns>A new model, which later updates leave as it is.</returns>
    /// <exception cref="InvalidOperationException">A weight overflowed: the learning rate is too large for the features.</exception>
    public TModel Snapshot()
    {
        Precision.Narrow(_average is not null && Steps > _options.AverageAfter ? _average : _weights, _typedWeights);
        ThrowUnlessFinite(FiniteScan.FirstNonFinite<T>(_typedWeights) < 0);
        return TModel.FromWeights(_typedWeights);
    }

    /// <summary>Leaves the residuals <c>P(Y=j|x) - [j == y]</c> in place of the scores.</summary>
    /// <param name="features">The row as it came, for the message.</param>
    /// <param name="y">The index of the row's class.</param>
    /// <returns>The loss, as <c>logsumexp(S) - S_y</c>.</returns>
    private double ScoresToResiduals(ReadOnlySpan<T> features, int y)
    {
        double[] scores = _scores;
        double largest = double.NegativeInfinity;
        double poison = 0;
        for (int j = 0; j < scores.Length; j++)
        {
            scores[j] = VectorAlgebra.Dot(_weights.AsSpan(j * _rowLength, _rowLength), _row);
            largest = Math.Max(largest, scores[j]);
            poison += 0 * scores[j];
        }

        // A NaN or an infinity makes every score so, and 0 times it a NaN.
        if (double.IsNaN(poison))
        {
            Guard.FiniteRows(features, TModel.Shape, nameof(features));
            ThrowUnlessFinite(false);
        }

        double labelScore = scores[y];
        double others = 0;
        for (int j = 0; j < scores.Length; j++)
        {
            scores[j] = Math.Exp(scores[j] - largest);
            others += j == y ? 0 : scores[j];
        }

        double sum = others + scores[y];
        for (int j = 0; j < scores.Length; j++)
        {
            scores[j] /= sum;
        }

        // Not P(y) - 1, which has no digits left where P(y) is near 1.
        scores[y] = -others / sum;
        double loss = Math.Log(sum) + (largest - labelScore);
        ThrowUnlessFinite(double.IsFinite(loss));
        return loss;
    }

    /// <summary>Row <c>j</c> of the gradient is residual <c>j</c> times <c>x</c>.</summary>
    private void SetRowGradient()
    {
        for (int j = 0; j < _scores.Length; j++)
        {
            VectorAlgebra.Scale(_scores[j], _row, _gradient.AsSpan(j * _rowLength, _rowLength));
        }
    }

    private void Step()
    {
        AddPenaltyGradient();
        double rate = _options.LearningRate / (1 + (_options.Decay * Steps));
        if (_squares is null)
        {
            VectorAlgebra.AddScaled(-rate, _gradient, _weights);
        }
        else
        {
            AdaGradStep(rate, _squares);
        }

        Steps++;
        if (_average is not null && Steps > _options.AverageAfter)
        {
            Average(_average, Steps - _options.AverageAfter.GetValueOrDefault());
        }
    }

    private void AddPenaltyGradient()
    {
        if (_options.L2 == 0)
        {
            return;
        }

        for (int bias = 0; bias < _weights.Length; bias += _rowLength)
        {
            VectorAlgebra.AddScaled(_options.L2, _weights.AsSpan(bias + 1, _rowLength - 1), _gradient.AsSpan(bias + 1, _rowLength - 1));
        }
    }

    private void AdaGradStep(double rate, double[] squares)
    {
        double[] weights = _weights;
        double[] gradient = _gradient;
        for (int i = 0; i < gradient.Length; i++)
        {
            squares[i] += gradient[i] * gradient[i];
            weights[i] -= rate * gradient[i] / (Math.Sqrt(squares[i]) + AdaGradFloor);
        }
    }

    // The running mean of count weights: it moves by a count-th of the way to the newest.
    private void Average(double[] average, long count)
    {
        double share = 1.0 / count;
        for (int i = 0; i < average.Length; i++)
        {
            average[i] += share * (_weights[i] - average[i]);
        }
    }

    private static void ThrowUnlessFinite(bool finite)
    {
        if (!finite)
        {
            throw new InvalidOperationException("A weight or a score overflows: the learning rate is too large for the features.");
        }
    }
}
