using System.Globalization;

namespace SoftmaxGen;

/// <summary>A temperature, and a model whose weights are divided by it. Immutable and thread-safe.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
public sealed class TemperatureScalingResult<TModel>
{
    private readonly CalibrationMeasures _measures;

    internal TemperatureScalingResult(double temperature, TModel model, CalibrationMeasures measures)
    {
        Temperature = temperature;
        Model = model;
        _measures = measures;
    }

    /// <summary>Gets the temperature: above 1 where the model was too sure of itself, below 1 where it was not sure enough.</summary>
    public double Temperature { get; }

    /// <summary>Gets the model with all weights divided by the temperature.</summary>
    public TModel Model { get; }

    /// <summary>Gets the log loss of the model as it was, on the held-out rows.</summary>
    public double LogLossBefore => _measures.LogLossBefore;

    /// <summary>Gets the log loss at the temperature, on the held-out rows: not above that before.</summary>
    public double LogLoss => _measures.LogLoss;

    /// <summary>
    /// Gets mean probability and frequency of each class, that of the first label first, on the held-out rows. Where they differ, a temperature does
    /// not mend it: see <see cref="PriorCorrection"/>, <see cref="PlattScaling"/> and <see cref="VectorScaling"/>.
    /// </summary>
    public IReadOnlyList<ClassCalibration> Classes => _measures.Classes;

    /// <summary>
    /// Writes temperature and log losses on one line, in the invariant culture, and the class whose mean probability is farthest from its frequency.
    /// </summary>
    /// <returns>The line.</returns>
    public override string ToString()
    {
        ClassCalibration worst = ClassCalibration.Worst(Classes);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"temperature {Temperature:G5}: log loss {LogLoss:G5}, before {LogLossBefore:G5}; "
            + $"mean probability of {worst.Name} {worst.MeanProbability:F4}, frequency {worst.Frequency:F4}");
    }
}
