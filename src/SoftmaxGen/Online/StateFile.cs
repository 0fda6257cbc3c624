using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using SoftmaxGen.Persistence;

namespace SoftmaxGen.Online;

/// <summary>
/// The file of a learner: a signature, a version, the header of a model file in JSON, which says what the weights mean, the state as little-endian numbers of
/// eight bytes, and the checksum of it all. It is for the same release of the library; models are what lasts.
/// </summary>
internal static class StateFile
{
    private const uint Version = 1;
    private const int VersionOffset = 8;
    private const int HeaderLengthOffset = 12;
    private const int HeaderOffset = 16;

    // A mebibyte for names and for what does not grow with the shape; the full matrix takes half of one.
    private const long FixedLimit = 2 * 1024 * 1024;

    // Numbers for each weight: the start, the weights, their average, squared gradients or the diagonal; and for each feature beside those of kept rows.
    private const long NumbersPerWeight = 8;

    // As that of PNG: no text begins so, and a transfer that translates line ends or drops the eighth bit shows.
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'S', (byte)'M', (byte)'O', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Writes a file.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="shape">The model.</param>
    /// <param name="exchange">Passes over the state.</param>
    public static void Write(Stream stream, ModelShape shape, Action<IStateExchange> exchange)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var header = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(header, ModelHeader.WriterOptions))
        {
            json.WriteStartObject();
            ModelHeader.WriteMeaning(json, shape);
            json.WriteEndObject();
        }

        Span<byte> beginning = stackalloc byte[HeaderOffset];
        Signature.CopyTo(beginning);
        BinaryPrimitives.WriteUInt32LittleEndian(beginning[VersionOffset..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(beginning[HeaderLengthOffset..], (uint)header.WrittenCount);
        using var writer = new StateWriter(stream);
        writer.Bytes(beginning);
        writer.Bytes(header.WrittenSpan);
        exchange(writer);
        writer.Finish();
    }

    /// <summary>Opens the state of a file.</summary>
    /// <param name="stream">The stream, read from its position to its end.</param>
    /// <param name="shape">The model.</param>
    /// <returns>The reader of the state.</returns>
    /// <exception cref="ModelFormatException">The file is damaged, of another version, or no file of a learner of this model.</exception>
    public static StateReader Open(Stream stream, ModelShape shape)
    {
        ReadOnlySpan<byte> file = FileBytes.Read(stream, Limit(shape));
        if (!file.StartsWith(Signature))
        {
            throw new ModelFormatException("The file is not that of a learner: it does not begin with the signature.");
        }

        if (file.Length < HeaderOffset + Digest.Length)
        {
            throw Error($"The file is cut off after {file.Length} bytes.");
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(file[VersionOffset..]);
        if (version != Version)
        {
            throw Error($"Byte {VersionOffset}: the file has version {version}; this release reads version {Version}.");
        }

        ReadOnlySpan<byte> content = file[..^Digest.Length];
        CheckChecksum(content, file[content.Length..]);
        uint headerLength = BinaryPrimitives.ReadUInt32LittleEndian(content[HeaderLengthOffset..]);
        if (headerLength > content.Length - HeaderOffset)
        {
            throw Error($"Byte {HeaderLengthOffset}: the header is said to have {headerLength} bytes; there are {content.Length - HeaderOffset}.");
        }

        var text = new JsonText(content.Slice(HeaderOffset, (int)headerLength), " of the header");
        JsonFields fields = JsonFields.Find(text, text.Whole, "the header", ModelHeader.FieldNames);
        fields.RefuseUnknown(text);
        ModelHeader.Check(text, fields, shape);
        return new StateReader(content.ToArray(), HeaderOffset + (int)headerLength);
    }

    private static int Limit(ModelShape shape)
    {
        long numbers = (NumbersPerWeight * shape.ParameterCount) + ((KeptRows.Capacity + NumbersPerWeight) * shape.Features);
        return (int)Math.Min(FixedLimit + (numbers * sizeof(double)), Array.MaxLength - 1);
    }

    private static void CheckChecksum(ReadOnlySpan<byte> content, ReadOnlySpan<byte> expected)
    {
        using var digest = new Digest();
        digest.Append(content);
        Span<byte> checksum = stackalloc byte[Digest.Length];
        digest.Finish(checksum);
        if (!checksum.SequenceEqual(expected))
        {
            throw Error($"Byte {content.Length}: the checksum is not that of the {content.Length} bytes before it; the file is damaged or cut off.");
        }
    }

    private static ModelFormatException Error(FormattableString message) => new(message.ToString(CultureInfo.InvariantCulture));
}
