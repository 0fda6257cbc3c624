namespace SoftmaxGen;

/// <summary>A point of a <see cref="RocCurve"/>: what comes of calling every row positive whose score is at least a threshold.</summary>
/// <param name="Threshold">The threshold; +∞ for the first point, where no row is positive.</param>
/// <param name="FalsePositiveRate">The share of the negative rows that are called positive, from 0 to 1.</param>
/// <param name="TruePositiveRate">The share of the positive rows that are called positive (the recall), from 0 to 1.</param>
public readonly record struct RocPoint(double Threshold, double FalsePositiveRate, double TruePositiveRate);
