using System.Globalization;

namespace SoftmaxGen.Generator.Specs.Encodings;

/// <summary>A string or an integer, hashed into columns.</summary>
/// <param name="Count">The number of columns.</param>
/// <param name="IsText">Whether it is a string.</param>
internal sealed record HashedEncoding(int Count, bool IsText) : Encoding
{
    public override int Columns => Count;

    public override int Lookups => 1;

    public override string Kind => "hash";

    public override bool MayRefuse => IsText;

    public override IEnumerable<string> ColumnNames(string feature) =>
        Enumerable.Range(0, Count).Select(column => $"{feature}#{column.ToString(CultureInfo.InvariantCulture)}");
}
