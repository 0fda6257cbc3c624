namespace SoftmaxGen.Generator.Specs.Encodings;

/// <summary>An enum of flags: a column for each flag.</summary>
/// <param name="Names">The names of the flags.</param>
/// <param name="Bits">The bit of each flag.</param>
/// <param name="IgnoresUnknown">Whether bits that are no flag are passed over, rather than being refused.</param>
internal sealed record FlagsEncoding(EquatableArray<string> Names, EquatableArray<ulong> Bits, bool IgnoresUnknown) : Encoding
{
    public override int Columns => Names.Count;

    public override IReadOnlyList<int> FixedColumns => All(Columns);

    public override string Kind => "flags";

    public override bool MayRefuse => !IgnoresUnknown;

    public override IEnumerable<string> ColumnNames(string feature) => Names.Select(flag => $"{feature}={flag}");
}
