using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace SoftmaxGen.Mpi;

/// <summary>
/// The MPI library of the system, and its handles. Open MPI's are addresses of objects that it exports; those of MPICH and of all that share its binary
/// interface, as Intel's and Cray's, are numbers. Both pass for <see langword="nint"/>: a register holds either.
/// </summary>
internal static class MpiLibrary
{
    /// <summary>The name that imports give it.</summary>
    public const string Name = "mpi";

    /// <summary>The environment variable with the path of the library to load, for those that are found in no other way.</summary>
    public const string PathVariable = "SOFTMAXGEN_MPI";

    // Numbers of MPICH's mpi.h.
    private const nint MpichWorld = 0x44000000;
    private const nint MpichByte = 0x4c00010d;

    private static readonly string[] _openMpi = ["libmpi.so.40", "libmpi.so.80", "libmpi.40.dylib", "libmpi.80.dylib"];
    private static readonly string[] _mpich = ["libmpich.so.12", "libmpi.so.12", "libmpi.12.dylib", "libpmpi.12.dylib"];

    private static readonly nint _handle = Load();

    /// <summary>Gets the communicator of all processes.</summary>
    public static nint World { get; } = IsOpenMpi ? NativeLibrary.GetExport(_handle, "ompi_mpi_comm_world") : MpichWorld;

    /// <summary>Gets the type of a byte.</summary>
    public static nint Byte { get; } = IsOpenMpi ? NativeLibrary.GetExport(_handle, "ompi_mpi_byte") : MpichByte;

    private static bool IsOpenMpi => NativeLibrary.TryGetExport(_handle, "ompi_mpi_comm_world", out _);

    /// <summary>Finds the library for the imports of this assembly.</summary>
    public static void Register() =>
        NativeLibrary.SetDllImportResolver(typeof(MpiLibrary).Assembly, static (name, _, _) => name == Name ? _handle : 0);

    /// <summary>
    /// Lists the files that may be the library. What has started this process tells which of two comes first: the launcher of one knows nothing of the ranks of
    /// the other.
    /// </summary>
    internal static IEnumerable<string> Candidates(Func<string, string?> variable)
    {
        if (variable(PathVariable) is { Length: > 0 } path)
        {
            return [path];
        }

        bool isMpichFirst = variable("OMPI_COMM_WORLD_SIZE") is null && (variable("PMI_RANK") is not null || variable("PMI_FD") is not null);
        return isMpichFirst ? [.. _mpich, .. _openMpi, "libmpi.so"] : [.. _openMpi, .. _mpich, "libmpi.so"];
    }

    private static nint Load()
    {
        List<string> candidates = [.. Candidates(Environment.GetEnvironmentVariable)];
        foreach (string candidate in candidates)
        {
            if (NativeLibrary.TryLoad(candidate, Assembly.GetExecutingAssembly(), searchPath: null, out nint handle)
                && NativeLibrary.TryGetExport(handle, "MPI_Init_thread", out _))
            {
                return handle;
            }
        }

        throw new DllNotFoundException(string.Create(
            CultureInfo.InvariantCulture,
            $"No MPI library was found. Install Open MPI or MPICH (on Debian: apt-get install openmpi-bin, or mpich), or set {PathVariable} to the path of the "
            + $"library. Looked for {string.Join(", ", candidates)}."));
    }
}
