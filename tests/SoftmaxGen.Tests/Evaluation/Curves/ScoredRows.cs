namespace SoftmaxGen.Tests.Evaluations.Curves;

/// <summary>Random scores with many ties, labels and whole weights, of both kinds of which some row counts.</summary>
internal sealed record ScoredRows(double[] Scores, bool[] Positive, double[] Weights)
{
    /// <summary>Makes rows; the same ones for the same seed. A third have weights, of which some are 0; a few have one score for all rows.</summary>
    public static ScoredRows Of(int seed)
    {
        Random random = new(seed);
        int count = random.Next(2, 30);
        int distinct = random.Next(1, 12);
        double[] scores = [.. Enumerable.Range(0, count).Select(_ => (random.Next(distinct) - (distinct / 2)) / 4.0)];
        bool[] positive = [.. Enumerable.Range(0, count).Select(_ => random.Next(3) == 0)];
        double[] weights = seed % 3 > 0 ? [] : [.. Enumerable.Range(0, count).Select(_ => (double)random.Next(4))];
        (positive[0], positive[1]) = (true, false);
        if (weights.Length > 0)
        {
            (weights[0], weights[1]) = (2, 1);
        }

        return new ScoredRows(scores, positive, weights);
    }

    /// <summary>Gets the weights as whole numbers, 1 where there are none.</summary>
    public long[] Counts => [.. Scores.Select((_, row) => Weights.Length == 0 ? 1 : (long)Weights[row])];

    /// <summary>Counts rows.</summary>
    public long Count(Func<double, bool, bool> which) => Counts.Where((_, row) => which(Scores[row], Positive[row])).Sum();

    /// <summary>Gets the distinct scores of rows that count, descending.</summary>
    public double[] Thresholds => [.. Scores.Where((_, row) => Counts[row] > 0).Distinct().OrderDescending()];
}
