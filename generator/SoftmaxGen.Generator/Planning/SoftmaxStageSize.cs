namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// The size of the emitted methods <c>Softmax</c> and <c>WeightedSoftmax</c>. Their statements are few and long, so that the constants are
/// not those of statements but a line through the measured sizes of the compiled methods, for 1 to 10 contrasts without the loop and 5 to 7 in it.
/// </summary>
internal static class SoftmaxStageSize
{
    // Straight: everything but what each contrast adds, and that.
    private static readonly CodeSize _straight = new(1, 38, 8, 184, 20);
    private static readonly CodeSize _straightContrast = new(3, 17, 2, 126, 4);

    // Looped: the same, and what the contrasts left over by the loop take besides.
    private static readonly CodeSize _looped = new(1, 68, 15, 346, 32);
    private static readonly CodeSize _loopedContrast = new(3, 21, 3, 148, 6);
    private static readonly CodeSize _rest = new(0, 4, 0, 20, 2);

    // Two row vectors at once: what divides is written twice, the second time for the last row vector. Exponentials begun in one turn and ended in the next
    // share the locals of those before; after a turn of too few they move.
    private static readonly CodeSize _overlapping = new(0, 61, 19, 290, 25);
    private static readonly CodeSize _overlappingContrast = new(2, 20, 3, 140, 8);
    private static readonly CodeSize _shift = new(0, 16, 0, 40, 2 * SoftmaxTile.ContrastsAhead);

    // Weighted rows need their own logarithm: one sum in the place of a product, its exponents and a second sum.
    private static readonly CodeSize _weighted = new(1, -10, -1, -30, -6);
    private static readonly CodeSize _weightedContrast = new(0, 1, 0, -4, 0);

    public static CodeSize Of(SoftmaxTile tile, int contrasts, bool weighted)
    {
        int rest = contrasts % tile.ContrastsPerTurn;
        if (tile.OverlapsDivision)
        {
            return _overlapping + OverlappingTurn(tile.ContrastsPerTurn) + OverlappingTurn(rest);
        }

        int written = tile.ContrastsPerTurn + rest;
        CodeSize size = tile.ContrastsPerTurn == contrasts ? _straight + (written * _straightContrast) : _looped + (written * _loopedContrast);
        if (rest > 0)
        {
            size += _rest;
        }

        return weighted ? size + _weighted + (written * _weightedContrast) : size;
    }

    private static CodeSize OverlappingTurn(int count)
    {
        CodeSize size = count * _overlappingContrast;
        return count >= SoftmaxTile.ContrastsAhead ? size with { Locals = size.Locals - (2 * SoftmaxTile.ContrastsAhead) }
            : count > 0 ? size + _shift
            : size;
    }
}
