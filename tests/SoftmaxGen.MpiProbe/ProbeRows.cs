namespace SoftmaxGen.MpiProbe;

/// <summary>Rows that depend on their place alone, so that each rank makes its own.</summary>
internal static class ProbeRows
{
    private const int Block = 8192;

    /// <summary>Makes the set of some rows.</summary>
    /// <param name="share">The rows; the first one begins a block.</param>
    /// <returns>The set.</returns>
    public static TrainingSet<ProbeModel, double> Create(RankShare share)
    {
        const int Features = ProbeModel.Features;
        double[] rows = new double[share.Count * Features];
        int[] labels = new int[share.Count];
        for (int first = 0; first < labels.Length; first += Block)
        {
            var random = new Random((int)((share.First + first) / Block));
            for (int i = first; i < Math.Min(first + Block, labels.Length); i++)
            {
                double sum = 0;
                for (int k = 0; k < Features; k++)
                {
                    double x = random.NextDouble();
                    rows[(i * Features) + k] = x;
                    sum += x * (k % 3);
                }

                labels[i] = (int)(sum + (4 * random.NextDouble())) % ProbeModel.Classes;
            }
        }

        return ProbeModel.CreateTrainingSet(rows, labels);
    }
}
