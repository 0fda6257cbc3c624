namespace SoftmaxGen.Generator.Specs.Encodings;

/// <summary>A number as it is.</summary>
/// <param name="IsBoolean">Whether it is a <see cref="bool"/>, 1 for true, and no number to convert.</param>
internal sealed record NumberEncoding(bool IsBoolean) : Encoding
{
    public override int Columns => 1;

    public override IReadOnlyList<int> FixedColumns => All(1);

    public override string Kind => "";

    public override bool MayRefuse => false;

    public override IEnumerable<string> ColumnNames(string feature) => [feature];
}
