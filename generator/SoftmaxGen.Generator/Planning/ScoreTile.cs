namespace SoftmaxGen.Generator.Planning;

/// <summary>The score stage holds <c>Vectors x Contrasts x Chains</c> accumulators and runs over the features.</summary>
/// <param name="Vectors">Row vectors per step; whole blocks.</param>
/// <param name="Contrasts">Contrasts per pass over the features.</param>
/// <param name="Chains">Independent sums per contrast, for long rows with too few contrasts to hide the latency of an addition.</param>
/// <param name="UnrolledFeatures">Features per turn of the loop over the features; all of them when there is no loop.</param>
internal sealed record ScoreTile(int Vectors, int Contrasts, int Chains, int UnrolledFeatures)
{
    /// <summary>
    /// Chooses the tile with the fewest estimated cycles per row vector and feature. Both ports multiply and both load, so a step
    /// costs half of the larger of its multiplications (<c>vectors * contrasts</c>) and its loads (<c>vectors + contrasts</c>);
    /// with fewer than 8 accumulators the 4 cycles of latency of a multiply-add show.
    /// </summary>
    public static ScoreTile Choose(Shape shape, VectorTarget target)
    {
        int mostAccumulators = MostAccumulators(shape, target);
        (int Vectors, int Contrasts) best = (target.VectorsPerBlock, 1);
        double bestCost = double.MaxValue;
        for (int vectors = target.VectorsPerBlock; vectors <= Math.Max(4, target.VectorsPerBlock); vectors += vectors)
        {
            for (int chunk = 1; chunk <= shape.Contrasts; chunk++)
            {
                // One register holds the broadcast weight.
                if (vectors * chunk > mostAccumulators || (vectors * chunk) + vectors + 1 > target.FreeRegisters)
                {
                    break;
                }

                double cost = CostPerVectorAndFeature(shape.Contrasts, chunk, vectors);
                if (cost < bestCost - 1e-9)
                {
                    (best, bestCost) = ((vectors, chunk), cost);
                }
            }
        }

        int accumulators = best.Vectors * best.Contrasts;
        int chains = ChooseChains(shape.Features, accumulators);
        return new ScoreTile(best.Vectors, best.Contrasts, chains, Unroll(shape.Features, accumulators, chains));
    }

    /// <summary>
    /// Cache lines of the next tile to fetch with each feature: a step's passes share the lines of as many blocks.
    /// </summary>
    public int LinesPerFeature(Shape shape, VectorTarget target)
    {
        int blocks = Vectors / target.VectorsPerBlock;
        int passes = ((shape.Contrasts - 1) / Contrasts) + 1;
        return Math.Max(1, blocks / passes);
    }

    /// <summary>
    /// Where the weight of a contrast, counted from 1, lies among those prepared for the passes: column by column, a pass's contrasts side by side.
    /// </summary>
    public int WeightOffset(Shape shape, int contrast, int column)
    {
        int first = (contrast - 1) / Contrasts * Contrasts;
        return (first * shape.Columns) + (column * Math.Min(Contrasts, shape.Contrasts - first)) + (contrast - 1 - first);
    }

    // Contrasts that need several passes anyway are better taken a few at a time, with as many stores but fewer in a row, as long as the rows, which every
    // pass reads again, stay in the nearest cache.
    private static int MostAccumulators(Shape shape, VectorTarget target)
    {
        const int OfSeveralPasses = 14;
        const int ShortRow = 64;
        bool isOnePass = (2 * shape.Contrasts) + 2 + 1 <= target.FreeRegisters;
        return isOnePass || shape.Features > ShortRow ? target.FreeRegisters : OfSeveralPasses;
    }

    // Short rows leave several steps in flight at once, which hides the latency without further sums.
    private static int ChooseChains(int features, int accumulators)
    {
        const int LongRow = 16;
        const int InFlight = 8;
        return features >= LongRow && accumulators < InFlight ? 2 : 1;
    }

    private static double CostPerVectorAndFeature(int contrasts, int chunk, int vectors)
    {
        int whole = contrasts / chunk;
        int rest = contrasts % chunk;
        double cost = whole * CostOfStep(chunk, vectors);
        if (rest > 0)
        {
            cost += CostOfStep(rest, vectors);
        }

        return cost / vectors;
    }

    private static double CostOfStep(int chunk, int vectors)
    {
        const double LoopOverhead = 0.5;
        double multiplications = vectors * chunk / 2.0;
        double loads = (vectors + chunk) / 2.0;
        return Math.Max(Math.Max(multiplications, loads), 2) + LoopOverhead;
    }

    // A turn of the loop is worth its branch when it multiplies some 16 times; what fits in 96 multiplications needs no loop at all.
    private static int Unroll(int features, int accumulators, int chains)
    {
        const int NoLoop = 96;
        const int PerTurn = 16;
        return features * accumulators <= NoLoop
            ? features
            : Math.Min(features, Math.Max(chains, ((PerTurn - 1) / accumulators) + 1));
    }
}
