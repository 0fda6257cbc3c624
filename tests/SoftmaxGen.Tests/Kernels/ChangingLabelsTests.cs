using System.Numerics;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>
/// Another thread writes labels while calls read them, some of them no labels at all: a call ends with a result or says so, and touches no memory but its own.
/// Before classes were looked at again, a kernel of 26 classes ended the process within seconds.
/// </summary>
public sealed class ChangingLabelsTests
{
    private const int Rows = 512;

    private static readonly int[] _wild = [-1, int.MinValue, int.MaxValue, 1 << 24, 1_000];

    [Fact]
    public void Double_2x2() => Storm<Double2x2, double>(1);

    [Fact]
    public void Double_10x64() => Storm<Double10x64, double>(2);

    [Fact]
    public void Double_26x16() => Storm<Double26x16, double>(3);

    [Fact]
    public void Single_26x16() => Storm<Single26x16, float>(4);

    private static void Storm<TModel, T>(int seed)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        var random = new Random(seed);

        // Some rows are so far away that they are not the vectors' business.
        T[] rows = [.. Enumerable.Range(0, Rows * shape.Features).Select(i => T.CreateChecked((random.NextDouble() - 0.5) * (random.Next(2_000) == 0 ? 1e4 : 1)))];
        T[] weights = [.. Enumerable.Range(0, shape.ParameterCount).Select(_ => T.CreateChecked(random.NextDouble() - 0.5))];
        T[] gradient = new T[shape.ParameterCount];
        double[] wideWeights = [.. weights.Select(double.CreateChecked)];
        double[] wideGradient = new double[shape.ParameterCount];
        int[] labels = [.. Enumerable.Range(0, Rows).Select(i => i % shape.Classes)];
        int refused = 0;
        int ended = 0;
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var writer = new Thread(() =>
        {
            // A label is wild for about as long as a call takes, and right for as long, so that it often changes between the check and the kernel.
            for (int i = 0; !stop.IsCancellationRequested; i = (i + 7) % Rows)
            {
                Volatile.Write(ref labels[i], _wild[i % _wild.Length]);
                Thread.SpinWait(200);
                Volatile.Write(ref labels[i], i % shape.Classes);
                Thread.SpinWait(200);
            }
        });
        writer.Start();
        while (!stop.IsCancellationRequested)
        {
            Try(() => TModel.LossAndGradient(weights, rows, labels, gradient));
            Try(() =>
            {
                using TrainingSet<TModel, T> set = TModel.CreateTrainingSet(rows, labels);
                set.LossAndGradient(wideWeights, wideGradient);
            });
        }

        writer.Join();
        Assert.True(ended > 0, $"All of {refused} calls were refused.");

        void Try(Action call)
        {
            try
            {
                call();
                ended++;
            }
            catch (ArgumentException)
            {
                refused++;
            }
        }
    }
}
