using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data.Csv;

/// <summary>A column of the current row of a text file.</summary>
/// <param name="name">The name of the column.</param>
/// <param name="index">The index of the column.</param>
/// <param name="source">The file.</param>
/// <param name="text">How text says numbers.</param>
internal sealed class CsvColumn(string name, int index, CsvSource source, FieldText text) : TextColumn(name, text)
{
    public override ReadOnlySpan<char> Text(int row) => source.Field(index);
}
