using System.Globalization;
using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data.Rows;

/// <summary>Fields as labels: names of classes, compared unit by unit and then without regard to case, or the numbers of labels.</summary>
internal sealed class ClassLabels
{
    private readonly ModelShape _shape;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _names;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _namesIgnoringCase;

    // What a number says as the name of a class goes before what it says as a label.
    private readonly Dictionary<long, int> _numbers = [];

    /// <summary>Initializes a new instance of the <see cref="ClassLabels"/> class.</summary>
    /// <param name="shape">The model's constants.</param>
    /// <param name="otherNames">What classes are called besides, with their labels.</param>
    public ClassLabels(ModelShape shape, IEnumerable<(string Name, int Label)> otherNames)
    {
        _shape = shape;
        Dictionary<string, int> names = new(StringComparer.Ordinal);
        Dictionary<string, int> ignoringCase = new(StringComparer.OrdinalIgnoreCase);
        HashSet<string> ambiguous = new(StringComparer.OrdinalIgnoreCase);
        (string Name, int Label)[] all =
        [
            .. shape.ClassNames.Select((name, index) => (name, shape.Label(index))),
            .. otherNames.Where(other => shape.IndexOf(other.Label) >= 0),
        ];
        foreach ((string name, int label) in all)
        {
            names.TryAdd(name, label);
            if (!ignoringCase.TryAdd(name, label) && ignoringCase[name] != label)
            {
                ambiguous.Add(name);
            }

            if (long.TryParse(name, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number))
            {
                _numbers.TryAdd(number, label);
            }
        }

        for (int index = 0; index < shape.Classes; index++)
        {
            names.TryAdd(shape.Label(index).ToString(CultureInfo.InvariantCulture), shape.Label(index));
        }

        foreach (string name in ambiguous)
        {
            ignoringCase.Remove(name);
        }

        for (int index = 0; index < shape.Classes; index++)
        {
            _numbers.TryAdd(shape.Label(index), shape.Label(index));
        }

        _names = names.GetAlternateLookup<ReadOnlySpan<char>>();
        _namesIgnoringCase = ignoringCase.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Reads a label.</summary>
    /// <exception cref="DataFileException">The label is missing, or that of no class.</exception>
    public int Read(RowSource source, Column column, int row)
    {
        if (column.IsMissing(row))
        {
            throw Refusal.Missing(source, column, row, "every row needs the label of its class");
        }

        ReadOnlySpan<char> text = column.IsText || column is TruthColumn ? column.Text(row) : "";
        return _names.TryGetValue(text, out int label)
            || _namesIgnoringCase.TryGetValue(text, out label)
            || (column.TryGet(row, out long number) && _numbers.TryGetValue(number, out label))
                ? label
                : throw Refusal.Of(source, column, row, $"is no class; the classes are {Classes()}");
    }

    private string Classes() => _shape.ClassNames.Count > 0
        ? DataFileException.List(_shape.ClassNames.ToArray())
        : DataFileException.List([.. Enumerable.Range(0, _shape.Classes).Select(_shape.ClassName)])
            + ", and the model gives them no names";
}
