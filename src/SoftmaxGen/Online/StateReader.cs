using System.Buffers.Binary;
using SoftmaxGen.Persistence;
using static System.FormattableString;

namespace SoftmaxGen.Online;

/// <summary>Reads a state from the bytes of a file whose checksum is right.</summary>
internal sealed class StateReader(byte[] bytes, int offset) : IStateExchange
{
    private int _offset = offset;

    /// <inheritdoc/>
    /// <exception cref="ModelFormatException">The file ends before, or a number is NaN.</exception>
    public void Numbers(Span<double> values)
    {
        LittleEndian.Read<double>(Take(values.Length * (long)sizeof(double))).CopyTo(values);
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
            {
                throw Error(_offset - ((values.Length - i) * sizeof(double)), "the number is NaN; no state has any.");
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ModelFormatException">The file ends before, or the count is negative.</exception>
    public void Count(ref long value)
    {
        value = BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));
        if (value < 0)
        {
            throw Error(_offset - sizeof(long), Invariant($"the count is {value}; it must not be negative."));
        }
    }

    /// <summary>Refuses what follows the state.</summary>
    /// <exception cref="ModelFormatException">There are more bytes.</exception>
    public void Finish()
    {
        if (_offset < bytes.Length)
        {
            throw Error(_offset, Invariant($"{bytes.Length - _offset} bytes follow the state."));
        }
    }

    private static ModelFormatException Error(int offset, string message) =>
        new(Invariant($"Byte {offset}: {message}"));

    private ReadOnlySpan<byte> Take(long length)
    {
        if (length > bytes.Length - _offset)
        {
            throw Error(_offset, Invariant($"the state is cut off: {length} bytes must follow."));
        }

        ReadOnlySpan<byte> taken = bytes.AsSpan(_offset, (int)length);
        _offset += (int)length;
        return taken;
    }
}
