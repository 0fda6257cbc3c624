namespace SoftmaxGen;

/// <summary>A point of a <see cref="PrecisionRecallCurve"/>: what comes of calling every row positive whose score is at least a threshold.</summary>
/// <param name="Threshold">The threshold; +∞ for the first point, where no row is positive.</param>
/// <param name="Precision">The share of the rows called positive that are; 1 for the first point, where there is none.</param>
/// <param name="Recall">The share of the positive rows that are called positive, from 0 to 1.</param>
public readonly record struct PrecisionRecallPoint(double Threshold, double Precision, double Recall);
