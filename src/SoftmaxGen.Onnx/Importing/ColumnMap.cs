namespace SoftmaxGen.Onnx.Importing;

/// <summary>A linear function of each column of a matrix for itself, <c>scale x + shift</c>.</summary>
/// <param name="Scales">The factors; one for each column, or one for all.</param>
/// <param name="Shifts">What is added; one for each column, or one for all.</param>
internal sealed record ColumnMap(double[] Scales, double[] Shifts)
{
    /// <summary>Gets the number of columns; 1 where any number is as well.</summary>
    public int Count => Math.Max(Scales.Length, Shifts.Length);

    /// <summary>Gets the factor of a column.</summary>
    public double Scale(int column) => Scales[Scales.Length == 1 ? 0 : column];

    /// <summary>Gets what is added to a column.</summary>
    public double Shift(int column) => Shifts[Shifts.Length == 1 ? 0 : column];

    /// <summary>Does another map after this one.</summary>
    /// <param name="next">The other one, of as many columns unless either has one for all.</param>
    /// <returns>Both.</returns>
    public ColumnMap Then(ColumnMap next)
    {
        int[] columns = [.. Enumerable.Range(0, Math.Max(Count, next.Count))];
        return new ColumnMap(
            [.. columns.Select(k => next.Scale(k) * Scale(k))], [.. columns.Select(k => (next.Scale(k) * Shift(k)) + next.Shift(k))]);
    }
}
