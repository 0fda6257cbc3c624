using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Data;

/// <summary>What all folds of chunks have in common.</summary>
internal static class ChunkFold
{
    /// <summary>Says what a chunk amounts to.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="partial">Receives its numbers; those of no chunk before.</param>
    public delegate void Summand(int chunk, double[] partial);

    /// <summary>Says what rows amount to.</summary>
    /// <typeparam name="T">The type of the features.</typeparam>
    /// <param name="rows">The rows: a chunk, or a part of one behind those of the call before.</param>
    /// <param name="partial">What the rows before amount to; receives that of these rows, too.</param>
    public delegate void RowSummand<T>(PackedRows<T> rows, double[] partial)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Passes over the chunks of this process once, on the threads of its rows, and folds what their rows say over all chunks.</summary>
    /// <typeparam name="T">The type of the features.</typeparam>
    /// <param name="fold">The fold.</param>
    /// <param name="rows">The rows of this process.</param>
    /// <param name="length">The numbers of a chunk.</param>
    /// <param name="folding">How they are folded.</param>
    /// <param name="summand">Says what rows amount to.</param>
    /// <returns>The numbers of all chunks.</returns>
    public static double[] Run<T>(this IChunkFold fold, RowStore<T> rows, int length, Folding folding, RowSummand<T> summand)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => fold.RunOverChunks(rows, length, folding, (chunk, partial) =>
        {
            for (int piece = 0; piece < rows.PiecesIn(chunk); piece++)
            {
                summand(rows.Read(chunk, piece), partial);
            }
        });

    /// <summary>Passes over the chunks of this process once, on the threads of its rows, and folds what they say over all chunks.</summary>
    /// <typeparam name="T">The type of the features.</typeparam>
    /// <param name="fold">The fold.</param>
    /// <param name="rows">The rows of this process.</param>
    /// <param name="length">The numbers of a chunk.</param>
    /// <param name="folding">How they are folded.</param>
    /// <param name="summand">Says what a chunk amounts to.</param>
    /// <returns>The numbers of all chunks.</returns>
    public static double[] RunOverChunks<T>(this IChunkFold fold, RowStore<T> rows, int length, Folding folding, Summand summand)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] total = new double[length];
        fold.Fold(new ChunkPass(rows.ChunkCount, length, folding, summand).Run(rows.MaxThreads), folding, default, default, total);
        return total;
    }

    /// <summary>Sets numbers to those of no chunk.</summary>
    /// <param name="folding">How they are folded.</param>
    /// <param name="total">Receives the numbers.</param>
    public static void Begin(Folding folding, Span<double> total)
    {
        // No Fill: it would load vectors that a first fit does not need otherwise.
        total.Clear();
        for (int i = 0; folding == Folding.Largest && i < total.Length; i++)
        {
            total[i] = double.NegativeInfinity;
        }
    }

    /// <summary>Folds the next chunk in.</summary>
    /// <param name="folding">How it is folded.</param>
    /// <param name="partial">Its numbers.</param>
    /// <param name="total">The numbers of the chunks before it; receives those of the chunk, too.</param>
    public static void Add(Folding folding, ReadOnlySpan<double> partial, Span<double> total)
    {
        switch (folding)
        {
            case Folding.Sum:
                VectorAlgebra.AddScaled(1, partial, total);
                break;
            case Folding.Largest:
                for (int i = 0; i < total.Length; i++)
                {
                    total[i] = Math.Max(total[i], partial[i]);
                }

                break;
            default:
                if (total[0] == 0)
                {
                    partial.CopyTo(total);
                }

                break;
        }
    }

    private sealed class ChunkPass : ParallelLoop
    {
        private readonly double[][] _partials;
        private readonly Summand _summand;

        public ChunkPass(int chunks, int length, Folding folding, Summand summand)
            : base(chunks)
        {
            _summand = summand;
            _partials = new double[chunks][];
            for (int chunk = 0; chunk < chunks; chunk++)
            {
                _partials[chunk] = new double[length];
                Begin(folding, _partials[chunk]);
            }
        }

        public new double[][] Run(int maxThreads)
        {
            base.Run(maxThreads);
            return _partials;
        }

        protected override void Do(int part) => _summand(part, _partials[part]);
    }
}
