using System.Globalization;
using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data.Rows;

/// <summary>Fields as labels: names of classes, compared unit by unit and then without regard to case, or the numbers of labels.</summary>
internal sealed class ClassLabels
{
    private readonly ModelShape _shape;
    private readonly NameLookup<int> _names;

    // What a number says as the name of a class goes before what it says as a label.
    private readonly Dictionary<long, int> _numbers = [];

    /// <summary>Initializes a new instance of the <see cref="ClassLabels"/> class.</summary>
    /// <param name="shape">The model's constants.</param>
    /// <param name="otherNames">What classes are called besides, with their labels.</param>
    public ClassLabels(ModelShape shape, IEnumerable<(string Name, int Label)> otherNames)
    {
        _shape = shape;
        (string Name, int Label)[] all =
        [
            .. shape.ClassNames.Select((name, index) => (name, shape.Label(index))),
            .. otherNames.Where(other => shape.IndexOf(other.Label) >= 0),
            .. Enumerable.Range(0, shape.Classes).Select(shape.Label).Select(static label => (label.ToString(CultureInfo.InvariantCulture), label)),
        ];
        _names = new NameLookup<int>(all);
        foreach ((string name, int label) in all)
        {
            if (long.TryParse(name, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number))
            {
                _numbers.TryAdd(number, label);
            }
        }
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
        return _names.TryFind(text, out int label)
            || (column.TryGet(row, out long number) && _numbers.TryGetValue(number, out label))
                ? label
                : throw Refusal.Of(source, column, row, $"is no class; the classes are {Classes()}");
    }

    private string Classes() => _shape.ClassNames.Count > 0
        ? DataFileException.List(_shape.ClassNames.ToArray())
        : DataFileException.List([.. Enumerable.Range(0, _shape.Classes).Select(_shape.ClassName)])
            + ", and the model gives them no names";
}
