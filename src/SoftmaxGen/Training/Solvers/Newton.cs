using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Newton's method with a line search (Nocedal and Wright, <i>Numerical Optimization</i>, 2nd edition, algorithm 3.2): steps <c>-H^-1 g</c> with the
/// exact Hessian: see <see cref="NewtonDirection"/>. A few iterations, each as costly as several gradients; the number of right digits
/// doubles with each of the last ones, whatever the condition of the problem.
/// </summary>
internal struct Newton : ISolver
{
    // Where a class is about to be told from the others the loss falls like exp(-t), and the slope that a step of 1 leaves is 0.37 of the first: too short a
    // step, of which a longer search makes up for several. Near the optimum a step of 1 leaves next to nothing.
    private const double Curvature = 0.3;

    // Of the decrease that was foretold. A loss that falls like exp(-t) deviates by a quarter.
    private const double MostDeviation = 0.1;

    private readonly Objective _objective;
    private readonly ObjectiveLine _line;
    private readonly TrainingMonitor _monitor;
    private NewtonDirection _direction;
    private int _lastRecentring = -1;
    private int _nextRecentring;
    private bool _keepsCurvature;
#pragma warning disable CA1859 // Each may be followed by the other: structures that contain each other have no size.
    private ISolver? _successor;
#pragma warning restore CA1859

    /// <summary>Initializes a new instance of the <see cref="Newton"/> struct.</summary>
    /// <param name="objective">The objective; it must have its Hessian, or so few rows that their <see cref="RowFactor"/> stands for it.</param>
    /// <param name="line">The objective along a line.</param>
    /// <param name="monitor">Knows what is negligible.</param>
    public Newton(Objective objective, ObjectiveLine line, TrainingMonitor monitor)
    {
        _objective = objective;
        _line = line;
        _monitor = monitor;
        _direction = new NewtonDirection(objective);
    }

    private readonly bool IsNegligible(double decrease) => decrease <= (_direction.IsByRows

        // Where the rows tell the direction, no step can be seen to gain less than scores are rounded by.
        ? Math.Clamp(_objective.ScoreRounding(_line.Point), _monitor.AimedDecrease, _monitor.NegligibleDecrease)
        : _monitor.AimedDecrease);

    /// <inheritdoc/>
    public StopReason? FindNext(bool isFlat)
    {
        // A gradient within the tolerance says little where a feature has next to no curvature, for the sake of one far row or of classes that separate.
        // What counts is half the decrement g'H^-1 g, which the quadratic model has left to give (Boyd and Vandenberghe, Convex Optimization, (9.30)).
        if (isFlat && _keepsCurvature && OptimalityGap.OfWeights(_objective, _line) + _direction.RemainingDecrease(_line) <= _monitor.NegligibleDecrease)
        {
            return StopReason.Converged;
        }

        bool isNearby = isFlat || _monitor.IsWithinRounding;
        bool mayGoOn = !isFlat || _monitor.MayGoOn;
        while (_successor is null)
        {
            bool mayRecentre = _monitor.Iterations > _lastRecentring;
            double decrease = SetDirection(bySums: _objective.HasHessian);
            bool isNegligible = isNearby && IsNegligible(decrease);
            bool isBlurred = (_monitor.Iterations >= _nextRecentring || (isNegligible && mayRecentre)) && _direction.IsIllConditioned;
            if (!isBlurred && isNegligible && !_direction.IsExact && !_monitor.Recedes && RowFactor.Fit(_objective))
            {
                // What a feature that nearly depends on others has to give is not in sums of products.
                decrease = SetDirection(bySums: false);
                isNegligible = IsNegligible(decrease);
                isBlurred = mayRecentre && _direction.Uncertainty > _monitor.NegligibleDecrease;
            }

            if (!isBlurred && isNegligible && Answer() is StopReason answer)
            {
                return answer;
            }

            if (!isBlurred && mayGoOn && Search())
            {
                _keepsCurvature = IsAsForetold(_line, decrease);
                return null;
            }

            if (!isBlurred && !(mayGoOn && mayRecentre && (_direction.IsIllConditioned || _direction.IsByRows)))
            {
                SetDirection(bySums: !_direction.IsByRows);
                return (isNearby && decrease <= _monitor.NegligibleDecrease ? Answer() : null)
                    ?? (mayGoOn ? StopReason.NoProgress : StopReason.MaxIterations);
            }

            Recentre();
        }

        return _successor.FindNext(isFlat);
    }

    // One far row dictates the deviation of a feature, or the features are the same but for rounding: another look tells which.
    private void Recentre()
    {
        _monitor.Recentre(_line);
        _lastRecentring = _monitor.Iterations;
        _nextRecentring = (2 * _lastRecentring) + 1;
        if (_objective.HasHessian || RowFactor.Fit(_objective))
        {
            _direction = new NewtonDirection(_objective);
        }
        else
        {
            _successor = new TrustRegionNewton(_objective, _line, _monitor);
        }
    }

    // Sets the direction, and tells what the quadratic model has left to give.
    private readonly double SetDirection(bool bySums)
    {
        if (bySums)
        {
            _direction.Set(_line);
        }
        else
        {
            _direction.SetByRows(_line);
        }

        return Math.Abs(_line.Origin.Slope) / 2;
    }

    private readonly StopReason? Answer()
    {
        StopReason? answer = _monitor.Answer(_line.Direction, _direction.IsExact);
        return answer == StopReason.Converged && _direction.Uncertainty > _monitor.NegligibleDecrease ? StopReason.NoProgress : answer;
    }

    // Where the Hessian tells nothing but rounding, the gradient may still tell the way.
    private readonly bool Search()
    {
        if (StrongWolfeLineSearch.Find(_line, Curvature) is not null)
        {
            return true;
        }

        VectorAlgebra.Scale(-_line.SafeStep, _line.Gradient, _line.Direction);
        return StrongWolfeLineSearch.Find(_line) is not null;
    }

    // A step that gained what the quadratic model foretold has left the curvature about as it was. Where probabilities fade, both fall together, and the
    // curvature of the point before would make little of the gradient that is left.
    private static bool IsAsForetold(ObjectiveLine line, double foretold) =>
        Math.Abs(line.Value - line.TrialValue - foretold) <= (MostDeviation * foretold) + line.Noise;
}
