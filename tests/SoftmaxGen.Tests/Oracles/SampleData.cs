using System.Globalization;

namespace SoftmaxGen.Tests.Oracles;

/// <summary>A small public data set: rows and labels, the latter 0-based in the order of first appearance in the file.</summary>
internal sealed class SampleData
{
    private SampleData(double[] rows, int[] labels, int features, int classes)
    {
        Rows = rows;
        Labels = labels;
        Features = features;
        Classes = classes;
    }

    /// <summary>Gets the rows, <c>n x m</c>, row-major.</summary>
    public double[] Rows { get; }

    /// <summary>Gets the <c>n</c> labels.</summary>
    public int[] Labels { get; }

    /// <summary>Gets the number of features, <c>m</c>.</summary>
    public int Features { get; }

    /// <summary>Gets the number of classes, <c>C</c>.</summary>
    public int Classes { get; }

    /// <summary>Gets the number of rows, <c>n</c>.</summary>
    public int RowCount => Labels.Length;

    /// <summary>Loads a data set.</summary>
    /// <param name="name">The name of its file, without folder and extension.</param>
    /// <param name="preparation">
    /// <c>raw</c>, <c>standardized</c> (mean 0 and deviation 1, divisor n; a constant column becomes 0) or <c>divided_by_16</c>.
    /// </param>
    /// <returns>The data set.</returns>
    public static SampleData Load(string name, string preparation = "raw")
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "data", name + ".csv"));
        int features = lines[0].Count(c => c == ',');
        var names = new List<string>();
        var rows = new List<double>();
        var labels = new List<int>();
        foreach (string line in lines.Skip(1))
        {
            string[] cells = line.Split(',');
            rows.AddRange(cells.Take(features).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)));
            if (!names.Contains(cells[^1]))
            {
                names.Add(cells[^1]);
            }

            labels.Add(names.IndexOf(cells[^1]));
        }

        double[] prepared = Prepare([.. rows], features, preparation);
        return new SampleData(prepared, [.. labels], features, names.Count);
    }

    private static double[] Prepare(double[] rows, int features, string preparation) => preparation switch
    {
        "raw" => rows,
        "standardized" => Standardize(rows, features),
        "divided_by_16" => Array.ConvertAll(rows, x => x / 16),
        _ => throw new ArgumentException($"There is no preparation '{preparation}'.", nameof(preparation)),
    };

    private static double[] Standardize(double[] rows, int features)
    {
        double[] prepared = new double[rows.Length];
        for (int k = 0; k < features; k++)
        {
            double[] column = [.. rows.Where((_, i) => i % features == k)];
            double mean = column.Average();
            double deviation = Math.Sqrt(column.Average(x => (x - mean) * (x - mean)));
            for (int i = 0; i < column.Length; i++)
            {
                prepared[(i * features) + k] = deviation > 0 ? (column[i] - mean) / deviation : 0;
            }
        }

        return prepared;
    }
}
