using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftmaxGen.Persistence;

/// <summary>Numbers as files hold them: IEEE 754, the least significant byte first, whatever the order of this machine.</summary>
internal static class LittleEndian
{
    /// <summary>Gets the bytes of numbers, for files.</summary>
    /// <returns>The bytes; the memory of the numbers itself where the orders agree.</returns>
    public static ReadOnlySpan<byte> Bytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (BitConverter.IsLittleEndian)
        {
            return MemoryMarshal.AsBytes(values);
        }

        T[] reversed = values.ToArray();
        Reverse<T>(reversed);
        return MemoryMarshal.AsBytes<T>(reversed);
    }

    /// <summary>Reads numbers from the bytes of a file.</summary>
    public static T[] Read<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = new T[bytes.Length / Unsafe.SizeOf<T>()];
        bytes.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            Reverse<T>(values);
        }

        return values;
    }

    private static void Reverse<T>(Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Unsafe.SizeOf<T>() == sizeof(long))
        {
            Span<long> longs = MemoryMarshal.Cast<T, long>(values);
            BinaryPrimitives.ReverseEndianness(longs, longs);
        }
        else
        {
            Span<int> ints = MemoryMarshal.Cast<T, int>(values);
            BinaryPrimitives.ReverseEndianness(ints, ints);
        }
    }
}
