namespace SoftmaxGen.Data.Rows;

/// <summary>The columns of a file that a model reads, as indices.</summary>
/// <param name="Features">The column of each feature.</param>
/// <param name="Label">The column of the label; -1 where rows hold it.</param>
/// <param name="Weight">The column of the weight; -1 where there is none.</param>
internal sealed record FileColumns(IReadOnlyList<int> Features, int Label, int Weight)
{
    /// <summary>Gets all columns, each once.</summary>
    public IReadOnlyCollection<int> All => [.. Features.Append(Label).Append(Weight).Where(static column => column >= 0).Distinct()];
}
