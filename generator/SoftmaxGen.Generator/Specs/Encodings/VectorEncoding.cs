using System.Globalization;

namespace SoftmaxGen.Generator.Specs.Encodings;

/// <summary>A vector of numbers: a column for each.</summary>
/// <param name="Count">Its length.</param>
/// <param name="Source">How a span is made of it.</param>
/// <param name="Element">The name of the type of its numbers.</param>
internal sealed record VectorEncoding(int Count, VectorSource Source, string Element) : Encoding
{
    public override int Columns => Count;

    public override IReadOnlyList<int> FixedColumns => All(Columns);

    public override string Kind => "vector";

    public override IEnumerable<string> ColumnNames(string feature) =>
        Enumerable.Range(0, Count).Select(column => $"{feature}[{column.ToString(CultureInfo.InvariantCulture)}]");
}
