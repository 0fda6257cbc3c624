namespace SoftmaxGen.Generator.Specs.Encodings;

/// <summary>The products of the columns of two features, those of the first feature's first column before the others.</summary>
/// <param name="First">The index of the first feature among those of the row.</param>
/// <param name="Second">The index of the second feature.</param>
/// <param name="Left">The encoding of the first.</param>
/// <param name="Right">The encoding of the second.</param>
/// <param name="LeftName">The name of the first.</param>
/// <param name="RightName">The name of the second.</param>
internal sealed record CrossEncoding(int First, int Second, Encoding Left, Encoding Right, string LeftName, string RightName) : Encoding
{
    /// <summary>Gets the name of the cross.</summary>
    public string Name => $"{LeftName}*{RightName}";

    public override int Columns => Left.Columns * Right.Columns;

    public override IReadOnlyList<int> FixedColumns =>
        [.. Left.FixedColumns.SelectMany(_ => Right.FixedColumns, (left, right) => (left * Right.Columns) + right)];

    public override int Lookups => (Terms(Left) * Terms(Right)) - (Left.FixedColumns.Count * Right.FixedColumns.Count);

    public override string Kind => $"{Left.Kind}*{Right.Kind}";

    public override bool MayRefuse => false;

    public override IEnumerable<string> ColumnNames(string feature) =>
        Left.ColumnNames(LeftName).SelectMany(_ => Right.ColumnNames(RightName), static (left, right) => $"{left}*{right}");

    private static int Terms(Encoding encoding) => encoding.FixedColumns.Count + encoding.Lookups;
}
