namespace SoftmaxGen.Tool.Tables;

/// <summary>How a table is to be read, where the user says so; what is null is found out.</summary>
internal sealed record TableFormat
{
    /// <summary>Gets what separates cells; null to find out.</summary>
    public char? Separator { get; init; }

    /// <summary>Gets the name of the encoding; null to find out.</summary>
    public string? Encoding { get; init; }

    /// <summary>Gets what stands for a blank.</summary>
    public IReadOnlyList<string> Blanks { get; init; } = ["", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "null", "NULL", "None", "?", "-", "."];
}
