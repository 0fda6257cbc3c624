using System.Runtime.InteropServices;

namespace SoftmaxGen.Data;

/// <summary>
/// Tells the system how memory is going to be used, where there is a system that listens: Linux. Its answer changes nothing but speed and how much of a file
/// is in memory.
/// </summary>
internal static unsafe partial class MemoryAdvice
{
    /// <summary>The size of a large page on Linux, x64 and Arm with small pages of 4 KiB.</summary>
    public const nuint HugePageBytes = 2 << 20;

    // From the system's header <sys/mman.h>.
    private const int Sequential = 2;
    private const int DoNotNeed = 4;
    private const int HugePage = 14;

    /// <summary>
    /// Asks for large pages. A system that hands out fresh memory in pages of 4 KiB stops at each for about 250 ns, which is most of the time of packing rows
    /// into 32 MiB and more, and looks up the address of each in a table that the processor's own copy is too small for.
    /// </summary>
    /// <param name="start">The first byte, on a boundary of <see cref="HugePageBytes"/>.</param>
    /// <param name="length">The number of bytes.</param>
    public static void UseHugePages(void* start, nuint length) => Advise(start, length, HugePage);

    /// <summary>Announces that a mapped file is read from front to back, so that the system reads ahead.</summary>
    public static void ReadAhead(void* start, nuint length) => Advise(start, length, Sequential);

    /// <summary>
    /// Takes a mapped file, which is only read, out of the memory of the process. Whoever reads on finds the same bytes, in the cache of the system or in the
    /// file.
    /// </summary>
    public static void Drop(void* start, nuint length) => Advise(start, length, DoNotNeed);

    private static void Advise(void* start, nuint length, int advice)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = AdviseMemory(start, length, advice);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name: the memory serves without advice, too.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int AdviseMemory(void* start, nuint length, int advice);
}
