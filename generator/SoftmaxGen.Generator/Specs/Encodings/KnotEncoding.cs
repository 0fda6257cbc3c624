namespace SoftmaxGen.Generator.Specs.Encodings;

/// <summary>A number, and by how much it exceeds each of some knots: scores are piecewise linear in it.</summary>
/// <param name="Knots">The knots, ascending.</param>
internal sealed record KnotEncoding(EquatableArray<double> Knots) : Encoding
{
    public override int Columns => Knots.Count + 1;

    public override IReadOnlyList<int> FixedColumns => All(Columns);

    public override string Kind => "knots";

    public override bool MayRefuse => false;

    public override IEnumerable<string> ColumnNames(string feature) => Knots.Select(knot => $"{feature}>{NumberText.Of(knot)}").Prepend(feature);
}
