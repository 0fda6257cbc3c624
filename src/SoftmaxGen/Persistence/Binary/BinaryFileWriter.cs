using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace SoftmaxGen.Persistence;

/// <summary>Writes a <see cref="BinaryFile"/>.</summary>
internal sealed class BinaryFileWriter(Stream stream) : IDisposable
{
    private readonly Digest _digest = new();

    /// <summary>Writes all that comes before the numbers.</summary>
    public void Begin(ReadOnlySpan<byte> signature, uint version, ModelShape shape, FeatureMoments? moments = null, TrainingSummary? summary = null)
    {
        var header = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(header, ModelHeader.WriterOptions))
        {
            json.WriteStartObject();
            ModelHeader.WriteMeaning(json, shape);
            ModelHeader.WriteTraining(json, moments, summary);
            json.WriteEndObject();
        }

        Span<byte> beginning = stackalloc byte[BinaryFile.HeaderOffset];
        signature.CopyTo(beginning);
        BinaryPrimitives.WriteUInt32LittleEndian(beginning[BinaryFile.VersionOffset..], version);
        BinaryPrimitives.WriteUInt32LittleEndian(beginning[BinaryFile.HeaderLengthOffset..], (uint)header.WrittenCount);
        Write(beginning);
        Write(header.WrittenSpan);
    }

    /// <summary>Writes numbers.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _digest.Append(bytes);
        stream.Write(bytes);
    }

    /// <summary>Writes the checksum.</summary>
    public void Finish()
    {
        Span<byte> checksum = stackalloc byte[Digest.Length];
        _digest.Finish(checksum);
        stream.Write(checksum);
    }

    public void Dispose() => _digest.Dispose();
}
