using System.CommandLine;
using SoftmaxGen.Tool.Inference;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Commands;

/// <summary>What <c>train</c> is told.</summary>
internal sealed record TrainOptions
{
    /// <summary>Gets the file with the rows.</summary>
    public required string Data { get; init; }

    /// <summary>Gets the column with the label; null where the user forgot it.</summary>
    public string? Label { get; init; }

    /// <summary>Gets what the user says of columns.</summary>
    public IReadOnlyList<ColumnOverride> Columns { get; init; } = [];

    /// <summary>Gets the columns that are left out.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Gets the strength of the penalty; null to choose it.</summary>
    public double? L2 { get; init; }

    /// <summary>Gets the number of folds.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Gets what the folds depend on.</summary>
    public int Seed { get; init; }

    /// <summary>Gets the path of the model file; null for that of the data, with another ending, in the current folder.</summary>
    public string? Out { get; init; }

    /// <summary>Gets the path of the C# file; null for none.</summary>
    public string? Code { get; init; }

    /// <summary>Gets the namespace of the C# file.</summary>
    public required string Namespace { get; init; }

    /// <summary>Gets the path of the report; null for none.</summary>
    public string? Report { get; init; }

    /// <summary>Gets a value indicating whether to write JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Gets how to read the file.</summary>
    public required TableFormat Format { get; init; }

    /// <summary>Gets where the model goes.</summary>
    public string ModelPath => Out ?? $"{Stem}.softmax.json";

    /// <summary>Gets what to call a row: like the file of the code, or else like that of the data.</summary>
    public string RowName => Path.GetFileNameWithoutExtension(Code ?? Stem);

    private string Stem => Data == "-" ? "model" : Path.GetFileNameWithoutExtension(Data);
}
