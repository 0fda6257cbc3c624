using System.Text.Json;

namespace SoftmaxGen.Persistence;

/// <summary>
/// What the coefficients of a pipeline stand for, each for <c>((x, or fill where it is missing) - mean) / scale</c> of a column <c>x</c> of the model. The
/// model has 0 in <c>x</c> and 1 in <c>X?</c> where the member <c>X</c> is missing. So a coefficient <c>w</c> is <c>v = w / scale</c> of the column,
/// <c>v fill</c> more of <c>X?</c> and <c>v mean</c> less of the bias. A bool is one column here, and two of an encoder: <c>X=True</c> is <c>x</c>, and
/// <c>X=False</c> is <c>1 - x</c>, less <c>X?</c> where there is one.
/// </summary>
internal sealed class SklearnColumns
{
    private const string False = "=False";
    private const string True = "=True";

    private readonly ModelShape _shape;
    private readonly Dictionary<string, int> _indices;
    private readonly bool[] _known;
    private readonly HashSet<(int Index, bool IsFalse)> _given = [];
    private readonly List<Column> _columns = [];

    private SklearnColumns(ModelShape shape)
    {
        _shape = shape;
        _known = new bool[shape.Features];
        _indices = Enumerable.Range(0, shape.Features).ToDictionary(shape.FeatureName, StringComparer.Ordinal);
    }

    /// <summary>Gets the number of coefficients of a class.</summary>
    public int Count => _columns.Count;

    /// <summary>Reads what each coefficient stands for.</summary>
    /// <param name="text">The text.</param>
    /// <param name="columns">The place of the array of them.</param>
    /// <param name="dropped">The place of the array of columns that have none because their weights are 0; null when there is none.</param>
    /// <param name="shape">The model.</param>
    /// <exception cref="ModelFormatException">The model has no such column, or one that has neither a coefficient nor a reason to have none.</exception>
    public static SklearnColumns Read(JsonText text, JsonPlace columns, JsonPlace? dropped, ModelShape shape)
    {
        var read = new SklearnColumns(shape);
        read.ReadColumns(text, columns);
        if (dropped is { } place)
        {
            read.ReadDropped(text, place);
        }

        read.MarkMissing();
        int unknown = Array.IndexOf(read._known, false);
        return unknown < 0 ? read : throw text.Error(
            columns.Start,
            $"there is no coefficient for the column '{shape.FeatureName(unknown)}' of the model; where its weight is 0, \"dropped\" must name it.");
    }

    /// <summary>Makes weights of the model's columns.</summary>
    public double[] Fold(double[] rows)
    {
        int width = Count + 1;
        int columns = _shape.Features + 1;
        double[] folded = new double[rows.Length / width * columns];
        for (int j = 0; j < rows.Length / width; j++)
        {
            Span<double> weights = folded.AsSpan(j * columns, columns);
            weights[0] = rows[j * width];
            for (int k = 0; k < Count; k++)
            {
                Column column = _columns[k];
                double weight = rows[(j * width) + 1 + k] / column.Scale;
                if (column.IsFalse)
                {
                    weights[0] += weight;
                    weights[1 + column.Index] -= weight;
                    if (MissingOf(column.Index) is { } unknown)
                    {
                        weights[1 + unknown] -= weight;
                    }
                }
                else
                {
                    weights[1 + column.Index] += weight;
                }

                weights[0] -= weight * column.Mean;
                if (column.Missing is { } missing)
                {
                    weights[1 + missing] += weight * column.Fill;
                }
            }
        }

        return folded;
    }

    private void ReadColumns(JsonText text, JsonPlace place)
    {
        var cursor = new JsonCursor(text, place);
        cursor.Expect(JsonTokenType.StartArray, "columns must be an array of objects");
        while (cursor.ReadElement())
        {
            int start = cursor.Place.Start;
            cursor.SkipRest();
            JsonFields fields = JsonFields.Find(
                text, new JsonPlace(start, cursor.Place.Start + cursor.Place.Length - start), "each of columns", "name", "mean", "scale", "fill");
            fields.RefuseUnknown(text);
            _columns.Add(ReadColumn(text, fields));
        }
    }

    private Column ReadColumn(JsonText text, JsonFields fields)
    {
        JsonCursor name = fields.At(text, "name");
        if (Find(name.Text("the name of a column must be a string")) is not var (index, isFalse))
        {
            throw name.Error($"the model has no column {name.Excerpt()}; its first is '{_shape.FeatureName(0)}'.");
        }

        if (!_given.Add((index, isFalse)))
        {
            throw name.Error($"the column {name.Excerpt()} has two coefficients.");
        }

        _known[index] = true;
        double mean = Number(text, fields, "mean") ?? 0;
        double scale = Number(text, fields, "scale") ?? 1;
        double? fill = Number(text, fields, "fill");
        return scale > 0
            ? new Column(index, isFalse, mean, scale, fill ?? 0, fill is null ? null : MissingOf(index))
            : throw fields.At(text, "scale").Error("scale must be positive.");
    }

    // A member of one column, whether or not it may be missing, is what an encoder makes levels of where it is a bool.
    private (int Index, bool IsFalse)? Find(string name)
    {
        if (_indices.TryGetValue(name, out int index))
        {
            return (index, false);
        }

        bool isFalse = name.EndsWith(False, StringComparison.Ordinal);
        return (isFalse || name.EndsWith(True, StringComparison.Ordinal)) && _indices.TryGetValue(name[..name.LastIndexOf('=')], out int member)
            ? (member, isFalse)
            : null;
    }

    private static double? Number(JsonText text, JsonFields fields, string name) =>
        fields.Optional(name) is null ? null : fields.At(text, name).Number<double>($"{name} must be a finite number");

    // The model need not have such a column: it may be the baseline of a member.
    private void ReadDropped(JsonText text, JsonPlace place)
    {
        var cursor = new JsonCursor(text, place);
        cursor.Expect(JsonTokenType.StartArray, "dropped must be an array of strings");
        while (cursor.ReadElement())
        {
            if (!_indices.TryGetValue(cursor.Text("each of dropped must be a string"), out int index))
            {
                continue;
            }

            if (_known[index])
            {
                throw cursor.Error($"the column {cursor.Excerpt()} is dropped, but it has a coefficient or is dropped twice.");
            }

            _known[index] = true;
        }
    }

    // Where blanks are filled in, the weight of the column for missing values follows.
    private void MarkMissing()
    {
        foreach (Column column in _columns)
        {
            if (column.Missing is { } missing)
            {
                _known[missing] = true;
            }
        }
    }

    // A member that is never missing has no such column; what its blanks would be filled with does not matter then.
    private int? MissingOf(int index)
    {
        FeatureGroup member = _shape.FeatureGroups.FirstOrDefault(group => index >= group.First && index < group.First + group.Count);
        return _indices.TryGetValue((member.Name ?? _shape.FeatureName(index)) + "?", out int missing) ? missing : null;
    }

    private readonly record struct Column(int Index, bool IsFalse, double Mean, double Scale, double Fill, int? Missing);
}
