using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SoftmaxGen.TestModels.Persistence;

namespace SoftmaxGen.Tests.Persistence;

/// <summary>Files of scaled features or with a temperature: their checksum is that of the specification, and they predict raw features.</summary>
public class FoldedFileTests
{
    private static readonly double[][] _weights = [[0.5, -1, 0.25, 2, -0.125], [-1, 1.5, 0, -0.5, 1], [0.25, 0.1, -0.7, 0.3, 0]];
    private static readonly double[] _means = [5.8, 3.1, 3.7, 1.2];
    private static readonly double[] _deviations = [0.8, 0.4, 1.7, 0.7];

    [Theory]
    [InlineData(false, null)]
    [InlineData(false, 2.5)]
    [InlineData(true, null)]
    [InlineData(true, 2.5)]
    public void A_file_of_scaled_features_predicts_raw_ones(bool isScaled, double? temperature)
    {
        double[][] covered = [.. _weights, .. isScaled ? new[] { _means, _deviations } : [], .. temperature is { } value ? new double[][] { [value] } : []];
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(Text(isScaled, temperature, Checksum(covered))));
        NamedIris model = NamedIris.Load(file);
        double[] row = [6.1, 2.9, 4.2, 1.4];

        double[] probabilities = new double[3];
        model.PredictProbabilities(row, probabilities);

        double[] x = isScaled ? [.. row.Select((feature, k) => (feature - _means[k]) / _deviations[k])] : row;
        IEnumerable<double> scores = _weights.Select(weights => weights[0] + weights.Skip(1).Zip(x, static (weight, feature) => weight * feature).Sum());
        double[] exponentials = [.. scores.Select(score => Math.Exp(score / (temperature ?? 1)))];
        Assert.All(exponentials.Zip(probabilities), pair => Assert.Equal(pair.First / exponentials.Sum(), pair.Second, 1e-14));
    }

    [Fact]
    public void The_order_of_what_a_checksum_covers_matters()
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(Text(isScaled: true, temperature: null, Checksum([.. _weights, _deviations, _means]))));

        Assert.Contains(
            Checksum([.. _weights, _means, _deviations]), Assert.Throws<ModelFormatException>(() => NamedIris.Load(file)).Message, StringComparison.Ordinal);
    }

    // By the specification: the first eight bytes of the SHA-256 of the numbers, little-endian.
    private static string Checksum(double[][] numbers)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        foreach (double number in numbers.SelectMany(static row => row))
        {
            writer.Write(number);
        }

        writer.Flush();
        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())[..8]);
    }

    private static string Text(bool isScaled, double? temperature, string checksum)
    {
        string scaling = isScaled ? $"\"standardization\": {{ \"means\": {Array(_means)}, \"deviations\": {Array(_deviations)} }}, " : "";
        string division = temperature is { } value ? $"\"temperature\": {Number(value)}, " : "";
        return "{ \"format\": \"softmaxgen-model\", \"version\": 1, \"classes\": 3, \"features\": 4, \"precision\": \"double\", \"firstLabel\": 0, "
            + "\"classNames\": [\"setosa\", \"versicolor\", \"virginica\"], "
            + "\"featureNames\": [\"sepal_length_cm\", \"sepal_width_cm\", \"petal_length_cm\", \"petal_width_cm\"], "
            + $"\"weights\": [{string.Join(", ", _weights.Select(Array))}], {scaling}{division}\"checksum\": \"{checksum}\" }}";
    }

    private static string Array(double[] numbers) => $"[{string.Join(", ", numbers.Select(Number))}]";

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);
}
