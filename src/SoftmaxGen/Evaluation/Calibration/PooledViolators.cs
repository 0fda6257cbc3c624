namespace SoftmaxGen;

/// <summary>
/// Isotonic regression of 0 and 1 by pooling adjacent violators: neighbours whose mean falls are merged until all means rise. Linear in the number of
/// scores.
/// </summary>
internal static class PooledViolators
{
    /// <summary>Finds the rising function with the least squares.</summary>
    /// <param name="steps">The rows, by descending scores.</param>
    /// <returns>The distinct scores, ascending, and the means; points whose neighbours on both sides have the same mean are left out.</returns>
    public static (double[] Scores, double[] Means) Fit(ScoreSteps steps)
    {
        // From the highest score down the means must not rise.
        var pools = new Stack<Pool>();
        ScoreSteps.Step last = default;
        foreach (ScoreSteps.Step step in steps.Steps)
        {
            var pool = new Pool(step.Threshold, step.Threshold, step.TruePositives - last.TruePositives, step.FalsePositives - last.FalsePositives);
            while (pools.TryPeek(out Pool before) && pool.Mean >= before.Mean)
            {
                pool = new Pool(
                    pool.Lowest, before.Highest, pool.Positives + before.Positives, pool.Negatives + before.Negatives);
                pools.Pop();
            }

            pools.Push(pool);
            last = step;
        }

        var scores = new List<double>();
        var means = new List<double>();
        foreach (Pool pool in pools)
        {
            Add(pool.Lowest, pool.Mean);
            if (pool.Highest > pool.Lowest)
            {
                Add(pool.Highest, pool.Mean);
            }
        }

        return ([.. scores], [.. means]);

        void Add(double score, double mean)
        {
            scores.Add(score);
            means.Add(mean);
        }
    }

    /// <summary>Neighbouring scores with one mean.</summary>
    private readonly record struct Pool(double Lowest, double Highest, double Positives, double Negatives)
    {
        /// <summary>Gets the share of the positive rows.</summary>
        public double Mean => Positives / (Positives + Negatives);
    }
}
