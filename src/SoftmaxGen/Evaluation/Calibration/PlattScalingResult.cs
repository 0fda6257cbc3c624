using static System.FormattableString;

namespace SoftmaxGen;

/// <summary>Slope and intercept of Platt's scaling, and a model that has them in its weights. Immutable and thread-safe.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
public sealed class PlattScalingResult<TModel>
{
    private readonly CalibrationMeasures _measures;

    internal PlattScalingResult(double slope, double intercept, TModel model, CalibrationMeasures measures)
    {
        Slope = slope;
        Intercept = intercept;
        Model = model;
        _measures = measures;
    }

    /// <summary>
    /// Gets the slope <c>a</c> of <c>log(P1 / P0) = a t + b</c>, where <c>t</c> is the score of the second class less that of the first: Platt's
    /// <c>-A</c>. A negative slope says that the model takes each class for the other.
    /// </summary>
    public double Slope { get; }

    /// <summary>Gets the intercept <c>b</c>: Platt's <c>-B</c>.</summary>
    public double Intercept { get; }

    /// <summary>Gets the calibrated model: all weights times the slope, the intercept in the biases, whose mean is 0.</summary>
    public TModel Model { get; }

    /// <summary>Gets the log loss of the model as it was, on the held-out rows.</summary>
    public double LogLossBefore => _measures.LogLossBefore;

    /// <summary>
    /// Gets the log loss of the calibrated model, on the held-out rows. Smoothed targets may make it larger than before, by little.
    /// </summary>
    public double LogLoss => _measures.LogLoss;

    /// <summary>Gets mean probability and frequency of each class, that of the first label first, on the held-out rows.</summary>
    public IReadOnlyList<ClassCalibration> Classes => _measures.Classes;

    /// <summary>Writes slope, intercept and log losses on one line, in the invariant culture.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => Invariant($"slope {Slope:G5}, intercept {Intercept:G5}: log loss {LogLoss:G5}, before {LogLossBefore:G5}");
}
