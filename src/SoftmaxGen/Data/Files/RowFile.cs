using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Persistence;

namespace SoftmaxGen.Data.Files;

/// <summary>
/// A file of packed rows, as <c>docs/row-files.md</c> specifies it: the rows, and behind them what they are of and what is known of them. A
/// <see cref="BinaryFile"/> says it, because it is known only when all rows are written.
/// </summary>
internal sealed record RowFile(FileMap Map, int SkippedRowCount, RowStatistics Statistics)
{
    private const uint Version = 1;

    // The length of the description, and the signature once more.
    private const int TrailerBytes = 16;
    private const int BeginningBytes = 16;
    private const string WayOut = "Copy it again, or build it again of its rows.";

    // The number of rows, that of rows that were left out, and what rows have.
    private const int Integers = 3;

    private const long HasRowWeights = 1;
    private const long HasTargets = 2;
    private const long HasOffsets = 4;
    private const long HasCorrection = 8;
    private const long HasSingleFeatures = 16;

    // As that of PNG: no text begins so, and a transfer that translates line ends or drops the eighth bit shows.
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'S', (byte)'M', (byte)'R', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Refuses machines whose numbers are not as those of files.</summary>
    /// <exception cref="PlatformNotSupportedException">The machine is not little-endian.</exception>
    public static void RequireLittleEndian(string path)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException($"{path}: files of packed rows are for processors that are little-endian.");
        }
    }

    /// <summary>Writes what lies before the features.</summary>
    public static void WriteBeginning(PieceWriter file)
    {
        Span<byte> version = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(version, Version);
        file.Write(Signature);
        file.Write(version);
        file.FillTo(RowFileLayout.DataOffset);
    }

    /// <summary>Opens a file to read, without a buffer.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="share">What others may do with it meanwhile, where the system can tell them.</param>
    /// <exception cref="IOException">There is no such file, or the path is that of a folder.</exception>
    public static FileStream OpenToRead(string path, FileShare share) => Directory.Exists(path)
        ? throw new IOException($"'{path}' is a folder; rows are in a file.")
        : new FileStream(path, FileMode.Open, FileAccess.Read, share, bufferSize: 0);

    /// <summary>Opens a file.</summary>
    /// <exception cref="ModelFormatException">The file is damaged, too new, or not of rows of this model.</exception>
    /// <exception cref="IOException">The file cannot be read or mapped.</exception>
    public static RowFile Open<T>(string path, ModelShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RequireLittleEndian(path);
#pragma warning disable CA2000 // The map keeps the stream, and the file the map.
        FileStream stream = OpenToRead(path, FileShare.Read | FileShare.Delete);
#pragma warning restore CA2000
        try
        {
            return FileBytes.Load(stream, _ => Read(stream, Unsafe.SizeOf<T>(), shape));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Writes what lies behind the rows.</summary>
    public void WriteEnd(FileStream stream, ModelShape shape, ulong[] sums)
    {
        long start = stream.Position;
        using var description = new BinaryFileWriter(stream);
        description.Begin(Signature, Version, shape);
        RowFileLayout layout = Map.Layout;
        long form = (layout.RowWeights.IsEmpty ? 0 : HasRowWeights)
            + (layout.Targets.IsEmpty ? 0 : HasTargets)
            + (layout.Offsets.IsEmpty ? 0 : HasOffsets)
            + (Statistics.Correction is null ? 0 : HasCorrection)
            + (layout.FeatureBytes == layout.ElementBytes ? 0 : HasSingleFeatures);
        description.Write(MemoryMarshal.AsBytes<long>([layout.Count, SkippedRowCount, form]));
        description.Write(MemoryMarshal.AsBytes(Statistics.ToNumbers().AsSpan()));
        description.Write(MemoryMarshal.AsBytes<ulong>(sums));
        description.Finish();
        stream.Write(MemoryMarshal.AsBytes<long>([stream.Position - start]));
        stream.Write(Signature);
    }

    private static RowFile Read(FileStream stream, int elementBytes, ModelShape shape)
    {
        ReadOnlySpan<byte> content = ReadDescription(stream, shape, out long start);
        var description = new BinaryFile(content, Version, shape);
        ReadOnlySpan<byte> rest = description.Content[description.NumbersOffset..];
        if (rest.Length < Integers * sizeof(long))
        {
            throw BinaryFile.Error($"The description of the rows has {rest.Length} bytes of numbers: it is cut off. {WayOut}");
        }

        long[] integers = MemoryMarshal.Cast<byte, long>(rest[..(Integers * sizeof(long))]).ToArray();
        (long count, long skipped, long form) = (integers[0], integers[1], integers[2]);
        long anyForm = HasRowWeights | HasTargets | HasOffsets | HasCorrection | (elementBytes == sizeof(double) ? HasSingleFeatures : 0);
        if (count is < 1 or > int.MaxValue || skipped is < 0 or > int.MaxValue || (form & ~anyForm) != 0)
        {
            throw BinaryFile.Error($"The file is said to have {count} rows of the form {form}, and {skipped} that were left out: no file has. {WayOut}");
        }

        int featureBytes = (form & HasSingleFeatures) == 0 ? elementBytes : sizeof(float);
        var layout = new RowFileLayout(
            shape, elementBytes, featureBytes, (int)count, (form & HasRowWeights) != 0, (form & HasTargets) != 0, (form & HasOffsets) != 0);
        if (layout.Length != start)
        {
            throw BinaryFile.Error($"The file has {start} bytes of rows; its {count} rows take {layout.Length}. {WayOut}");
        }

        rest = rest[(Integers * sizeof(long))..];
        int statistics = RowStatistics.CountNumbers(shape, (form & HasCorrection) != 0) * sizeof(double);
        long pieces = (layout.Length + FileMap.PieceBytes - 1) / FileMap.PieceBytes;
        long expected = statistics + (pieces * sizeof(ulong));
        if (rest.Length != expected)
        {
            throw BinaryFile.Error($"There are {rest.Length} bytes of statistics and checksums; there must be {expected}. {WayOut}");
        }

        double[] numbers = LittleEndian.Read<double>(rest[..statistics]);
        if (FiniteScan.FirstNonFinite<double>(numbers) >= 0)
        {
            throw BinaryFile.Error($"A weight or a moment of the rows is not finite. {WayOut}");
        }

        ulong[] sums = MemoryMarshal.Cast<byte, ulong>(rest[statistics..]).ToArray();
#pragma warning disable CA2000 // The file keeps the map.
        var map = new FileMap(stream, stream.Name, layout, sums, areChecked: false);
#pragma warning restore CA2000
        return new RowFile(map, (int)skipped, RowStatistics.FromNumbers(numbers, shape));
    }

    // Of whatever length the file says the description is, no more is read than one of this model may have.
    private static byte[] ReadDescription(FileStream stream, ModelShape shape, out long start)
    {
        Span<byte> beginning = stackalloc byte[BeginningBytes];
        int read = stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        if (!beginning[..read].StartsWith(Signature))
        {
            throw BinaryFile.Error(
                $"The file does not begin with the signature of a file of packed rows, which {nameof(TrainingSetBuilder<,>)}.Build(path) writes.");
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(beginning[Signature.Length..]);
        if (read == beginning.Length && version != Version)
        {
            throw BinaryFile.Error($"Byte {Signature.Length}: the file has version {version}; this release reads version {Version}.");
        }

        long end = stream.Length - TrailerBytes;
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        if (end >= RowFileLayout.DataOffset)
        {
            stream.Position = end;
            stream.ReadExactly(trailer);
        }

        if (!trailer[sizeof(long)..].SequenceEqual(Signature))
        {
            throw BinaryFile.Error($"The file does not end as it must: it is cut off after {stream.Length} bytes, or damaged. {WayOut}");
        }

        long length = BinaryPrimitives.ReadInt64LittleEndian(trailer);
        long limit = FileBytes.Limit(shape) + (end / FileMap.PieceBytes * sizeof(ulong));
        start = end - length;
        if (length < BinaryFile.HeaderOffset || length > limit || start < RowFileLayout.DataOffset)
        {
            throw BinaryFile.Error(
                $"Byte {end}: the description of the rows is said to have {length} bytes; it has at most {Math.Min(limit, end)}, or is of another model.");
        }

        byte[] description = new byte[length];
        stream.Position = start;
        stream.ReadExactly(description);
        return description;
    }
}
