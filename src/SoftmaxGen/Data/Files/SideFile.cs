using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SoftmaxGen.Persistence;

namespace SoftmaxGen.Data.Files;

/// <summary>
/// What rows have beside their features, in a file of its own until all rows are written and it finds its place behind the features. The system removes the
/// file, however the process ends.
/// </summary>
internal sealed class SideFile<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int NumbersAtOnce = 8192;

    public SideFile(AtomicFile file, int width)
    {
        Width = width;
        Stream = file.CreateSide();
    }

    /// <summary>Gets the numbers of a row.</summary>
    public int Width { get; }

    /// <summary>Gets the file.</summary>
    public FileStream Stream { get; }

    /// <summary>Writes numbers.</summary>
    public void Write(AlignedBuffer<T> numbers, nint count)
    {
        for (nint first = 0; first < count; first += NumbersAtOnce)
        {
            Stream.Write(MemoryMarshal.AsBytes(numbers.Read(first, (int)nint.Min(NumbersAtOnce, count - first))));
        }
    }

    /// <summary>Writes one number many times.</summary>
    public void Fill(T number, long count)
    {
        T[] numbers = new T[NumbersAtOnce];
        Array.Fill(numbers, number);
        for (long first = 0; first < count; first += NumbersAtOnce)
        {
            Stream.Write(MemoryMarshal.AsBytes(numbers.AsSpan(0, (int)Math.Min(NumbersAtOnce, count - first))));
        }
    }

    /// <summary>Takes back what was written from a row on.</summary>
    public void TakeBack(int row, Span<T> numbers)
    {
        long position = (long)row * Width * Unsafe.SizeOf<T>();
        Stream.Position = position;
        Stream.ReadExactly(MemoryMarshal.AsBytes(numbers));
        Stream.SetLength(position);
        Stream.Position = position;
    }

    /// <summary>Removes the file.</summary>
    public void Dispose() => Stream.Dispose();
}
