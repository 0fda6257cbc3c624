using System.Runtime.InteropServices;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Data;

/// <summary>
/// Native memory on a 64-byte boundary, so that a vector of any width never straddles two cache lines. It comes as it is: see <see cref="ClearFrom"/>.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
internal sealed unsafe class AlignedBuffer<T> : SafeHandle
    where T : unmanaged
{
    private const nuint Alignment = BlockLayout.VectorBytes;

    // Less than this the caches and small pages serve well.
    private const nuint FewestHugePages = 2;

    /// <summary>Initializes a new instance of the <see cref="AlignedBuffer{T}"/> class.</summary>
    /// <param name="length">The number of elements.</param>
    public AlignedBuffer(nint length)
        : base(0, ownsHandle: true)
    {
        nuint bytes = checked((nuint)length * (nuint)sizeof(T));
        bool isHuge = bytes >= FewestHugePages * HugePages.Bytes;
        SetHandle((nint)NativeMemory.AlignedAlloc(bytes, isHuge ? HugePages.Bytes : Alignment));
        Length = length;
        if (isHuge)
        {
            HugePages.Advise((void*)handle, bytes);
        }
    }

    /// <summary>Gets the number of elements.</summary>
    public nint Length { get; }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Gets a part of the memory; the buffer must be kept alive while it is used.</summary>
    /// <param name="start">The first element.</param>
    /// <param name="length">The number of elements.</param>
    /// <returns>The part.</returns>
    public Span<T> Slice(nint start, int length)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + length, Length);
        return new Span<T>((T*)handle + start, length);
    }

    /// <summary>Sets the memory from an element on to zero.</summary>
    /// <param name="start">The first element.</param>
    public void ClearFrom(nint start)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Length);
        NativeMemory.Clear((T*)handle + start, (nuint)(Length - start) * (nuint)sizeof(T));
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
