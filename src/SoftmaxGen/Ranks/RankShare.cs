namespace SoftmaxGen;

/// <summary>The part of all rows that a rank has; see <see cref="ProcessGroupExtensions.ShareOf"/>.</summary>
/// <param name="First">The first row.</param>
/// <param name="Count">The number of rows.</param>
public readonly record struct RankShare(long First, long Count);
