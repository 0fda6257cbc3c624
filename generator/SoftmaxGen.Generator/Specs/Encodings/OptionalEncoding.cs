namespace SoftmaxGen.Generator.Specs.Encodings;

/// <summary>What may be missing: the columns of the value, all 0 where it is, and behind them one that is 1 then.</summary>
/// <param name="Value">How a value is encoded.</param>
/// <param name="Test">How a missing value is told.</param>
internal sealed record OptionalEncoding(Encoding Value, MissingTest Test) : Encoding
{
    public override int Columns => Value.Columns + 1;

    // A row that has no level for a lookup has the column of missing values for it.
    public override IReadOnlyList<int> FixedColumns => Value.Lookups > 0 ? Value.FixedColumns : [.. Value.FixedColumns, Value.Columns];

    public override int Lookups => Value.Lookups;

    public override bool LooksUpOnes => Value.LooksUpOnes;

    public override string Kind => Value.Kind + "?";

    public override bool MayRefuse => Value.MayRefuse;

    public override IEnumerable<string> ColumnNames(string feature) => Value.ColumnNames(feature).Append(feature + "?");
}
