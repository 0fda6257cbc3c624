using System.Buffers.Binary;
using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data.Parquet;

/// <summary>The footer of a Parquet file, before the library reads it.</summary>
internal static class ParquetFooter
{
    // The library goes down by recursion.
    private const int MostLevels = 64;

    /// <summary>Checks the footer of a file.</summary>
    /// <returns>Where the footer begins, which is where the pages end.</returns>
    /// <exception cref="EndOfStreamException">The footer is longer than the file, or what is in it longer than the footer.</exception>
    /// <exception cref="InvalidDataException">The footer is not what a footer is.</exception>
    public static long Check(Stream stream)
    {
        Span<byte> end = stackalloc byte[sizeof(int) + ParquetFormat.MagicBytes];
        stream.Seek(Math.Max(0, stream.Length - end.Length), SeekOrigin.Begin);
        stream.ReadExactly(end);
        int length = BinaryPrimitives.ReadInt32LittleEndian(end);
        long start = stream.Length - end.Length - length;
        Damage.Require(end.EndsWith("PAR1"u8), "it does not end like a Parquet file");
        if (length < 0 || start < ParquetFormat.MagicBytes)
        {
            throw new EndOfStreamException($"the footer has {length} bytes, and the file {stream.Length}");
        }

        byte[] footer = new byte[length];
        stream.Seek(start, SeekOrigin.Begin);
        stream.ReadExactly(footer);
        List<long> children = [];
        bool saysRows = false;
        var reader = new ThriftReader(
            footer,
            (type, id, value) =>
            {
                saysRows |= type == ParquetFormat.FileMetadata && id == ParquetFormat.NumRows;
                if (type == ParquetFormat.SchemaElement && id == 0)
                {
                    children.Add(0);
                }
                else if (type == ParquetFormat.SchemaElement && id == ParquetFormat.NumChildren)
                {
                    children[^1] = value;
                }
            });
        reader.ReadStruct(ParquetFormat.FileMetadata);
        Damage.Require(
            reader.Position == length && saysRows, $"the footer ends after {reader.Position} bytes of {length}, or does not say how many rows there are");
        CheckLevels(children);
        return start;
    }

    // Columns and groups of columns stand in the order of a walk through their tree.
    private static void CheckLevels(List<long> children)
    {
        var open = new Stack<long>();
        foreach (long count in children)
        {
            while (open.TryPeek(out long left) && left == 0)
            {
                open.Pop();
            }

            if (open.TryPop(out long rest))
            {
                open.Push(rest - 1);
            }

            if (count > 0)
            {
                open.Push(count);
            }

            if (open.Count > MostLevels)
            {
                throw new InvalidDataException($"columns are more than {MostLevels} deep");
            }
        }
    }
}
