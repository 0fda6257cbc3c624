using System.Text;

namespace SoftmaxGen.Mpi;

/// <summary>
/// The processes of an MPI job, which <c>mpirun</c>, Slurm or Kubernetes has started: Open MPI, MPICH, or what shares the binary interface of one of them. A
/// program that was started alone is a group of one.
/// </summary>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/scale.md#ranks">training on several machines</see>.</remarks>
/// <example>
/// <code>
/// return MpiProcessGroup.Run(static group =&gt;
/// {
///     RankShare share = group.ShareOf(rowCount);
///     using TrainingSet&lt;IrisModel, double&gt; part = IrisModel.CreateTrainingSet(ReadRows(share), ReadLabels(share));
///     using TrainingSet&lt;IrisModel, double&gt; all = part.Join(group);
///     TrainingResult&lt;IrisModel&gt; result = SoftmaxTrainer.Train(all);
///     if (group.Rank == 0)
///     {
///         result.Save("iris.softmax.json");
///     }
/// });
/// </code>
/// </example>
public sealed unsafe class MpiProcessGroup : IProcessGroup
{
    private readonly int[] _offsets;

    private MpiProcessGroup()
    {
        Native.Require(Native.CommRank(MpiLibrary.World, out int rank));
        Native.Require(Native.CommSize(MpiLibrary.World, out int size));
        (Rank, Size) = (rank, size);
        _offsets = new int[size];
        byte* text = stackalloc byte[8192];
        Native.Require(Native.GetLibraryVersion(text, out int length));
        Library = Encoding.UTF8.GetString(text, length).TrimEnd('\0').Split('\n', ',')[0].Replace("Version:\t", "", StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <summary>Gets the name and the version of the MPI library.</summary>
    public string Library { get; }

    /// <summary>
    /// Runs the work of this process, once in the life of it: starts MPI, and ends it when all processes have done their work. Where the work throws, the
    /// exception is written to the standard error and the whole job ends, so that no other process waits for this one.
    /// </summary>
    /// <param name="work">The work. It calls the group from one thread at a time.</param>
    /// <returns>The exit code of the process: 0.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="DllNotFoundException">There is no MPI library; the message says how to get one.</exception>
    /// <exception cref="InvalidOperationException">MPI was started before in this process.</exception>
    public static int Run(Action<MpiProcessGroup> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Native.Require(Native.Initialized(out int isInitialized));
        if (isInitialized != 0)
        {
            throw new InvalidOperationException("MPI was started before in this process, and can be started only once.");
        }

        Native.Require(Native.InitThread(0, 0, Native.Serialized, out _));
        var group = new MpiProcessGroup();
        try
        {
            work(group);
            group.Leave();
        }
#pragma warning disable CA1031 // Whatever it is, the others must not wait for this process.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Console.Error.WriteLine($"Rank {group.Rank} of {group.Size} has failed: {failure}");
            Console.Error.Flush();
            return Native.Abort(MpiLibrary.World, 1);
        }

        return Native.Finish();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The lengths do not fit the bytes or the group.</exception>
    public void Gather(ReadOnlySpan<byte> own, ReadOnlySpan<int> lengths, Span<byte> all)
    {
        if (lengths.Length != Size || own.Length != lengths[Rank])
        {
            throw new ArgumentException("There must be a length for each rank, and as many bytes of this one as its length says.", nameof(lengths));
        }

        int total = 0;
        for (int rank = 0; rank < Size; rank++)
        {
            _offsets[rank] = total;
            total = checked(total + lengths[rank]);
        }

        if (all.Length != total)
        {
            throw new ArgumentException($"The ranks have {total} bytes together; there is room for {all.Length}.", nameof(all));
        }

        fixed (byte* ownStart = own)
        fixed (byte* allStart = all)
        fixed (int* counts = lengths)
        fixed (int* offsets = _offsets)
        {
            Native.Require(Native.AllGather(ownStart, own.Length, MpiLibrary.Byte, allStart, counts, offsets, MpiLibrary.Byte, MpiLibrary.World));
        }
    }
}
