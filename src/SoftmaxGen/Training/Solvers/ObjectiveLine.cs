using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// The objective along the line <c>x + t d</c> from the current point <c>x</c>: <c>phi(t) = f(x + t d)</c>, <c>phi'(t) = grad f(x + t d)'d</c>.
/// Holds all vectors a line-search solver needs; no call allocates.
/// </summary>
internal sealed class ObjectiveLine : ILineFunction
{
    private readonly Objective _objective;
    private readonly double[] _direction;
    private double[] _point;
    private double[] _gradient;
    private double[] _trialPoint;
    private double[] _trialGradient;
    private double _trialValue;

    /// <summary>Initializes a new instance of the <see cref="ObjectiveLine"/> class, evaluating the objective at the start.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="start">The point to start at; empty for zero.</param>
    public ObjectiveLine(Objective objective, ReadOnlySpan<double> start = default)
    {
        int length = objective.ParameterCount;
        _objective = objective;
        _direction = objective.Workspace.Rent(length);
        _point = objective.Workspace.Rent(length);
        _gradient = objective.Workspace.Rent(length);
        _trialPoint = objective.Workspace.Rent(length);
        _trialGradient = objective.Workspace.Rent(length);
        start.CopyTo(_point);
        Value = objective.ValueAndGradient(_point, _gradient);
    }

    /// <summary>Gets the current point <c>x</c>.</summary>
    public ReadOnlySpan<double> Point => _point;

    /// <summary>Gets the objective at the current point.</summary>
    public double Value { get; private set; }

    /// <summary>Gets the gradient at the current point.</summary>
    public ReadOnlySpan<double> Gradient => _gradient;

    /// <summary>Gets the direction <c>d</c>, for the solver to set.</summary>
    public Span<double> Direction => _direction;

    /// <summary>Gets the point evaluated last, or that the solver sets and evaluates by <see cref="EvaluateTrial"/>.</summary>
    public Span<double> TrialPoint => _trialPoint;

    /// <summary>Gets the objective at the point evaluated last.</summary>
    public double TrialValue => _trialValue;

    /// <summary>Gets the gradient at the point evaluated last.</summary>
    public ReadOnlySpan<double> TrialGradient => _trialGradient;

    /// <inheritdoc/>
    public LinePoint Origin => new(0, Value, VectorAlgebra.Dot(_gradient, _direction));

    /// <summary>
    /// Gets a first scale for steps down the gradient, which have no curvature to go by: <c>f / |g|^2</c>. A loss cannot fall below 0, so the
    /// parabola with this value and slope has its minimum within twice this step, whatever the units of the features.
    /// </summary>
    public double SafeStep => Value / VectorAlgebra.Dot(_gradient, _gradient);

    /// <inheritdoc/>
    public double Noise => _objective.Noise(Value, _point);

    /// <inheritdoc/>
    public LinePoint At(double step)
    {
        VectorAlgebra.AddScaled(step, _direction, _point, _trialPoint);

        // A step to where more is rounding than here gains that much less.
        double rounding = Math.Max(0, _objective.SoftLabelRounding(_trialPoint) - _objective.SoftLabelRounding(_point));
        return new LinePoint(step, EvaluateTrial() + rounding, VectorAlgebra.Dot(_trialGradient, _direction));
    }

    /// <summary>Evaluates the objective at <see cref="TrialPoint"/>.</summary>
    /// <returns>The value.</returns>
    public double EvaluateTrial()
    {
        _trialValue = _objective.ValueAndGradient(_trialPoint, _trialGradient);
        return _trialValue;
    }

    /// <summary>Recentres the objective at the current point and evaluates it anew; see <see cref="Objective.Recentre"/>.</summary>
    /// <param name="other">Another point to take along.</param>
    public void Recentre(Span<double> other)
    {
        _objective.Recentre(_point, other);
        Value = _objective.ValueAndGradient(_point, _gradient);
    }

    /// <summary>Makes the point evaluated last the current point.</summary>
    public void Advance()
    {
        (_point, _trialPoint) = (_trialPoint, _point);
        (_gradient, _trialGradient) = (_trialGradient, _gradient);
        Value = _trialValue;
    }
}
