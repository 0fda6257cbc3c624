using System.Buffers.Binary;
using SoftmaxGen.Data.Columns;
using ZstdSharp;

namespace SoftmaxGen.Data.Arrow;

/// <summary>
/// The messages of an Arrow file or stream, before the library reads them: what they say of their lengths must lie within the file, and what they say of
/// lengths before compression must be what the compressed bytes can hold. The library allocates whatever it reads there.
/// </summary>
/// <param name="stream">The file; its position stays where it is.</param>
internal sealed class ArrowMessages(WatchedStream stream)
{
    // The library goes down by recursion.
    private const int MostLevels = 64;

    private const int EndBytes = 10;
    private const int BlockBytes = 24;
    private const int NodeBytes = 16;
    private const int BufferBytes = 16;

    // The most that LZ4 makes of a byte.
    private const long MostOfByte = 255;

    // What compression of little adds: the head of a frame.
    private const long FewBytes = 64 << 10;

    private long[] _dictionaries = [];
    private long[] _batches = [];

    private enum Header
    {
        Schema = 1,
        Dictionary = 2,
        Batch = 3,
    }

    /// <summary>Gets or sets the columns of the buffers of a record batch, as far as they can be told.</summary>
    public IReadOnlyList<string> Columns { get; set; } = [];

    /// <summary>Checks the footer of a file, which says where its record batches are.</summary>
    /// <exception cref="EndOfStreamException">It is longer than the file.</exception>
    /// <exception cref="InvalidDataException">It is not what a footer is.</exception>
    public void CheckFooter()
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(Read(stream.Length - EndBytes, sizeof(int)));
        FlatTable footer = FlatTable.Root(Read(stream.Length - EndBytes - length, length));
        CheckSchema(footer.Table(1));
        _dictionaries = Blocks(footer.Vector(2, BlockBytes));
        _batches = Blocks(footer.Vector(3, BlockBytes));
    }

    /// <summary>Checks a record batch of a file, and before the first one the dictionaries.</summary>
    /// <exception cref="EndOfStreamException">It is longer than the file.</exception>
    /// <exception cref="InvalidDataException">It is not what a record batch is.</exception>
    public void CheckBatch(int index)
    {
        foreach (long dictionary in index == 0 ? _dictionaries : [])
        {
            Damage.Require(Check(dictionary, out _) == Header.Dictionary, "a dictionary is none");
        }

        Damage.Require(Check(_batches[index], out _) == Header.Batch, "a record batch is none");
    }

    /// <summary>Checks the messages of a stream up to and with the next record batch.</summary>
    /// <exception cref="EndOfStreamException">One is longer than the file.</exception>
    /// <exception cref="InvalidDataException">One is not what a message is.</exception>
    public void CheckNext()
    {
        for (long position = stream.Position; Check(position, out position) is not (null or Header.Batch);)
        {
        }
    }

    /// <summary>Checks the first message of a stream.</summary>
    /// <exception cref="EndOfStreamException">It is longer than the file.</exception>
    /// <exception cref="InvalidDataException">It is no schema.</exception>
    public void CheckSchema() => Damage.Require(Check(stream.Position, out _) == Header.Schema, "a stream does not begin with a schema");

    private static long[] Blocks(ReadOnlySpan<byte> bytes)
    {
        long[] offsets = new long[bytes.Length / BlockBytes];
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes[(i * BlockBytes)..]);
        }

        return offsets;
    }

    private static void CheckSchema(FlatTable schema)
    {
        int count = schema.Count(1, sizeof(int));
        for (int i = 0; i < count; i++)
        {
            CheckField(schema.Element(1, i), 1);
        }
    }

    private static void CheckField(FlatTable field, int level)
    {
        Damage.Require(level <= MostLevels, $"columns are more than {MostLevels} deep");
        int count = field.Count(5, sizeof(int));
        for (int i = 0; i < count; i++)
        {
            CheckField(field.Element(5, i), level + 1);
        }
    }

    // Null where the stream ends.
    private Header? Check(long position, out long end)
    {
        end = position;
        if (stream.Length - position < sizeof(int))
        {
            return null;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(Read(end, sizeof(int)));
        end += sizeof(int);
        if (length == -1)
        {
            if (stream.Length - end < sizeof(int))
            {
                return null;
            }

            length = BinaryPrimitives.ReadInt32LittleEndian(Read(end, sizeof(int)));
            end += sizeof(int);
        }

        if (length == 0)
        {
            return null;
        }

        FlatTable message = FlatTable.Root(Read(end, length));
        long body = end + length;
        long bodyLength = message.Int64(3);
        Damage.Require(bodyLength >= 0 && bodyLength <= stream.Length - body, $"a message of {bodyLength} bytes lies at {body} of {stream.Length}");
        end = body + bodyLength;
        var header = (Header)message.Byte(1);
        switch (header)
        {
            case Header.Schema:
                CheckSchema(message.Table(2));
                break;
            case Header.Dictionary:
                CheckBatch(message.Table(2).Table(1), body, bodyLength, []);
                break;
            case Header.Batch:
                CheckBatch(message.Table(2), body, bodyLength, Columns);
                break;
        }

        return header;
    }

    private void CheckBatch(FlatTable batch, long body, long bodyLength, IReadOnlyList<string> columns)
    {
        batch.Count(1, NodeBytes);
        bool isCompressed = batch.Has(3);
        bool isZstd = isCompressed && batch.Table(3).Byte(0) != 0;
        ReadOnlySpan<byte> buffers = batch.Vector(2, BufferBytes);
        for (int at = 0; at < buffers.Length; at += BufferBytes)
        {
            int index = at / BufferBytes;
            string name = index < columns.Count ? $"column {DataFileException.Quote(columns[index])}" : $"buffer {index}";
            long offset = BinaryPrimitives.ReadInt64LittleEndian(buffers[at..]);
            long length = BinaryPrimitives.ReadInt64LittleEndian(buffers[(at + sizeof(long))..]);
            Damage.Require(
                offset >= 0 && length >= 0 && length <= bodyLength && offset <= bodyLength - length, $"{name} has {length} bytes at {offset} of {bodyLength}");
            if (isCompressed && length > sizeof(long))
            {
                CheckCompressed(body + offset, checked((int)length), isZstd, name);
            }
        }
    }

    private void CheckCompressed(long position, int length, bool isZstd, string name)
    {
        long uncompressed = BinaryPrimitives.ReadInt64LittleEndian(Read(position, sizeof(long)));
        int compressed = length - sizeof(long);
        if (uncompressed > FewBytes)
        {
            ulong most = isZstd ? Decompressor.GetDecompressedSize(Read(position + sizeof(long), compressed)) : (ulong)(MostOfByte * compressed);
            Damage.Require((ulong)uncompressed <= most, $"{name} has {compressed} bytes that say that they are {uncompressed} uncompressed; they are {most} at most");
        }
    }

    private ReadOnlySpan<byte> Read(long position, int count)
    {
        if (position < 0 || count < 0 || count > stream.Length - position)
        {
            throw new EndOfStreamException($"{count} bytes at {position} lie outside of the file's {stream.Length}");
        }

        long before = stream.Position;
        byte[] bytes = new byte[count];
        stream.Position = position;
        stream.ReadExactly(bytes);
        stream.Position = before;
        return bytes;
    }
}
