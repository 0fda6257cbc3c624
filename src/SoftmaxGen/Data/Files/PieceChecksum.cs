using System.Numerics;
using System.Runtime.InteropServices;

namespace SoftmaxGen.Data.Files;

/// <summary>
/// The checksum of a piece of a file: two CRC-32C, of the words of eight bytes with even numbers and of those with odd numbers. Processors have an instruction
/// for it, and of two that do not wait for each other a pass over rows notices little.
/// </summary>
internal static class PieceChecksum
{
    /// <summary>Computes the checksum of a piece.</summary>
    /// <param name="bytes">The bytes, a multiple of 16.</param>
    /// <returns>The checksum: that of the words with odd numbers in the upper half.</returns>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        uint even = uint.MaxValue;
        uint odd = uint.MaxValue;
        for (int i = 0; i + 1 < words.Length; i += 2)
        {
            even = BitOperations.Crc32C(even, words[i]);
            odd = BitOperations.Crc32C(odd, words[i + 1]);
        }

        return ((ulong)~odd << 32) | ~even;
    }
}
