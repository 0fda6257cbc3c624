using System.Runtime.InteropServices;

namespace SoftmaxGen.Data;

/// <summary>
/// Large pages for large buffers. A system that hands out fresh memory in pages of 4 KiB stops at each for about 250 ns, which is most of the time of packing
/// rows into 32 MiB and more, and looks up the address of each in a table that the processor's own copy is too small for.
/// </summary>
internal static unsafe partial class HugePages
{
    /// <summary>The size of a large page on Linux, x64 and Arm with small pages of 4 KiB.</summary>
    public const nuint Bytes = 2 << 20;

    // From the system's header <sys/mman.h>.
    private const int AdviseHugePages = 14;

    /// <summary>Asks the system to back memory with large pages, where there is such a system. Its answer changes nothing but speed.</summary>
    /// <param name="start">The first byte, on a boundary of <see cref="Bytes"/>.</param>
    /// <param name="length">The number of bytes.</param>
    public static void Advise(void* start, nuint length)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = AdviseMemory(start, length, AdviseHugePages);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name: small pages do, too.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int AdviseMemory(void* start, nuint length, int advice);
}
