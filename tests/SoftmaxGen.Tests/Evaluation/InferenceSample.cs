namespace SoftmaxGen.Tests.Evaluations;

/// <summary>
/// Rows whose labels are drawn with the probabilities of a random model, so that there is an optimum. Features are multiples of 1/1024 between -2 and 2:
/// offsets and scales that are powers of two leave the same data.
/// </summary>
internal sealed record InferenceSample(ModelShape Shape, double[] Rows, int[] ClassIndices, double[] RowWeights)
{
    public int[] Labels => Array.ConvertAll(ClassIndices, index => index + Shape.FirstLabel);

    /// <summary>Draws a sample.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="bits">The features are rounded to multiples of 2 to the power of two less.</param>
    public static InferenceSample Draw(ModelShape shape, int rowCount, int seed, int bits = 12)
    {
        var random = new Random(seed);
        double unit = Math.Pow(2, 2 - bits);
        double[] weights = [.. Enumerable.Range(0, shape.ParameterCount).Select(_ => (2 * random.NextDouble()) - 1)];
        double[] rows = [.. Enumerable.Range(0, rowCount * shape.Features).Select(_ => unit * (random.Next(1 << bits) - (1 << (bits - 1))))];
        int[] classIndices = [.. Enumerable.Range(0, rowCount).Select(row =>
        {
            double[] p = Oracles.PlainSoftmax.Probabilities(Oracles.PlainSoftmax.Scores(weights, rows.AsSpan(row * shape.Features, shape.Features)));
            double u = random.NextDouble();
            int y = 0;
            while (y < p.Length - 1 && u >= p[y])
            {
                u -= p[y++];
            }

            return y;
        })];
        return new InferenceSample(shape, rows, classIndices, [.. classIndices.Select(_ => 1.0 + random.Next(3))]);
    }
}
