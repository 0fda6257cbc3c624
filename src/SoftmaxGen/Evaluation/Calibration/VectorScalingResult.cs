using System.Globalization;
using static System.FormattableString;

namespace SoftmaxGen;

/// <summary>The scales and biases of a vector scaling, and a model that has them in its weights. Immutable and thread-safe.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
public sealed class VectorScalingResult<TModel>
{
    private readonly CalibrationMeasures _measures;

    internal VectorScalingResult(double[] scales, double[] biases, TModel model, CalibrationMeasures measures)
    {
        Scales = Array.AsReadOnly(scales);
        Biases = Array.AsReadOnly(biases);
        Model = model;
        _measures = measures;
    }

    /// <summary>Gets the scale <c>s_k</c> of each class, that of the first label first: the calibrated scores are <c>s_k z_k + b_k</c>.</summary>
    public IReadOnlyList<double> Scales { get; }

    /// <summary>Gets the bias <c>b_k</c> of each class, that of the first label first; their mean is 0.</summary>
    public IReadOnlyList<double> Biases { get; }

    /// <summary>Gets the calibrated model: the centred weights of each class times its scale, and its bias added.</summary>
    public TModel Model { get; }

    /// <summary>Gets the log loss of the model as it was, on the held-out rows.</summary>
    public double LogLossBefore => _measures.LogLossBefore;

    /// <summary>Gets the log loss of the calibrated model, on the held-out rows: not above that before.</summary>
    public double LogLoss => _measures.LogLoss;

    /// <summary>Gets mean probability and frequency of each class, that of the first label first, on the held-out rows: they agree.</summary>
    public IReadOnlyList<ClassCalibration> Classes => _measures.Classes;

    /// <summary>Writes scales, biases and log losses on one line, in the invariant culture.</summary>
    /// <returns>The line.</returns>
    public override string ToString()
    {
        return Invariant($"scales {List(Scales)}, biases {List(Biases)}: log loss {LogLoss:G5}, before {LogLossBefore:G5}");

        static string List(IReadOnlyList<double> numbers) =>
            $"({string.Join(' ', numbers.Select(static number => number.ToString("G5", CultureInfo.InvariantCulture)))})";
    }
}
