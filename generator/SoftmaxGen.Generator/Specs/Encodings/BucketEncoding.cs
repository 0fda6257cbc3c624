namespace SoftmaxGen.Generator.Specs.Encodings;

/// <summary>A number by the interval that it lies in: a column for each.</summary>
/// <param name="Edges">The edges, ascending. Each belongs to the interval above it.</param>
/// <param name="Baseline">The index of the interval without a column; -1 for none.</param>
internal sealed record BucketEncoding(EquatableArray<double> Edges, int Baseline) : LevelEncoding(Intervals(Edges), Baseline)
{
    public override string Kind => "buckets";

    protected override string ColumnName(string feature, string level) => feature + level;

    private static EquatableArray<string> Intervals(EquatableArray<double> edges) => new[] { $"<{Text(edges[0])}" }
        .Concat(edges.Zip(edges.Skip(1), static (low, high) => $"[{Text(low)},{Text(high)})"))
        .Append($">={Text(edges[edges.Count - 1])}")
        .ToEquatableArray();

    private static string Text(double edge) => NumberText.Of(edge);
}
