namespace SoftmaxGen.Data.Columns;

/// <summary>A column in which every field is missing.</summary>
internal sealed class NullColumn(string name) : TextColumn(name, new FieldText(System.Globalization.CultureInfo.InvariantCulture, []))
{
    public override ReadOnlySpan<char> Text(int row) => "";
}
