namespace SoftmaxGen.Generator.Planning;

/// <summary>The size of the emitted method <c>Scores</c>.</summary>
internal static class ScoreStageSize
{
    /// <summary>Estimates the method, which fetches the next tile whole; what it leaves to the gradient stage is little.</summary>
    public static CodeSize Of(ScoreTile tile, int contrasts, int features, int vectorsPerBlock)
    {
        int rest = contrasts % tile.Contrasts;
        int linesPerFeature = tile.LinesPerFeature(contrasts, vectorsPerBlock);
        CodeSize passes = Pass(tile, tile.Contrasts, features, linesPerFeature);
        if (contrasts / tile.Contrasts > 1)
        {
            passes += StatementSizes.Loop;
        }

        if (rest > 0)
        {
            passes += Pass(tile, rest, features, linesPerFeature);
        }

        // The loop over the blocks counts down its argument, and moves three references on.
        CodeSize blocks = (StatementSizes.Loop with { Locals = 0 }) + (3 * StatementSizes.Advance);
        return blocks + passes;
    }

    private static CodeSize Pass(ScoreTile tile, int contrasts, int features, int linesPerFeature)
    {
        CodeSize accumulators = contrasts * (StatementSizes.Load
            + ((tile.Vectors - 1) * StatementSizes.Copy)
            + (tile.Vectors * (tile.Chains - 1) * StatementSizes.Zero));
        CodeSize stores = tile.Vectors * contrasts * (StatementSizes.Store + ((tile.Chains - 1) * StatementSizes.Term));
        return (4 * StatementSizes.Reference) + accumulators + Features(tile, contrasts, features, linesPerFeature) + stores;
    }

    private static CodeSize Features(ScoreTile tile, int contrasts, int features, int linesPerFeature)
    {
        CodeSize feature = (linesPerFeature * StatementSizes.Prefetch)
            + (tile.Vectors * StatementSizes.Load)
            + (contrasts * (StatementSizes.Weight + (tile.Vectors * StatementSizes.MultiplyWeight)));
        if (tile.UnrolledFeatures == features)
        {
            return features * feature;
        }

        CodeSize loop = StatementSizes.Loop + (tile.UnrolledFeatures * feature) + (3 * StatementSizes.Advance);
        return StatementSizes.Advance + loop + (features % tile.UnrolledFeatures * feature);
    }
}
