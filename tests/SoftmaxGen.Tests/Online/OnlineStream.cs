using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Online;

/// <summary>A stationary stream of rows with classes, counted from 0.</summary>
internal sealed record OnlineStream(double[] Rows, int[] Labels)
{
    public int Features => Rows.Length / Labels.Length;

    public ReadOnlySpan<double> Row(int i) => Rows.AsSpan(i * Features, Features);

    /// <summary>Leaves out the first rows, and those after some more.</summary>
    public OnlineStream Slice(int first, int count) => new(Rows[(first * Features)..((first + count) * Features)], Labels[first..(first + count)]);

    /// <summary>
    /// Customers with ten switches, eight numbers around 0, their months, their monthly charge, and the product of the two, which is in the thousands. A
    /// quarter leaves, by a logistic model of the first twenty.
    /// </summary>
    public static OnlineStream Churn(int count, int seed)
    {
        Random random = new(seed);
        double[] rows = new double[count * 21];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            Span<double> x = rows.AsSpan(i * 21, 21);
            double score = -1.5;
            for (int k = 0; k < 10; k++)
            {
                x[k] = random.NextDouble() < 0.1 + (0.08 * k) ? 1 : 0;
                score += (k % 2 == 0 ? 0.9 : -0.7) * (x[k] - 0.1 - (0.08 * k));
            }

            for (int k = 10; k < 18; k++)
            {
                x[k] = Normal(random);
                score += (k % 2 == 0 ? 0.35 : -0.3) * x[k];
            }

            x[18] = random.Next(1, 73);
            x[19] = 20 + (100 * random.NextDouble());
            x[20] = x[18] * x[19];
            score += (-0.03 * (x[18] - 36)) + (0.012 * (x[19] - 70));
            labels[i] = random.NextDouble() * (1 + Math.Exp(-score)) < 1 ? 1 : 0;
        }

        return new OnlineStream(rows, labels);
    }

    /// <summary>Two features of very different scale.</summary>
    public static OnlineStream RawScale(int count, int seed)
    {
        Random random = new(seed);
        double[] rows = new double[count * 2];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            double large = Normal(random);
            double small = Normal(random);
            rows[2 * i] = 1e6 * large;
            rows[(2 * i) + 1] = 1e-3 * small;
            labels[i] = random.NextDouble() * (1 + Math.Exp(-0.5 - large + (1.5 * small))) < 1 ? 1 : 0;
        }

        return new OnlineStream(rows, labels);
    }

    /// <summary>
    /// Three classes by a random softmax model of four features, each of a random kind (normal, lognormal, seldom 1, uniform), of a scale from 1e-6 to 1e6 and
    /// as far as 1e3 scales from 0. Signals are weak to strong, classes even to rare. The seed fixes the model, the other one the rows.
    /// </summary>
    public static OnlineStream Drawn(int count, int seed, int rowSeed)
    {
        Random random = new(seed);
        int[] kinds = [.. Enumerable.Range(0, 4).Select(_ => random.Next(4))];
        double[] scales = [.. kinds.Select(_ => Math.Pow(10, (12 * random.NextDouble()) - 6))];
        double[] centres = [.. scales.Select(scale => random.Next(2) * 1e3 * random.NextDouble() * scale)];
        double strength = Math.Pow(10, (2 * random.NextDouble()) - 1.3);
        double[] weights = [.. Enumerable.Range(0, 15).Select(i => Normal(random) * (i % 5 == 0 ? 2 : strength))];
        Random rowRandom = new(rowSeed);
        double[] rows = new double[count * 4];
        int[] labels = new int[count];
        double[] z = new double[4];
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < 4; k++)
            {
                z[k] = kinds[k] switch
                {
                    0 => Normal(rowRandom),
                    1 => Math.Exp(Normal(rowRandom)),
                    2 => rowRandom.NextDouble() < 0.03 ? 1 : 0,
                    _ => rowRandom.NextDouble(),
                };
                rows[(i * 4) + k] = centres[k] + (scales[k] * z[k]);
            }

            double[] p = PlainSoftmax.Probabilities(PlainSoftmax.Scores(weights, z));
            double draw = rowRandom.NextDouble();
            labels[i] = draw < p[0] ? 0 : draw < p[0] + p[1] ? 1 : 2;
        }

        return new OnlineStream(rows, labels);
    }

    /// <summary>
    /// Three classes by a random softmax model of four features, each of a random kind (normal, lognormal, of a heavy tail, seldom 1, very seldom 1, nearly the
    /// feature before it, even), of a scale from 1e-8 to 1e8 and as far as 1e6 scales from 0. The seed fixes the model, the other one the rows.
    /// </summary>
    public static OnlineStream Wild(int count, int seed, int rowSeed)
    {
        Random random = new(seed);
        int[] kinds = [.. Enumerable.Range(0, 4).Select(_ => random.Next(7))];
        double[] scales = [.. kinds.Select(_ => Math.Pow(10, (16 * random.NextDouble()) - 8))];
        double[] centres = [.. scales.Select(scale => scale * (random.Next(3) switch { 0 => 0, 1 => 1e3, _ => 1e6 }))];
        double strength = Math.Pow(10, (2 * random.NextDouble()) - 1.3);
        double[] weights = [.. Enumerable.Range(0, 15).Select(i => Normal(random) * (i % 5 == 0 ? 2 : strength))];
        Random rowRandom = new(rowSeed);
        double[] rows = new double[count * 4];
        int[] labels = new int[count];
        double[] z = new double[4];
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < 4; k++)
            {
                z[k] = kinds[k] switch
                {
                    0 => Normal(rowRandom),
                    1 => Math.Exp(Normal(rowRandom)),
                    2 => Math.Exp(2 * Normal(rowRandom)),
                    3 => rowRandom.NextDouble() < 0.03 ? 1 : 0,
                    4 => rowRandom.NextDouble() < 0.002 ? 1 : 0,
                    5 => (k == 0 ? 0 : z[k - 1]) + (0.1 * Normal(rowRandom)),
                    _ => rowRandom.Next(2),
                };
                rows[(i * 4) + k] = centres[k] + (scales[k] * z[k]);
            }

            double[] p = PlainSoftmax.Probabilities(PlainSoftmax.Scores(weights, z));
            double draw = rowRandom.NextDouble();
            labels[i] = draw < p[0] ? 0 : draw < p[0] + p[1] ? 1 : 2;
        }

        return new OnlineStream(rows, labels);
    }

    /// <summary>Labels that no feature tells anything about.</summary>
    public static OnlineStream Noise(int count, int features, int classes, int seed)
    {
        Random random = new(seed);
        return new OnlineStream(
            [.. Enumerable.Range(0, count * features).Select(_ => Normal(random))], [.. Enumerable.Range(0, count).Select(_ => random.Next(classes))]);
    }

    /// <summary>Rows of a data set, drawn with replacement.</summary>
    /// <param name="name">The name of the data set.</param>
    /// <param name="count">The number of rows to draw.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="step">Only every so manieth row of the data set may be drawn.</param>
    public static OnlineStream Of(string name, int count, int seed, int step = 1)
    {
        SampleData data = SampleData.Load(name);
        Random random = new(seed);
        int[] drawn = [.. Enumerable.Range(0, count).Select(_ => step * random.Next(data.RowCount / step))];
        return new OnlineStream(
            [.. drawn.SelectMany(row => data.Rows.Skip(row * data.Features).Take(data.Features))], [.. drawn.Select(row => data.Labels[row])]);
    }

    /// <summary>Draws from the standard normal distribution (Box and Muller).</summary>
    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
