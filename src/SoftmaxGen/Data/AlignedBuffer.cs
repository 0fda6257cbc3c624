using System.Runtime.InteropServices;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Data.Files;

namespace SoftmaxGen.Data;

/// <summary>
/// Native memory on a 64-byte boundary, so that a vector of any width never straddles two cache lines: memory of its own, which comes as it is (see
/// <see cref="ClearFrom"/>), or a section of a file, which can only be read.
/// </summary>
internal sealed unsafe class AlignedBuffer<T> : SafeHandle
    where T : unmanaged
{
    private const nuint Alignment = BlockLayout.VectorBytes;

    // Less than this the caches and small pages serve well.
    private const nuint FewestHugePages = 2;

    private readonly FileMap? _file;
    private readonly long _fileOffset;

    public AlignedBuffer(nint length)
        : base(0, ownsHandle: true)
    {
        nuint bytes = checked((nuint)length * (nuint)sizeof(T));
        bool isHuge = bytes >= FewestHugePages * MemoryAdvice.HugePageBytes;
        SetHandle((nint)NativeMemory.AlignedAlloc(bytes, isHuge ? MemoryAdvice.HugePageBytes : Alignment));
        Length = length;
        if (isHuge)
        {
            MemoryAdvice.UseHugePages((void*)handle, bytes);
        }
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="AlignedBuffer{T}"/> class over a section of a file, which stays open when the buffer is freed.
    /// </summary>
    public AlignedBuffer(FileMap file, FileSection section)
        : base(0, ownsHandle: false)
    {
        SetHandle(file.Address + (nint)section.Offset);
        Length = (nint)(section.Length / sizeof(T));
        _file = file;
        _fileOffset = section.Offset;
    }

    /// <summary>Gets the number of elements.</summary>
    public nint Length { get; }

    public override bool IsInvalid => handle == 0;

    /// <summary>Gets a part of the memory to write to; the buffer must be kept alive while it is used.</summary>
    /// <exception cref="InvalidOperationException">The memory is that of a file.</exception>
    public Span<T> Slice(nint start, int length)
    {
        Check(start, length);
        return _file is null ? new Span<T>((T*)handle + start, length) : throw new InvalidOperationException("Rows of a file are only read.");
    }

    /// <summary>Gets a part of the memory to read; the buffer must be kept alive while it is used.</summary>
    /// <exception cref="ModelFormatException">The file is damaged there.</exception>
    public ReadOnlySpan<T> Read(nint start, int length)
    {
        Check(start, length);
        _file?.Enter(_fileOffset + ((long)start * sizeof(T)), (long)length * sizeof(T));
        return new ReadOnlySpan<T>((T*)handle + start, length);
    }

    /// <summary>Sets the memory from an element on to zero.</summary>
    public void ClearFrom(nint start)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Length);
        NativeMemory.Clear((T*)handle + start, (nuint)(Length - start) * (nuint)sizeof(T));
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }

    private void Check(nint start, int length)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + length, Length);
    }
}
