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
    public static ColumnMoments Of<T>(RowStore<T> rows, ColumnMoments moments)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int stride = ((rows.Count - 1) / MostRows) + 1;
        int[] sample = [.. Enumerable.Range(0, ((rows.Count - 1) / stride) + 1).Select(i => i * stride).Where(row => rows.RowWeight(row) > 0)];
        if (sample.Length == 0)
        {
            return moments;
        }

        double[] features = new double[rows.Features];
        double[] table = new double[sample.Length * rows.Features];
        for (int i = 0; i < sample.Length; i++)
        {
            rows.ReadRow(sample[i], features);
            for (int k = 0; k < features.Length; k++)
            {
                table[(k * sample.Length) + i] = features[k];
            }
        }

        double[] medians = new double[features.Length];
        double[] distances = new double[features.Length];
        for (int k = 0; k < features.Length; k++)
        {
            Span<double> column = table.AsSpan(k * sample.Length, sample.Length);
            medians[k] = Median(column);
            double[] others = [.. Distances(column, medians[k]).Where(distance => distance > 0)];
            distances[k] = moments.Deviations[k] == 0 || others.Length == 0 ? moments.Deviations[k] : Median(others);
        }

        return new ColumnMoments(medians, distances);
    }

    private static double[] Distances(ReadOnlySpan<double> values, double from)
    {
        double[] distances = new double[values.Length];
        for (int i = 0; i < distances.Length; i++)
        {
            distances[i] = Math.Abs(values[i] - from);
        }

        return distances;
    }

    // The upper one of two.
    private static double Median(Span<double> values)
    {
        values.Sort();
        return values[values.Length / 2];
    }
}
