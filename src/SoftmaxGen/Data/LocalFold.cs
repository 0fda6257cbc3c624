using System.Numerics;

namespace SoftmaxGen.Data;

/// <summary>The fold of chunks that are all in this process.</summary>
internal sealed class LocalFold(long rows) : IChunkFold
{
    public long RowCount => rows;

    public bool IsWhole => true;

    public bool IsFirst => true;

    public void Fold(double[][] partials, Folding folding, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> total)
    {
        ChunkFold.Begin(folding, total);
        foreach (double[] partial in partials)
        {
            ChunkFold.Add(folding, partial, total);
        }
    }

    public (int First, int End) Share(int chunks) => (0, chunks);

    public void Visit<T>(RowStore<T> rows, long stride, RowVisitor visitor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => rows.Visit(0, stride, visitor);

    public ReadOnlySpan<double> Hear(ReadOnlySpan<double> numbers) => numbers;

    public void Confirm(ReadOnlySpan<double> weights)
    {
    }

    public void Tell(Exception failure)
    {
    }
}
