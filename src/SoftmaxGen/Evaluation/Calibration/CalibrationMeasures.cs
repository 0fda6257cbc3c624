namespace SoftmaxGen;

/// <summary>How a calibration does on the rows it was found on.</summary>
internal sealed record CalibrationMeasures(double LogLossBefore, double LogLoss, IReadOnlyList<ClassCalibration> Classes);
