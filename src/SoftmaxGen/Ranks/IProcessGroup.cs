namespace SoftmaxGen;

/// <summary>
/// Processes that train one model together, each with its part of the rows: all that an engine of message passing has to give. The package
/// <c>SoftmaxGen.Mpi</c> gives it for MPI. The library never lets the engine add, whose order of terms would show in the bits of the weights.
/// </summary>
/// <remarks>Not called by several threads at once.</remarks>
public interface IProcessGroup
{
    /// <summary>Gets the number of this process, from 0 on.</summary>
    int Rank { get; }

    /// <summary>Gets the number of processes.</summary>
    int Size { get; }

    /// <summary>
    /// Gathers bytes of all ranks on all ranks. Returns when those of every rank have arrived, and throws where they never will. All ranks call it the same
    /// number of times, with the same <paramref name="lengths"/>.
    /// </summary>
    /// <param name="own">The bytes of this rank, as many as <paramref name="lengths"/> says of it.</param>
    /// <param name="lengths">The number of bytes of each rank.</param>
    /// <param name="all">Receives the bytes of all ranks, in the order of the ranks: as many as the lengths add up to.</param>
    void Gather(ReadOnlySpan<byte> own, ReadOnlySpan<int> lengths, Span<byte> all);
}
