namespace SoftmaxGen.Data.Columns;

/// <summary>A column in which every field is missing.</summary>
/// <param name="name">The name of the column.</param>
internal sealed class NullColumn(string name) : TextColumn(name, new FieldText(System.Globalization.CultureInfo.InvariantCulture, []))
{
    /// <inheritdoc/>
    public override ReadOnlySpan<char> Text(int row) => "";
}
