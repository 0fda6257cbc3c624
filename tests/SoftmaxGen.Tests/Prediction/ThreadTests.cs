using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Prediction;

/// <summary>One model, many threads.</summary>
public class ThreadTests
{
    private const int Threads = 16;
    private const int CallsPerThread = 1_000_000;
    private const int RowCount = 250;

    [Fact]
    public async Task Sixteen_threads_get_the_answers_of_one()
    {
        var sample = Sample.Of(Double4x8.Shape, RowCount);
        var model = Double4x8.FromWeights(sample.Weights);
        int[] labels = new int[RowCount];
        double[] probabilities = new double[RowCount];
        for (int row = 0; row < RowCount; row++)
        {
            labels[row] = model.Predict(Row(sample, row), out probabilities[row]);
        }

        using Barrier start = new(Threads);
        Task<int>[] callers = [.. Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return CountDifferences(model, sample, thread, labels, probabilities);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];

        Assert.All(await Task.WhenAll(callers), differences => Assert.Equal(0, differences));
    }

    // Half of the calls ask for the label alone.
    private static int CountDifferences(Double4x8 model, Sample sample, int thread, int[] labels, double[] probabilities)
    {
        int differences = 0;
        for (int call = 0; call < CallsPerThread; call += 2)
        {
            int row = (call + (thread * 7)) % RowCount;
            int next = (row + 1) % RowCount;
            bool isSame = model.Predict(Row(sample, row), out double probability) == labels[row]
                && probability.Equals(probabilities[row])
                && model.Predict(Row(sample, next)) == labels[next];
            differences += isSame ? 0 : 1;
        }

        return differences;
    }

    private static ReadOnlySpan<double> Row(Sample sample, int row) => sample.Rows.AsSpan(row * 8, 8);
}
