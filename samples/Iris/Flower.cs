using System.Globalization;
using SoftmaxGen;

namespace Iris;

/// <summary>The species, which are the classes of the model.</summary>
internal enum Species
{
    Setosa,
    Versicolor,
    Virginica,
}

/// <summary>A measured flower of known species, which is a row of the model. Lengths and widths are in centimetres.</summary>
internal readonly record struct Flower(double SepalLength, double SepalWidth, double PetalLength, double PetalWidth, [Label] Species Species)
{
    /// <summary>Reads a line of comma-separated values: four measurements and the species.</summary>
    public static Flower Parse(string line)
    {
        string[] fields = line.Split(',');
        double[] x = [.. fields[..4].Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
        return new Flower(x[0], x[1], x[2], x[3], Enum.Parse<Species>(fields[4], ignoreCase: true));
    }
}
