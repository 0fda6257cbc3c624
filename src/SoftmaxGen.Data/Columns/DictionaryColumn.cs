namespace SoftmaxGen.Data.Columns;

/// <summary>A column whose fields are places in a list of values.</summary>
/// <param name="name">The name of the column.</param>
/// <param name="places">The place of each row.</param>
/// <param name="values">The values.</param>
internal sealed class DictionaryColumn(string name, Column places, Column values) : Column(name)
{
    public override bool IsText => values.IsText;

    public override bool IsMissing(int row) => places.IsMissing(row) || values.IsMissing(Place(row));

    public override ReadOnlySpan<char> Text(int row) => places.IsMissing(row) ? "" : values.Text(Place(row));

    public override bool TryGet(int row, out double value) => values.TryGet(Place(row), out value);

    public override bool TryGet(int row, out float value) => values.TryGet(Place(row), out value);

    public override bool TryGet(int row, out decimal value) => values.TryGet(Place(row), out value);

    public override bool TryGet(int row, out long value) => values.TryGet(Place(row), out value);

    public override bool TryGet(int row, out bool value) => values.TryGet(Place(row), out value);

    private int Place(int row)
    {
        places.TryGet(row, out long place);
        return checked((int)place);
    }
}
