using System.Collections.ObjectModel;
using System.Diagnostics;

namespace SoftmaxGen.Training;

/// <summary>Follows a solver from iteration to iteration: keeps the history, tells the caller and decides when to stop.</summary>
internal sealed class TrainingMonitor
{
    /// <summary>Enough for most trainings; the list grows beyond it.</summary>
    private const int ExpectedIterations = 63;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly List<TrainingProgress> _history;
    private readonly Objective _objective;
    private readonly TrainingOptions _options;
    private readonly double _separableBelow;
    private readonly IProgress<TrainingProgress>? _progress;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Initializes a new instance of the <see cref="TrainingMonitor"/> class and starts its clock.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="separableBelow">The objective below which the classes are proved separable; negative when a penalty makes that harmless.</param>
    /// <param name="options">The tolerance and the most iterations.</param>
    /// <param name="progress">Told of every iteration, the start included.</param>
    /// <param name="cancellationToken">Asked after every iteration.</param>
    public TrainingMonitor(
        Objective objective,
        double separableBelow,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancellationToken)
    {
        _objective = objective;
        _separableBelow = separableBelow;
        _options = options;
        _progress = progress;
        _cancellationToken = cancellationToken;
        _history = new List<TrainingProgress>(1 + Math.Min(options.MaxIterations, ExpectedIterations));
    }

    /// <summary>Gets the start and every iteration so far.</summary>
    public ReadOnlyCollection<TrainingProgress> History => _history.AsReadOnly();

    /// <summary>Gets the time since the start.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>Records the start, when called first, or an iteration.</summary>
    /// <param name="value">The objective.</param>
    /// <param name="gradient">Its gradient by the coordinates of the optimiser.</param>
    /// <returns>The reason to stop, or null to go on.</returns>
    public StopReason? Record(double value, ReadOnlySpan<double> gradient)
    {
        var entry = new TrainingProgress
        {
            Iteration = _history.Count,
            Evaluations = _objective.Evaluations,
            Objective = value,
            GradientNorm = _objective.GradientNorm(gradient),
            Elapsed = Elapsed,
        };
        _history.Add(entry);
        _progress?.Report(entry);
        return ReasonToStop(entry);
    }

    private StopReason? ReasonToStop(TrainingProgress entry)
    {
        // The gradient of separable classes fades as the weights grow: it must not pass for convergence.
        if (entry.Objective < _separableBelow)
        {
            return StopReason.Separable;
        }

        if (entry.GradientNorm <= _options.Tolerance)
        {
            return StopReason.Converged;
        }

        if (_cancellationToken.IsCancellationRequested)
        {
            return StopReason.Canceled;
        }

        return entry.Iteration >= _options.MaxIterations ? StopReason.MaxIterations : null;
    }
}
