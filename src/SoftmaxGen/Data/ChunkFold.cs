using System.Numerics;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Data;

/// <summary>What all folds of chunks have in common.</summary>
internal static class ChunkFold
{
    /// <summary>Says what a piece of a chunk amounts to; see <see cref="RowStore{T}.PiecesIn"/>.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="piece">The piece.</param>
    /// <param name="partial">What the pieces before amount to; receives that of this one, too.</param>
    public delegate void Summand(int chunk, int piece, double[] partial);

    /// <summary>Passes over the chunks of this process once, on the threads of its rows, and folds what they say over all chunks.</summary>
    /// <returns>The numbers of all chunks.</returns>
    public static double[] Run<T>(this IChunkFold fold, RowStore<T> rows, int length, Folding folding, Summand summand)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] total = new double[length];
        fold.Fold(new Pass<T>(rows, length, folding, summand).Run(), folding, default, default, total);
        return total;
    }

    /// <summary>Sets numbers to those of no chunk.</summary>
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

    private sealed class Pass<T> : ParallelLoop
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly RowStore<T> _rows;
        private readonly double[][] _partials;
        private readonly Summand _summand;

        public Pass(RowStore<T> rows, int length, Folding folding, Summand summand)
            : base(rows.ChunkCount)
        {
            _rows = rows;
            _summand = summand;
            _partials = new double[rows.ChunkCount][];
            for (int chunk = 0; chunk < _partials.Length; chunk++)
            {
                _partials[chunk] = new double[length];
                Begin(folding, _partials[chunk]);
            }
        }

        public double[][] Run()
        {
            Run(_rows.MaxThreads);
            return _partials;
        }

        protected override void Do(int part)
        {
            for (int piece = 0; piece < _rows.PiecesIn(part); piece++)
            {
                _summand(part, piece, _partials[part]);
            }
        }
    }
}
