using System.Buffers.Binary;
using SoftmaxGen.Persistence;

namespace SoftmaxGen.Online;

/// <summary>Writes a state.</summary>
internal sealed class StateWriter(BinaryFileWriter file) : IStateExchange
{
    public void Numbers(Span<double> values) => file.Write(LittleEndian.Bytes<double>(values));

    public void Count(ref long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        file.Write(bytes);
    }
}
