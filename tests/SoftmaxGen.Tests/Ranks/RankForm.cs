namespace SoftmaxGen.Tests.Ranks;

/// <summary>What rows have beside features.</summary>
public enum RankForm
{
    Plain,
    RowWeights,
    SoftLabels,
    Offsets,
}
