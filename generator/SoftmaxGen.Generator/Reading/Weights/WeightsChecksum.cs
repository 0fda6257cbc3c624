using System.Security.Cryptography;
using SoftmaxGen.Generator.Specs;
using SoftmaxGen.Persistence;

namespace SoftmaxGen.Generator.Reading.Weights;

/// <summary>The checksum of a weights file: the digest of its numbers, as <c>docs/model-files.md</c> defines it.</summary>
internal static class WeightsChecksum
{
    /// <summary>Computes the checksum.</summary>
    /// <param name="weights">The weights as written.</param>
    /// <param name="precision">Their type.</param>
    /// <param name="folding">What is to be folded in.</param>
    /// <returns>Sixteen hexadecimal digits.</returns>
    public static string Of(double[] weights, Precision precision, Folding folding)
    {
        IEnumerable<byte> bytes = weights.SelectMany(weight => precision == Precision.Single
            ? LittleEndian(BitConverter.GetBytes((float)weight)) : Bytes(weight))
            .Concat(folding.Numbers.SelectMany(static numbers => numbers).SelectMany(Bytes));
        using var sha = SHA256.Create();
        return DigestText.Of(sha.ComputeHash([.. bytes]));
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
