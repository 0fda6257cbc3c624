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

    // Two row vectors at once: the turns that divide are written twice, the second time for the last row vector.
    private static readonly CodeSize _overlapping = new(3, 93, 18, 427, 45);
    private static readonly CodeSize _overlappingContrast = new(2, 36, 6, 240, 12);

    // Weighted rows need their own logarithm: one sum in the place of a product, its exponents and a second sum.
    private static readonly CodeSize _weighted = new(1, -10, -1, -30, -6);
    private static readonly CodeSize _weightedContrast = new(0, 1, 0, -4, 0);

    public static CodeSize Of(SoftmaxTile tile, int contrasts, bool weighted)
    {
        int rest = contrasts % tile.ContrastsPerTurn;
        int written = tile.ContrastsPerTurn + rest;
        CodeSize size = tile.ContrastsPerTurn == contrasts ? _straight + (written * _straightContrast)
            : tile.OverlapsDivision ? _overlapping + (written * _overlappingContrast)
            : _looped + (written * _loopedContrast);
        if (rest > 0)
        {
            size += _rest;
        }

        return weighted ? size + _weighted + (written * _weightedContrast) : size;
    }
}
