namespace SoftmaxGen.DiskProbe;

/// <summary>Rows that depend on their number alone, and are made as they are needed.</summary>
public static class StreamRows
{
    /// <summary>The rows of a batch.</summary>
    public const int BatchRows = 10_000;

    private static readonly float[] _weights = Weights();

    /// <summary>Adds rows batch by batch.</summary>
    /// <param name="builder">What they are added to.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="afterBatch">Is told how many rows there are, if anybody wants to know.</param>
    public static void AddTo(TrainingSetBuilder<StreamModel, float> builder, int count, Action<int>? afterBatch = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        float[] rows = new float[BatchRows * StreamModel.Features];
        int[] labels = new int[BatchRows];
        for (int first = 0; first < count; first += BatchRows)
        {
            int batch = Math.Min(BatchRows, count - first);
            Fill(first, rows.AsSpan(0, batch * StreamModel.Features), labels.AsSpan(0, batch));
            builder.Add(rows.AsSpan(0, batch * StreamModel.Features), labels.AsSpan(0, batch));
            afterBatch?.Invoke(first + batch);
        }
    }

    private static void Fill(int first, Span<float> rows, Span<int> labels)
    {
        const int Features = StreamModel.Features;
        for (int i = 0; i < labels.Length; i++)
        {
            ulong state = ((ulong)(first + i) * 0x9E3779B97F4A7C15) + 1;
            Span<float> row = rows.Slice(i * Features, Features);
            foreach (ref float value in row)
            {
                value = Next(ref state);
            }

            // The best of the classes after some noise: rows that no model tells apart without error.
            float best = float.NegativeInfinity;
            for (int j = 0; j < StreamModel.Classes; j++)
            {
                float score = 2 * Next(ref state);
                for (int k = 0; k < Features; k++)
                {
                    score += _weights[(j * Features) + k] * row[k];
                }

                if (score > best)
                {
                    best = score;
                    labels[i] = j;
                }
            }
        }
    }

    // Between -1 and 1; the generator is Vigna's xorshift64.
    private static float Next(ref ulong state)
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return ((state >> 40) * (2f / (1 << 24))) - 1;
    }

    private static float[] Weights()
    {
        ulong state = 42;
        float[] weights = new float[StreamModel.Classes * StreamModel.Features];
        foreach (ref float weight in weights.AsSpan())
        {
            weight = Next(ref state);
        }

        return weights;
    }
}
