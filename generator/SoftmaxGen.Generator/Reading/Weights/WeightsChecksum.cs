using System.Globalization;
using System.Security.Cryptography;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading.Weights;

/// <summary>The checksum of a weights file: the first eight bytes of the SHA-256 of its numbers, as <c>docs/model-files.md</c> defines it.</summary>
internal static class WeightsChecksum
{
    private const int DigestBytes = 8;

    /// <summary>Computes the checksum.</summary>
    /// <param name="weights">The weights as written.</param>
    /// <param name="precision">Their type.</param>
    /// <param name="folding">What is to be folded in.</param>
    /// <returns>Sixteen hexadecimal digits.</returns>
    public static string Of(double[] weights, Precision precision, WeightsFolding folding)
    {
        IEnumerable<byte> bytes = weights.SelectMany(weight => precision == Precision.Single
            ? LittleEndian(BitConverter.GetBytes((float)weight)) : Bytes(weight))
            .Concat(folding.Means.Concat(folding.Deviations).SelectMany(Bytes))
            .Concat(folding.Temperature is { } temperature ? Bytes(temperature) : []);
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash([.. bytes]).Take(DigestBytes).Select(static octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
    }

    private static byte[] Bytes(double value) => LittleEndian(BitConverter.GetBytes(value));

    private static byte[] LittleEndian(byte[] bytes)
    {
        if (!BitConverter.IsLittleEndian)
        {
            Array.Reverse(bytes);
        }

        return bytes;
    }
}
