using System.Diagnostics;
using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen.Training;

/// <summary>
/// Follows a solver from iteration to iteration: keeps the history and the best point, tells the caller and decides when to stop. Best is the point
/// with the lowest loss on the validation set, or without one the latest whose objective is not above the lowest but for rounding. A reason to stop that is
/// null means to go on.
/// </summary>
internal sealed class TrainingMonitor
{
    // What is left of the objective may be a tenth of the tolerance; what is foretold to be left is known to a tenth at best.
    private const double NegligibleByTolerance = 0.08;
    private const double MostNegligible = 0.1;
    private const double LeastNegligibleOfSingle = 1e-5;

    // Without a penalty Newton goes on for a few more digits, which tells an optimum at infinity from a finite one.
    private const double AimWithoutPenalty = 1e-10;

    // The square of the rounding of a score, relative to the objective.
    private const double RoundingAllowed = 1e-9;
    private const double RoundingAllowedOfSingle = 1e-4;

    private const double RoundingOfDouble = 1e-15;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly List<TrainingProgress> _history;
    private readonly double[] _best;
    private readonly Objective _objective;
    private readonly ValidationLoss? _validation;
    private readonly TrainingOptions _options;
    private readonly int _maxIterations;
    private readonly double _separableBelow;
    private readonly IProgress<TrainingProgress>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly double _negligible;
    private bool? _recedes;
    private bool _isCanceled;

    /// <summary>Initializes a new instance of the <see cref="TrainingMonitor"/> class and starts its clock.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="validation">The loss on the validation set, or null.</param>
    /// <param name="separableBelow">The objective below which the classes are separable; negative when a penalty makes that harmless.</param>
    /// <param name="options">The tolerance and the patience.</param>
    /// <param name="maxIterations">The most iterations or epochs.</param>
    /// <param name="progress">Told of every iteration, the start included.</param>
    /// <param name="cancellationToken">Asked after every iteration.</param>
    public TrainingMonitor(
        Objective objective,
        ValidationLoss? validation,
        double separableBelow,
        TrainingOptions options,
        int maxIterations,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        _objective = objective;
        _validation = validation;
        _separableBelow = separableBelow;
        _options = options;
        _maxIterations = maxIterations;
        _progress = progress;
        _cancellationToken = cancellationToken;
        _negligible = Math.Clamp(options.Tolerance * NegligibleByTolerance, IsSingle ? LeastNegligibleOfSingle : AimWithoutPenalty, MostNegligible);
        _history = objective.Workspace.RentHistory();
        _best = objective.Workspace.Rent(objective.ParameterCount);
    }

    /// <summary>Gets the best point so far.</summary>
    public ReadOnlySpan<double> BestPoint => _best;

    /// <summary>Gets what was recorded of the best point.</summary>
    public TrainingProgress Best { get; private set; }

    /// <summary>Gets the time since the start.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>Gets a value indicating whether the caller allows another iteration.</summary>
    public bool MayGoOn => _history.Count <= _maxIterations && !_isCanceled;

    /// <summary>Gets the number of iterations so far.</summary>
    public int Iterations => _history.Count - 1;

    /// <summary>Gets what may be left between the objective and its minimum when a training has converged.</summary>
    public double NegligibleDecrease => _negligible * Math.Max(Best.Objective, 0);

    /// <summary>Gets what Newton's method leaves where it can: less without a penalty.</summary>
    public double AimedDecrease => (_objective.IsUnpenalised ? AimWithoutPenalty : _negligible) * Math.Max(Best.Objective, 0);

    /// <summary>Gets a value indicating whether the gradient at the best point is nothing but rounding, so that a smaller tolerance cannot be met.</summary>
    public bool IsWithinRounding => Best.GradientNorm <= _objective.GradientRounding(_best);

    /// <summary>
    /// Gets a value indicating whether the scores at the best point are rounded by so much that the objective is not known to a millionth: features
    /// lie too many deviations from zero.
    /// </summary>
    public bool IsBeyondDigits
    {
        get
        {
            double rounding = _objective.ScoreRounding(_best);
            return !(rounding * rounding <= (IsSingle ? RoundingAllowedOfSingle : RoundingAllowed) * Best.Objective);
        }
    }

    private bool IsSingle => _objective.RoundingUnit > RoundingOfDouble;

    /// <summary>Gets a value indicating whether there is no optimum, for certain; decided once, by <see cref="Recession.Exists"/>.</summary>
    public bool Recedes => _objective.MayBeSeparable && (_recedes ??= Recession.Exists(_objective)) == true;

    /// <summary>Copies the start and every iteration so far.</summary>
    public TrainingProgress[] CopyHistory() => [.. _history];

    /// <summary>Makes the point of a line that was evaluated last the current one and records it.</summary>
    public StopReason? Advance(ObjectiveLine line)
    {
        line.Advance();
        return Record(line.Point, line.Value, line.Gradient);
    }

    /// <summary>
    /// Decides what a step of Newton's method says that is foretold to gain next to nothing: that the training has converged, if it leaves all scores
    /// where they are; that there is no optimum; or nothing.
    /// </summary>
    /// <param name="step">The step, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="isExact">Whether the step is exact in all directions, those with next to no curvature among them.</param>
    public StopReason? Answer(ReadOnlySpan<double> step, bool isExact)
    {
        bool moves = Recession.Moves(_objective, step);
        return (moves || !isExact) && Recedes ? StopReason.Separable
            : moves ? null
            : StopReason.Converged;
    }

    /// <summary>Measures features by the curvature at the current point of a line from now on; see <see cref="Objective.Recentre"/>.</summary>
    public void Recentre(ObjectiveLine line) => line.Recentre(_best);

    /// <summary>Records the start, when called first, or an iteration.</summary>
    /// <param name="point">The point.</param>
    /// <param name="value">The smooth part of the objective.</param>
    /// <param name="gradient">Its gradient by the coordinates of the optimiser.</param>
    public StopReason? Record(ReadOnlySpan<double> point, double value, ReadOnlySpan<double> gradient)
    {
        var entry = new TrainingProgress
        {
            Iteration = _history.Count,
            Evaluations = _objective.Evaluations,
            Objective = value + _objective.Sparsity.Value(point),
            GradientNorm = _objective.GradientNorm(point, gradient),
            Elapsed = Elapsed,
            ValidationLoss = _validation is null ? double.NaN : _validation.At(point),
        };
        _history.Add(entry);
        if (entry.Iteration == 0 || IsBest(entry))
        {
            point.CopyTo(_best);
            Best = entry;
        }

        _progress?.Report(entry);
        _isCanceled = _objective.EndIteration(_cancellationToken.IsCancellationRequested);
        return ReasonToStop(entry, point);
    }

    private bool IsBest(TrainingProgress entry) => _validation is null
        ? entry.Objective <= Best.Objective + _objective.Noise(Best.Objective) || entry.GradientNorm <= _options.Tolerance
        : entry.ValidationLoss < Best.ValidationLoss;

    private StopReason? ReasonToStop(TrainingProgress entry, ReadOnlySpan<double> point)
    {
        // The gradient of separable classes fades as the weights grow: it must not pass for convergence. Nor must a loss that is nothing but rounding
        // pass for a proof that they are separable.
        bool isFlat = entry.GradientNorm <= _options.Tolerance;
        bool isSuspect = entry.Objective < _separableBelow || (isFlat && _objective.MayBeSeparable);
        if (isSuspect && Recession.Separates(_objective, point))
        {
            return StopReason.Separable;
        }

        if (isFlat)
        {
            return entry.Iteration == Best.Iteration ? StopReason.Converged : StopReason.EarlyStopped;
        }

        if (_isCanceled)
        {
            return StopReason.Canceled;
        }

        if (_validation is not null && entry.Iteration - Best.Iteration >= _options.Patience)
        {
            return StopReason.EarlyStopped;
        }

        return entry.Iteration >= _maxIterations ? StopReason.MaxIterations : null;
    }
}
