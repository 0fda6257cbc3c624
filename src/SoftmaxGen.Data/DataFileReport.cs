namespace SoftmaxGen.Data;

/// <summary>What was read of a file.</summary>
public sealed record DataFileReport
{
    /// <summary>Gets the number of rows in the file: those that were added and those that were skipped.</summary>
    public required long Rows { get; init; }

    /// <summary>
    /// Gets the number of rows that were left out for a missing feature, because <see cref="DataFileOptions.IncompleteRows"/> said so; otherwise 0.
    /// </summary>
    public required long SkippedRows { get; init; }

    /// <summary>Gets the columns of the file that were read, in the order of the features, then those of the label and the weight.</summary>
    public required IReadOnlyList<string> UsedColumns { get; init; }

    /// <summary>Gets the columns of the file that were not needed.</summary>
    public required IReadOnlyList<string> UnusedColumns { get; init; }
}
