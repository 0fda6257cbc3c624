using SoftmaxGen.Compiler;

namespace SoftmaxGen.Tool.Declarations;

/// <summary>What a model file says of the tables that the model reads: its field <c>x-declaration</c>. Columns go by the names of the features.</summary>
internal sealed record TableDeclaration
{
    /// <summary>The version that is written and read.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Gets the version of the field.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Gets the shape.</summary>
    public required ShapeDefinition Shape { get; init; }

    /// <summary>Gets the column with the label.</summary>
    public required string LabelColumn { get; init; }

    /// <summary>Gets a value indicating whether numbers have decimal commas.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>Gets what stands for a blank.</summary>
    public required IReadOnlyList<string> Blanks { get; init; }
}
