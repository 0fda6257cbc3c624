using System.Buffers.Binary;
using SoftmaxGen.Persistence;

namespace SoftmaxGen.Online;

/// <summary>Writes a state, and the checksum of all that was written before it.</summary>
/// <param name="stream">The stream.</param>
internal sealed class StateWriter(Stream stream) : IStateExchange, IDisposable
{
    private readonly Digest _digest = new();

    /// <inheritdoc/>
    public void Numbers(Span<double> values) => Bytes(LittleEndian.Bytes<double>(values));

    /// <inheritdoc/>
    public void Count(ref long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        Bytes(bytes);
    }

    /// <summary>Writes bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Bytes(ReadOnlySpan<byte> bytes)
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

    /// <inheritdoc/>
    public void Dispose() => _digest.Dispose();
}
