using System.Globalization;

namespace Iris;

/// <summary>Measured flowers of known species.</summary>
/// <param name="SpeciesNames">The name of each class.</param>
/// <param name="Measurements">Four measurements of each flower, flower after flower, in centimetres.</param>
/// <param name="Species">The class of each flower: an index into the names.</param>
internal sealed record Flowers(string[] SpeciesNames, double[] Measurements, int[] Species)
{
    /// <summary>Gets the number of flowers.</summary>
    public int Count => Species.Length;

    /// <summary>Reads a file of comma-separated values: a heading, then four measurements and the species on each line.</summary>
    public static Flowers Read(string path)
    {
        string[][] lines = [.. File.ReadLines(path).Skip(1).Select(line => line.Split(','))];
        string[] names = [.. lines.Select(fields => fields[^1]).Distinct()];
        return new Flowers(
            names,
            [.. lines.SelectMany(fields => fields[..^1]).Select(field => double.Parse(field, CultureInfo.InvariantCulture))],
            [.. lines.Select(fields => Array.IndexOf(names, fields[^1]))]);
    }

    /// <summary>Gets the measurements of one flower.</summary>
    public ReadOnlySpan<double> MeasurementsOf(int flower) => Measurements.AsSpan(flower * IrisModel.Features, IrisModel.Features);
}
