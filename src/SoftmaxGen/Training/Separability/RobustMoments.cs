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
    /// <typeparam name="T">The type of the features.</typeparam>
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
        rows.Visit(stride, row =>
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
            double[] column = [.. sample.Select(row => row[k])];
            medians[k] = Median(column);
            double[] others = [.. column.Select(x => Math.Abs(x - medians[k])).Where(distance => distance > 0)];
            distances[k] = moments.Deviations[k] == 0 || others.Length == 0 ? moments.Deviations[k] : Median(others);
        }

        return new ColumnMoments(medians, distances);
    }

    // The upper one of two.
    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
