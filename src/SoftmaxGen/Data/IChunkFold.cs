using System.Numerics;

namespace SoftmaxGen.Data;

/// <summary>
/// Makes one whole of what the chunks of a training set say, each by itself: every pass over rows, for losses, derivatives, moments or totals, fills in
/// numbers for each chunk and hands them over here. Whoever computes the numbers, and in which order, leaves no trace in the result, because the chunks are
/// folded in their own order.
/// </summary>
internal interface IChunkFold
{
    /// <summary>Gets the number of rows, of all chunks.</summary>
    long RowCount { get; }

    /// <summary>Gets a value indicating whether all chunks are in this process.</summary>
    bool IsWhole { get; }

    /// <summary>Folds numbers over all chunks.</summary>
    /// <param name="partials">The numbers of each chunk of this process, in their order.</param>
    /// <param name="folding">How they are folded.</param>
    /// <param name="weights">What the numbers were computed at; no others may be folded with them.</param>
    /// <param name="direction">The rest of it.</param>
    /// <param name="total">Receives the numbers of all chunks.</param>
    void Fold(double[][] partials, Folding folding, ReadOnlySpan<double> weights, ReadOnlySpan<double> direction, Span<double> total);

    /// <summary>Shares out chunks of rows that every process has, in their order, so that none is summed twice.</summary>
    /// <returns>The first chunk of this process, and the one behind its last.</returns>
    (int First, int End) Share(int chunks);

    /// <summary>Visits rows of positive weight of all chunks, in their order, until the visitor has seen enough.</summary>
    void Visit<T>(RowStore<T> rows, long stride, RowVisitor visitor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Gets a value indicating whether this is the first process, whose word counts.</summary>
    bool IsFirst { get; }

    /// <summary>Lets the first process say what the others cannot know, or might see differently.</summary>
    /// <param name="numbers">What it says; what others say is not heard.</param>
    /// <returns>What the first one says; until the next call.</returns>
    ReadOnlySpan<double> Hear(ReadOnlySpan<double> numbers);

    /// <summary>Makes sure that all processes have come to the same end.</summary>
    void Confirm(ReadOnlySpan<double> weights);

    /// <summary>Tells the other processes that this one does not go on.</summary>
    void Tell(Exception failure);
}
