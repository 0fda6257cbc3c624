using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftmaxGen.Tests.Memory;

/// <summary>
/// Native memory between two pages that nobody may touch: whoever reads or writes beyond either end of it is ended by the operating system, with the stack of
/// the call on the error output.
/// </summary>
internal sealed class GuardedMemory : IDisposable
{
    private const int ReadWrite = 3;
    private const int Read = 1;
    private const int PrivateAnonymous = 0x22;

    private readonly List<(nint Address, nint Length)> _regions = [];

    /// <summary>Gets or sets a value indicating whether spans end at a page that is guarded; else they begin at one.</summary>
    public bool EndsAtGuard { get; set; }

    /// <summary>Makes memory for a call to write to.</summary>
    public Span<T> Writable<T>(int length)
        where T : unmanaged => Map<T>(length, out _, out _);

    /// <summary>Copies numbers into memory that is only read.</summary>
    public ReadOnlySpan<T> ReadOnly<T>(ReadOnlySpan<T> content)
        where T : unmanaged
    {
        Span<T> copy = Map<T>(content.Length, out nint address, out nint bytes);
        content.CopyTo(copy);
        Check(Protect(address, bytes, Read));
        return copy;
    }

    /// <summary>Copies an array into memory that is only read.</summary>
    public ReadOnlySpan<T> ReadOnlyCopy<T>(T[]? array)
        where T : unmanaged => array is null ? default : ReadOnly<T>(array);

    /// <summary>Copies an array into memory to write to.</summary>
    public Span<T> WritableCopy<T>(T[]? array)
        where T : unmanaged
    {
        Span<T> copy = Writable<T>(array?.Length ?? 0);
        array.AsSpan().CopyTo(copy);
        return copy;
    }

    /// <summary>Gives the memory of all calls back.</summary>
    public void Release()
    {
        foreach ((nint address, nint length) in _regions)
        {
            Check(Unmap(address, length));
        }

        _regions.Clear();
    }

    public void Dispose() => Release();

    private Span<T> Map<T>(int length, out nint address, out nint inner)
        where T : unmanaged
    {
        nint page = Environment.SystemPageSize;
        nint bytes = (nint)length * Unsafe.SizeOf<T>();
        inner = Math.Max(1, (bytes + page - 1) / page) * page;
        nint region = Reserve(0, inner + (2 * page), 0, PrivateAnonymous, -1, 0);
        Check(region == -1 ? -1 : 0);
        _regions.Add((region, inner + (2 * page)));
        address = region + page;
        Check(Protect(address, inner, ReadWrite));
        nint start = EndsAtGuard ? address + inner - bytes : address;
        return MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref Unsafe.NullRef<T>(), start), length);
    }

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException($"The operating system refuses memory: error {Marshal.GetLastPInvokeError()}.");
        }
    }

#pragma warning disable SYSLIB1054 // The generated marshalling would ask for unsafe code.
    [DllImport("libc", EntryPoint = "mmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Reserve(nint address, nint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Protect(nint address, nint length, int protection);

    [DllImport("libc", EntryPoint = "munmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Unmap(nint address, nint length);
#pragma warning restore SYSLIB1054
}
