namespace SoftmaxGen.Data.Columns;

/// <summary>A column whose fields are text, which may say a number.</summary>
/// <param name="name">The name of the column.</param>
/// <param name="text">How text says numbers, and what it says where nothing is.</param>
internal abstract class TextColumn(string name, FieldText text) : Column(name)
{
    public override bool IsText => true;

    public override bool IsMissing(int row) => text.IsMissing(Text(row));

    public override bool TryGet(int row, out double value) => text.TryParse(Text(row), out value);

    public override bool TryGet(int row, out float value) => text.TryParse(Text(row), out value);

    public override bool TryGet(int row, out decimal value) => text.TryParse(Text(row), out value);

    public override bool TryGet(int row, out long value) => text.TryParse(Text(row), out value);

    public override bool TryGet(int row, out bool value) => FieldText.TryParse(Text(row), out value);
}
