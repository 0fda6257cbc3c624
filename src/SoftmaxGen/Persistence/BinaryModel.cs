using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Persistence;

/// <summary>
/// The binary form of a model file, specified in <c>docs/model-files.md</c>: a signature, a header in JSON, the bits of the weights, a checksum.
/// </summary>
internal static class BinaryModel
{
    private const uint Version = 1;
    private const int VersionOffset = 8;
    private const int HeaderLengthOffset = 12;
    private const int HeaderOffset = 16;

    // As that of PNG: no text begins so, and a transfer that translates line ends or drops the eighth bit shows.
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'S', (byte)'M', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Tells whether a file is in the binary form.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Whether it begins with the signature.</returns>
    public static bool Begins(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>Writes a file.</summary>
    /// <typeparam name="T">The type of the weights.</typeparam>
    /// <param name="stream">The stream.</param>
    /// <param name="shape">The model.</param>
    /// <param name="weights">Its weights, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="moments">The moments of the features in the training rows, if they are known.</param>
    /// <param name="summary">How the model was trained, if that is to be told.</param>
    public static void Write<T>(Stream stream, ModelShape shape, ReadOnlySpan<T> weights, FeatureMoments? moments, TrainingSummary? summary)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<byte> header = Header(shape, moments, summary);
        Span<byte> beginning = stackalloc byte[HeaderOffset];
        Signature.CopyTo(beginning);
        BinaryPrimitives.WriteUInt32LittleEndian(beginning[VersionOffset..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(beginning[HeaderLengthOffset..], (uint)header.Length);

        using var digest = new Digest();
        Append(beginning);
        Append(header);
        Append(LittleEndian.Bytes(weights));
        Span<byte> checksum = stackalloc byte[Digest.Length];
        digest.Finish(checksum);
        stream.Write(checksum);

        void Append(ReadOnlySpan<byte> bytes)
        {
            digest.Append(bytes);
            stream.Write(bytes);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <typeparam name="T">The type of the weights.</typeparam>
    /// <param name="file">The file, which begins with the signature.</param>
    /// <param name="shape">The model.</param>
    /// <returns>The weights, and the moments of the training rows where the file has them.</returns>
    /// <exception cref="ModelFormatException">The file is damaged, too new, or no file of this model.</exception>
    public static StoredModel<T> Read<T>(ReadOnlySpan<byte> file, ModelShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<byte> content = CheckedContent(file);
        JsonText text = HeaderText(content);
        JsonFields fields = ReadHeader(text, shape);
        T[] weights = ReadWeights<T>(content, HeaderOffset + text.Bytes.Length, shape);
        ModelHeader.ReadFolding(text, fields, shape).Apply<T>(weights, shape.Classes);
        return new StoredModel<T>(weights, ModelHeader.ReadMoments(text, fields, shape));
    }

    /// <summary>Reads the moments of the features in the training rows.</summary>
    /// <param name="file">The file, which begins with the signature.</param>
    /// <param name="shape">The model.</param>
    /// <returns>The moments; null when the file has none.</returns>
    /// <exception cref="ModelFormatException">The file is damaged, too new, or no file of this model.</exception>
    public static FeatureMoments? ReadMoments(ReadOnlySpan<byte> file, ModelShape shape)
    {
        JsonText text = HeaderText(CheckedContent(file));
        return ModelHeader.ReadMoments(text, ReadHeader(text, shape), shape);
    }

    private static ReadOnlySpan<byte> CheckedContent(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderOffset + Digest.Length)
        {
            throw Error($"The file is cut off after {file.Length} bytes.");
        }

        CheckVersion(file);
        return CheckChecksum(file);
    }

    private static JsonText HeaderText(ReadOnlySpan<byte> content)
    {
        uint headerLength = BinaryPrimitives.ReadUInt32LittleEndian(content[HeaderLengthOffset..]);
        if (headerLength > content.Length - HeaderOffset)
        {
            throw Error($"Byte {HeaderLengthOffset}: the header is said to have {headerLength} bytes; there are {content.Length - HeaderOffset}.");
        }

        return new JsonText(content.Slice(HeaderOffset, (int)headerLength), " of the header");
    }

    private static JsonFields ReadHeader(JsonText text, ModelShape shape)
    {
        JsonFields fields = JsonFields.Find(text, text.Whole, "the header", ModelHeader.FieldNames);
        fields.RefuseUnknown(text);
        ModelHeader.Check(text, fields, shape);
        return fields;
    }

    private static ReadOnlySpan<byte> Header(ModelShape shape, FeatureMoments? moments, TrainingSummary? summary)
    {
        var header = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(header, ModelHeader.WriterOptions);
        writer.WriteStartObject();
        ModelHeader.WriteMeaning(writer, shape);
        ModelHeader.WriteTraining(writer, moments, summary);
        writer.WriteEndObject();
        writer.Flush();
        return header.WrittenSpan;
    }

    private static void CheckVersion(ReadOnlySpan<byte> file)
    {
        uint version = BinaryPrimitives.ReadUInt32LittleEndian(file[VersionOffset..]);
        if (version != Version)
        {
            throw Error($"Byte {VersionOffset}: the file has version {version}; this release reads version {Version}.");
        }
    }

    private static ReadOnlySpan<byte> CheckChecksum(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> content = file[..^Digest.Length];
        using var digest = new Digest();
        digest.Append(content);
        Span<byte> checksum = stackalloc byte[Digest.Length];
        digest.Finish(checksum);
        return checksum.SequenceEqual(file[content.Length..])
            ? content
            : throw Error($"Byte {content.Length}: the checksum is not that of the {content.Length} bytes before it; the file is damaged or cut off.");
    }

    private static T[] ReadWeights<T>(ReadOnlySpan<byte> content, int offset, ModelShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<byte> bytes = content[offset..];
        int size = Unsafe.SizeOf<T>();
        if (bytes.Length != shape.ParameterCount * size)
        {
            throw Error($"Byte {offset}: there are {bytes.Length} bytes of weights; there must be {shape.ParameterCount} weights of {size} bytes.");
        }

        T[] weights = LittleEndian.Read<T>(bytes);
        int index = FiniteScan.FirstNonFinite<T>(weights);
        return index < 0
            ? weights
            : throw Error($"Byte {offset + (index * size)}: weight {index} is {weights[index]}; every weight must be finite.");
    }

    private static ModelFormatException Error(FormattableString message) => new(FormattableString.Invariant(message));
}
