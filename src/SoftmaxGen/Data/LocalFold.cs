using System.Numerics;

namespace SoftmaxGen.Data;

/// <summary>The fold of chunks that are all in this process.</summary>
internal sealed class LocalFold(long rows) : IChunkFold
{
    /// <inheritdoc/>
    public long RowCount => rows;

    /// <inheritdoc/>
    public bool IsWhole => true;

    /// <inheritdoc/>
    public bool IsFirst => true;

    /// <inheritdoc/>
    public void Fold(double[][] partials, Folding folding, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> total)
    {
        ChunkFold.Begin(folding, total);
        foreach (double[] partial in partials)
        {
            ChunkFold.Add(folding, partial, total);
        }
    }

    /// <inheritdoc/>
    public (int First, int End) Share(int chunks) => (0, chunks);

    /// <inheritdoc/>
    public void Visit<T>(RowStore<T> rows, long stride, RowVisitor visitor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => rows.Visit(0, stride, visitor);

    /// <inheritdoc/>
    public ReadOnlySpan<double> Hear(ReadOnlySpan<double> numbers) => numbers;

    /// <inheritdoc/>
    public void Confirm(ReadOnlySpan<double> weights)
    {
    }

    /// <inheritdoc/>
    public void Tell(Exception failure)
    {
    }
}
