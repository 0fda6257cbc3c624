using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data.Csv;

/// <summary>A column of the current row of a text file.</summary>
/// <param name="name">The name of the column.</param>
/// <param name="index">The index of the column.</param>
/// <param name="source">The file.</param>
/// <param name="text">How text says numbers.</param>
internal sealed class CsvColumn(string name, int index, CsvSource source, FieldText text) : TextColumn(name, text)
{
    private readonly FieldText _text = text;

    /// <inheritdoc/>
    public override ReadOnlySpan<char> Text(int row) => source.Field(index);

    // What the columns of a whole row cost is decided here: the field is looked up once.

    /// <inheritdoc/>
    public override int CopyTo(int first, int count, Span<double> target, int stride)
    {
        ReadOnlySpan<char> field = source.Field(index);
        if (_text.IsMissing(field))
        {
            target[0] = double.NaN;
            return 1;
        }

        return _text.TryParse(field, out target[0]) ? 1 : 0;
    }

    /// <inheritdoc/>
    public override int CopyTo(int first, int count, Span<float> target, int stride)
    {
        ReadOnlySpan<char> field = source.Field(index);
        if (_text.IsMissing(field))
        {
            target[0] = float.NaN;
            return 1;
        }

        return _text.TryParse(field, out target[0]) ? 1 : 0;
    }
}
