using SoftmaxGen.Data;
using SoftmaxGen.Tests.Kernels;

namespace SoftmaxGen.Tests.Data;

/// <summary>Native memory outlives the calls that read it, and nothing else.</summary>
public class LifetimeTests
{
    [Fact]
    public void Memory_is_freed_once_by_whoever_comes_last()
    {
        int freed = 0;
        var lifetime = new Lifetime(() => freed++);
        using (lifetime.Begin(lifetime))
        {
            using (lifetime.Begin(lifetime))
            {
                lifetime.Dispose();
                lifetime.Dispose();
            }

            Assert.Equal(0, freed);
            Assert.Throws<ObjectDisposedException>(() => lifetime.Begin(lifetime).Dispose());
        }

        Assert.Equal(1, freed);
        lifetime.Dispose();
        Assert.Throws<ObjectDisposedException>(() => lifetime.Begin(lifetime).Dispose());
        Assert.Equal(1, freed);
    }

    [Fact]
    public void Memory_without_a_call_is_freed_at_once()
    {
        int freed = 0;
        var lifetime = new Lifetime(() => freed++);
        lifetime.Dispose();
        Assert.Equal(1, freed);
    }

    // Sets are disposed of while four threads compute with them; fresh sets with other rows take their memory at once. Whatever returns must be right.
    [Theory]
    [InlineData(100)]
    [InlineData(20_000)]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void A_call_beside_disposal_is_right_or_refused(int rowCount)
    {
        var sample = Sample.Of(Double3x4.Shape, rowCount);
        double[] junk = new double[sample.Rows.Length];
        double[] expected = new double[Double3x4.ParameterCount];
        int[] labels = [.. sample.ClassIndices];
        using (TrainingSet<Double3x4, double> whole = Double3x4.CreateTrainingSet(sample.Rows, labels))
        {
            whole.LossAndGradient(sample.Weights, expected);
        }

        int wrong = 0;
        int right = 0;
        for (int round = 0; round < 60; round++)
        {
            TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(sample.Rows, labels);
            Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() => Compute(set)))];
            foreach (Thread thread in threads)
            {
                thread.Start();
            }

            Thread.SpinWait(20 * round);
            set.Dispose();
            using TrainingSet<Double3x4, double> next = Double3x4.CreateTrainingSet(junk, labels);
            foreach (Thread thread in threads)
            {
                thread.Join();
            }
        }

        Assert.Equal(0, wrong);
        Assert.True(right > 0, "No call came before a disposal: nothing was tested.");

        void Compute(TrainingSet<Double3x4, double> set)
        {
            double[] gradient = new double[Double3x4.ParameterCount];
            try
            {
                while (true)
                {
                    set.LossAndGradient(sample.Weights, gradient);
                    _ = gradient.AsSpan().SequenceEqual(expected) ? Interlocked.Increment(ref right) : Interlocked.Increment(ref wrong);
                }
            }
            catch (ObjectDisposedException)
            {
            }
        }
    }
}
