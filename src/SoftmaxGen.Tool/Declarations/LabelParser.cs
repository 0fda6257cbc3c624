using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Declarations;

/// <summary>Reads the labels of a table.</summary>
internal sealed class LabelParser(Table table, TableDeclaration declaration)
{
    /// <summary>Stands for a row without a label.</summary>
    public const int None = -1;

    private readonly int _column = table.IndexOf(declaration.LabelColumn, "the label");
    private readonly BlankWords _blanks = new(declaration.Blanks);
    private readonly Dictionary<string, int> _labels = declaration.Shape.ClassNames
        .Select(static (name, index) => (name, index))
        .ToDictionary(static pair => pair.name, static pair => pair.index, StringComparer.Ordinal);

    /// <summary>Reads the label of the current row.</summary>
    /// <returns>The index of the class; <see cref="None"/> for a blank.</returns>
    /// <exception cref="ToolException">It is no class of the model.</exception>
    public int Read()
    {
        ReadOnlySpan<char> cell = table.Cell(_column);
        if (_blanks.Contains(cell))
        {
            return None;
        }

        return _labels.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(cell, out int label)
            ? label
            : throw table.PlaceOf(_column).Error($"'{cell}' is no class of the model; its classes are {Listing.Of([.. declaration.Shape.ClassNames])}.");
    }
}
