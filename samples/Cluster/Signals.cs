using SoftmaxGen;

namespace Cluster;

/// <summary>Rows made up by their numbers alone, so that each rank makes its own and they are the same however many ranks there are.</summary>
internal static class Signals
{
    private const int BlockRows = 8192;

    /// <summary>Makes the training set of some rows.</summary>
    /// <param name="share">The rows.</param>
    /// <returns>The set.</returns>
    public static TrainingSet<SignalModel, double> Create(RankShare share)
    {
        double[] rows = new double[share.Count * SignalModel.Features];
        int[] labels = new int[share.Count];

        // Shares are cut at multiples of 8,192 rows: each block has a seed of its own.
        for (int first = 0; first < labels.Length; first += BlockRows)
        {
            var random = new Random((int)((share.First + first) / BlockRows));
            for (int row = first; row < Math.Min(first + BlockRows, labels.Length); row++)
            {
                labels[row] = Draw(random, rows.AsSpan(row * SignalModel.Features, SignalModel.Features));
            }
        }

        return SignalModel.CreateTrainingSet(rows, labels);
    }

    // Each kind has a wave of its own, and there is noise.
    private static int Draw(Random random, Span<double> signal)
    {
        int kind = random.Next(SignalModel.Classes);
        for (int k = 0; k < signal.Length; k++)
        {
            signal[k] = Math.Sin((kind + 1) * k) + (6 * (random.NextDouble() - random.NextDouble()));
        }

        return kind;
    }
}
