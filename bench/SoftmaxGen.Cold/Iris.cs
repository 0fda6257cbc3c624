using System.Globalization;

namespace SoftmaxGen.Cold;

/// <summary>Fisher's irises, from the file beside the program.</summary>
internal static class Iris
{
    /// <summary>Reads the file.</summary>
    /// <returns>The rows, row-major, and the class of each.</returns>
    public static (double[] Rows, int[] Labels) Read()
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "iris.csv"))[1..];
        double[] rows = new double[lines.Length * Model3x4.Features];
        int[] labels = new int[lines.Length];
        var classes = new List<string>();
        for (int row = 0; row < lines.Length; row++)
        {
            string[] cells = lines[row].Split(',');
            for (int k = 0; k < Model3x4.Features; k++)
            {
                rows[(row * Model3x4.Features) + k] = double.Parse(cells[k], CultureInfo.InvariantCulture);
            }

            string name = cells[^1];
            if (!classes.Contains(name))
            {
                classes.Add(name);
            }

            labels[row] = classes.IndexOf(name);
        }

        return (rows, labels);
    }
}
