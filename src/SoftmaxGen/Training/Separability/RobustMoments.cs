using System.Numerics;
using SoftmaxGen.Data;

namespace SoftmaxGen.Training.Separability;

/// <summary>
/// Where features lie and how far they spread, by medians: one row far out, which separates or not like any other, must not make the differences of
/// all others look like rounding.
/// </summary>
internal static class RobustMoments
{
    // A scale that is right to a factor of 2 is as good as any.
    private const int MostRows = 1024;

    /// <summary>Measures some of the rows, evenly spread.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="moments">
    /// The moments of all rows: a deviation of 0 stays 0, and one where a feature's values of the sample are all the same stays as it is.
    /// </param>
    /// <returns>
    /// The medians, and the medians of the distances to them of the values that differ from them: of a finding that few rows have, the distance of
    /// these.
    /// </returns>
    public static ColumnMoments Estimate<T>(RowStore<T> rows, ColumnMoments moments)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int stride = ((rows.Count - 1) / MostRows) + 1;
        List<double[]> sample = [];
        rows.Visit(0, stride, row =>
        {
            sample.Add(row.Columns[1..].ToArray());
            return true;
        });
        if (sample.Count == 0)
        {
            return moments;
        }

        double[] medians = new double[rows.Features];
        double[] distances = new double[rows.Features];
        for (int k = 0; k < medians.Length; k++)
        {
            (medians[k], double distance) = Measure(sample, k);
            distances[k] = moments.Deviations[k] == 0 || distance == 0 ? moments.Deviations[k] : distance;
        }

        return new ColumnMoments(medians, distances);
    }

    /// <summary>Measures a column of rows. Where most rows have one value, as of a switch that few have on, the distance is that of the others.</summary>
    /// <param name="rows">The rows, at least one.</param>
    /// <param name="column">The column.</param>
    /// <returns>The median, and the median of the distances to it of the values that differ from it; 0 where none does.</returns>
    public static (double Median, double Distance) Measure(List<double[]> rows, int column)
    {
        double[] values = [.. rows.Select(row => row[column])];
        double median = Median(values);
        double[] distances = [.. values.Select(x => Math.Abs(x - median)).Where(distance => distance > 0)];
        return (median, distances.Length == 0 ? 0 : Median(distances));
    }

    // The upper one of two.
    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
