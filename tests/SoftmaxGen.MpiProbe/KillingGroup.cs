using System.Diagnostics;

namespace SoftmaxGen.MpiProbe;

/// <summary>A group one of whose processes is killed in the middle: nothing of it is left that could say so.</summary>
/// <param name="group">The group.</param>
/// <param name="rank">The rank that is killed.</param>
/// <param name="gather">The number of the gather that it does not take part in.</param>
internal sealed class KillingGroup(IProcessGroup group, int rank, int gather) : IProcessGroup
{
    private int _gathers;

    /// <inheritdoc/>
    public int Rank => group.Rank;

    /// <inheritdoc/>
    public int Size => group.Size;

    /// <inheritdoc/>
    public void Gather(ReadOnlySpan<byte> own, ReadOnlySpan<int> lengths, Span<byte> all)
    {
        if (_gathers++ == gather && Rank == rank)
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
        }

        group.Gather(own, lengths, all);
    }
}
