using System.Globalization;
using System.Runtime.InteropServices;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Inference;

/// <summary>What the cells of a column are, counted while a table is read.</summary>
internal sealed class ColumnProfile(string name)
{
    /// <summary>A column with more different values is no category; no more are kept.</summary>
    public const int MostLevels = 1000;

    private static readonly string[] _dayFirst = ["d.M.yyyy", "d/M/yyyy", "d.M.yyyy H:mm", "d/M/yyyy H:mm"];

    private readonly Dictionary<string, LevelCount> _levels = new(StringComparer.Ordinal);

    private double _previous = double.NaN;
    private int _valuesUntilFull;

    /// <summary>Gets the name of the column.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the number of rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Gets the number of blanks.</summary>
    public int Blanks { get; private set; }

    /// <summary>Gets the number of cells that are no blanks.</summary>
    public int Values => Rows - Blanks;

    /// <summary>Gets the number of values that are numbers with a decimal point, or none; commas may part thousands.</summary>
    public int PointNumbers { get; private set; }

    /// <summary>Gets the number of values that are numbers with a decimal comma, or none; points may part thousands.</summary>
    public int CommaNumbers { get; private set; }

    /// <summary>Gets the number of numbers that have a comma in them.</summary>
    public int WithComma { get; private set; }

    /// <summary>Gets the number of values that are integers.</summary>
    public int Integers { get; private set; }

    /// <summary>Gets the number of values that are words for yes and no.</summary>
    public int Flags { get; private set; }

    /// <summary>Gets the number of values that are dates.</summary>
    public int Dates { get; private set; }

    /// <summary>Gets a value indicating whether each number is the one before and 1.</summary>
    public bool CountsRows { get; private set; } = true;

    /// <summary>Gets the first value that is no number, and its place; null where all are.</summary>
    public (string Text, Place Place)? FirstText { get; private set; }

    /// <summary>Gets the values, <see cref="MostLevels"/> of them at most.</summary>
    public IReadOnlyDictionary<string, LevelCount> Levels => _levels;

    /// <summary>Gets a value indicating whether there are more values than are kept.</summary>
    public bool HasMoreLevels { get; private set; }

    /// <summary>Gets the share of the values that were new when they came, as long as they were kept.</summary>
    public double Distinctness => _levels.Count / (double)Math.Max(HasMoreLevels ? _valuesUntilFull : Values, 1);

    /// <summary>Adds a cell.</summary>
    public void Add(ReadOnlySpan<char> cell, bool isBlank, int label, Place place)
    {
        Rows++;
        if (isBlank)
        {
            Blanks++;
            CountsRows = false;
            return;
        }

        AddLevel(cell, label);
        bool isNumber = NumberText.TryParse(cell, decimalComma: false, out double number);
        bool isCommaNumber = NumberText.TryParse(cell, decimalComma: true, out _);
        bool isInteger = isNumber && isCommaNumber && number == Math.Floor(number) && !cell.ContainsAny('.', ',');
        PointNumbers += isNumber ? 1 : 0;
        CommaNumbers += isCommaNumber ? 1 : 0;
        WithComma += isCommaNumber && cell.Contains(',') ? 1 : 0;
        Integers += isInteger ? 1 : 0;
        Flags += FlagText.TryParse(cell, out _) ? 1 : 0;
        CountsRows &= isInteger && (double.IsNaN(_previous) || number == _previous + 1);
        _previous = number;
        if (!isNumber && !isCommaNumber)
        {
            FirstText ??= (cell.ToString(), place);
            Dates += IsDate(cell) ? 1 : 0;
        }
    }

    private static bool IsDate(ReadOnlySpan<char> cell) =>
        cell.Length is >= 6 and <= 40 && char.IsAsciiDigit(cell[0]) && cell.IndexOfAny("-/.:") > 0
        && (DateTime.TryParse(cell, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            || DateTime.TryParseExact(cell, _dayFirst, CultureInfo.InvariantCulture, DateTimeStyles.None, out _));

    private void AddLevel(ReadOnlySpan<char> cell, int label)
    {
        Dictionary<string, LevelCount>.AlternateLookup<ReadOnlySpan<char>> lookup = _levels.GetAlternateLookup<ReadOnlySpan<char>>();
        if (_levels.Count == MostLevels && !lookup.ContainsKey(cell))
        {
            if (!HasMoreLevels)
            {
                HasMoreLevels = true;
                _valuesUntilFull = Values - 1;
            }

            return;
        }

        ref LevelCount level = ref CollectionsMarshal.GetValueRefOrAddDefault(lookup, cell, out bool exists);
        level.Count++;
        level.Label = !exists || level.Label == label ? label : LevelCount.Mixed;
    }
}
