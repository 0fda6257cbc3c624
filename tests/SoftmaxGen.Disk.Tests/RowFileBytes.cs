using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace SoftmaxGen.Disk.Tests;

/// <summary>
/// The bytes of a file of packed rows, read as <c>docs/row-files.md</c> says and with nothing of the library: an oracle for what is written, and a forger of
/// files whose checksums are right.
/// </summary>
internal sealed class RowFileBytes
{
    public const int DataOffset = 4096;
    public const int PieceBytes = 1 << 20;
    private const int TrailerBytes = 16;
    private const int DigestBytes = 8;
    private const int BeforeHeader = 16;

    public RowFileBytes(byte[] bytes) => Bytes = bytes;

    public byte[] Bytes { get; }

    /// <summary>Gets where the description begins: behind the rows.</summary>
    public int DescriptionOffset => Bytes.Length - TrailerBytes - (int)BinaryPrimitives.ReadInt64LittleEndian(Bytes.AsSpan(Bytes.Length - TrailerBytes));

    /// <summary>Gets where the numbers of the description begin: three integers, the statistics, the checksums.</summary>
    public int NumbersOffset => DescriptionOffset + BeforeHeader + HeaderLength;

    public JsonElement Header => JsonDocument.Parse(Bytes.AsMemory(DescriptionOffset + BeforeHeader, HeaderLength)).RootElement;

    public int PieceCount => (DescriptionOffset + PieceBytes - 1) / PieceBytes;

    private int DigestOffset => Bytes.Length - TrailerBytes - DigestBytes;

    private int SumsOffset => DigestOffset - (PieceCount * sizeof(ulong));

    private int HeaderLength => BinaryPrimitives.ReadInt32LittleEndian(Bytes.AsSpan(DescriptionOffset + 12));

    public long Integer(int index) => BinaryPrimitives.ReadInt64LittleEndian(Bytes.AsSpan(NumbersOffset + (index * sizeof(long))));

    public double Statistic(int index) => BinaryPrimitives.ReadDoubleLittleEndian(Bytes.AsSpan(NumbersOffset + ((3 + index) * sizeof(long))));

    public ulong Sum(int piece) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes.AsSpan(SumsOffset + (piece * sizeof(ulong))));

    public double Number(int offset, int index, int size) => size == sizeof(double)
        ? BinaryPrimitives.ReadDoubleLittleEndian(Bytes.AsSpan(offset + (index * size)))
        : BinaryPrimitives.ReadSingleLittleEndian(Bytes.AsSpan(offset + (index * size)));

    /// <summary>Computes the checksum of a piece.</summary>
    public ulong ComputeSum(int piece)
    {
        ReadOnlySpan<byte> bytes = Bytes.AsSpan((piece * PieceBytes)..Math.Min(DescriptionOffset, (piece + 1) * PieceBytes));
        List<byte>[] halves = [[], []];
        for (int i = 0; i < bytes.Length; i++)
        {
            halves[i / 8 % 2].Add(bytes[i]);
        }

        return ((ulong)Crc32C(halves[1]) << 32) | Crc32C(halves[0]);
    }

    /// <summary>Makes all checksums those of the bytes.</summary>
    public RowFileBytes Forge()
    {
        for (int piece = 0; piece < PieceCount; piece++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(Bytes.AsSpan(SumsOffset + (piece * sizeof(ulong))), ComputeSum(piece));
        }

        return ForgeDescription();
    }

    /// <summary>Makes the digest of the description that of its bytes.</summary>
    public RowFileBytes ForgeDescription()
    {
        Digest().CopyTo(Bytes.AsSpan(DigestOffset));
        return this;
    }

    /// <summary>Computes the digest of the description.</summary>
    public byte[] Digest() => SHA256.HashData(Bytes.AsSpan(DescriptionOffset..DigestOffset))[..DigestBytes];

    public byte[] StoredDigest() => Bytes[DigestOffset..(DigestOffset + DigestBytes)];

    // Bit by bit, as RFC 3720 defines it.
    private static uint Crc32C(List<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0x82F63B78 & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }
}
