namespace SoftmaxGen;

/// <summary>How a calibration does on the rows it was found on.</summary>
/// <param name="LogLossBefore">The log loss before.</param>
/// <param name="LogLoss">The log loss after.</param>
/// <param name="Classes">Mean probabilities and frequencies.</param>
internal sealed record CalibrationMeasures(double LogLossBefore, double LogLoss, IReadOnlyList<ClassCalibration> Classes);
