using System.Globalization;
using SoftmaxGen.Compiler;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Declarations;

/// <summary>Reads the rows of a table as values of a declaration. What does not fit is told by its place.</summary>
internal sealed class RowParser
{
    private readonly Table _table;
    private readonly TableDeclaration _declaration;
    private readonly BlankWords _blanks;
    private readonly int[] _columns;
    private readonly Dictionary<string, string>?[] _levels;
    private readonly double[] _numbers;
    private readonly string?[] _texts;

    /// <summary>Initializes a new instance of the <see cref="RowParser"/> class.</summary>
    /// <param name="table">The table, which needs no other columns than those of the features.</param>
    /// <param name="declaration">The declaration.</param>
    /// <exception cref="ToolException">A column is missing.</exception>
    public RowParser(Table table, TableDeclaration declaration)
    {
        IReadOnlyList<FeatureDefinition> features = declaration.Shape.Features;
        _table = table;
        _declaration = declaration;
        _blanks = new BlankWords(declaration.Blanks);
        _columns = [.. features.Select(feature => table.IndexOf(feature.Name, "the model"))];
        _levels = [.. features.Select(static feature => (feature as CategoryFeature)?.Levels.ToDictionary(static level => level, StringComparer.Ordinal))];
        _numbers = new double[features.Count];
        _texts = new string?[features.Count];
    }

    /// <summary>Gets the values of the row that was read.</summary>
    public RowValues Values => new(_numbers, _texts);

    /// <summary>Reads the current row of the table.</summary>
    /// <exception cref="ToolException">A value does not fit.</exception>
    public void Read()
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            Read(i, _declaration.Shape.Features[i]);
        }
    }

    private void Read(int index, FeatureDefinition feature)
    {
        ReadOnlySpan<char> cell = _table.Cell(_columns[index]);
        if (_blanks.Contains(cell))
        {
            if (!feature.IsOptional)
            {
                throw Error(
                    index,
                    $"'{feature.Name}' is blank, and it never was in the rows that the model was trained on. "
                    + $"Where it may be, train with --column \"{feature.Name}={Kind(feature)}\".");
            }

            (_numbers[index], _texts[index]) = (double.NaN, null);
            return;
        }

        switch (feature)
        {
            case CategoryFeature categories:
                _texts[index] = _levels[index]!.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(cell, out string? level)
                    ? level
                    : throw Error(
                        index, $"'{cell}' is none of the levels of '{feature.Name}' that the model was trained on: {Listing.Of([.. categories.Levels])}.");
                break;
            case HashedFeature:
                _texts[index] = cell.ToString();
                break;
            case FlagFeature:
                _numbers[index] = FlagText.TryParse(cell, out double flag)
                    ? flag
                    : throw Error(index, $"'{cell}' is no flag; '{feature.Name}' is yes or no, true or false, 1 or 0.");
                break;
            default:
                _numbers[index] = NumberText.TryParse(cell, _declaration.DecimalComma, out double number) ? number : throw NoNumber(index, feature, cell);
                break;
        }
    }

    private ToolException NoNumber(int index, FeatureDefinition feature, ReadOnlySpan<char> cell)
    {
        string point = _declaration.DecimalComma ? "a decimal comma" : "a decimal point";
        return Error(index, $"'{cell}' is no number; '{feature.Name}' takes numbers with {point}.");
    }

    private ToolException Error(int index, string message) => _table.PlaceOf(_columns[index]).Error(message);

    // What allows blanks, as ColumnOverride reads it.
    private static string Kind(FeatureDefinition feature) => feature switch
    {
        FlagFeature => "flag?",
        CategoryFeature => "categories?",
        HashedFeature hashed => string.Create(CultureInfo.InvariantCulture, $"hashed?({hashed.Columns})"),
        BucketFeature buckets => $"buckets?({Numbers(buckets.Edges)})",
        KnotFeature knots => $"knots?({Numbers(knots.Knots)})",
        _ => "number?",
    };

    private static string Numbers(IEnumerable<double> numbers) =>
        string.Join(',', numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture)));
}
