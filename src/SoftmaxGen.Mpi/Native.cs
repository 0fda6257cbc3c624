using System.Globalization;
using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace SoftmaxGen.Mpi;

/// <summary>What of MPI is called. Each function returns 0, or the number of an error; by MPI's default errors end the job where they happen.</summary>
internal static unsafe partial class Native
{
    /// <summary>One thread calls at a time.</summary>
    public const int Serialized = 2;

    static Native() => MpiLibrary.Register();

    /// <summary>Makes sure that a call has done what it was asked to.</summary>
    /// <exception cref="InvalidOperationException">It has not.</exception>
    public static void Require(int error)
    {
        if (error != 0)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"MPI has returned the error {error}."));
        }
    }

    /// <summary>Tells whether MPI was started before: 1 where it was.</summary>
    [LibraryImport(MpiLibrary.Name, EntryPoint = "MPI_Initialized")]
    public static partial int Initialized(out int flag);

    /// <summary>Starts MPI; the arguments may be 0.</summary>
    [LibraryImport(MpiLibrary.Name, EntryPoint = "MPI_Init_thread")]
    public static partial int InitThread(nint argumentCount, nint arguments, int required, out int provided);

    /// <summary>Gets the number of this process.</summary>
    [LibraryImport(MpiLibrary.Name, EntryPoint = "MPI_Comm_rank")]
    public static partial int CommRank(nint communicator, out int rank);

    /// <summary>Gets the number of processes.</summary>
    [LibraryImport(MpiLibrary.Name, EntryPoint = "MPI_Comm_size")]
    public static partial int CommSize(nint communicator, out int size);

    /// <summary>Gathers bytes of all processes on all of them.</summary>
    [LibraryImport(MpiLibrary.Name, EntryPoint = "MPI_Allgatherv")]
    public static partial int AllGather(byte* own, int ownCount, nint ownType, byte* all, int* counts, int* offsets, nint type, nint communicator);

    /// <summary>Ends MPI, when all processes do.</summary>
    [LibraryImport(MpiLibrary.Name, EntryPoint = "MPI_Finalize")]
    public static partial int Finish();

    /// <summary>Ends the job, all processes of it, and does not come back.</summary>
    [LibraryImport(MpiLibrary.Name, EntryPoint = "MPI_Abort")]
    public static partial int Abort(nint communicator, int code);

    /// <summary>Gets the name and the version of the library, at most 8,192 bytes.</summary>
    [LibraryImport(MpiLibrary.Name, EntryPoint = "MPI_Get_library_version")]
    public static partial int GetLibraryVersion(byte* text, out int length);
}
