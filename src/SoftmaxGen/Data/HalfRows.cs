namespace SoftmaxGen.Data;

/// <summary>
/// Half a row of each class that has none, spread over the rows that weigh something: <see cref="MissingClasses.Allow"/>. Rows are counted, not weighed, so
/// that the scale of row weights does not matter; a row of weight 0 counts like no row.
/// </summary>
internal sealed class HalfRows(int[] missing, long rows)
{
    private readonly double _share = 0.5 / (rows + (0.5 * missing.Length));

    /// <summary>Gives the missing classes their share of a row.</summary>
    /// <param name="shares">What the row counts for each class; adds up to 1 before and after.</param>
    public void AddTo(Span<double> shares)
    {
        double rest = 1 - (missing.Length * _share);
        foreach (ref double share in shares)
        {
            share *= rest;
        }

        foreach (int index in missing)
        {
            shares[index] = _share;
        }
    }
}
