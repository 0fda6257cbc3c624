using System.Numerics;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>
/// Other threads write labels and numbers while calls read them, some of them no labels and no numbers at all: a call ends with a result or says so, and
/// touches no memory but its own. Before classes were looked at again, a kernel of 26 classes ended the process within seconds. The environment variable
/// <c>SOFTMAXGEN_STORM_SECONDS</c> sets how long the storm of each model takes, and <c>SOFTMAXGEN_STORM_THREADS</c> how many threads call.
/// </summary>
public sealed class ChangingLabelsTests
{
    private const int Rows = 512;

    private static readonly int[] _wild = [-1, int.MinValue, int.MaxValue, 1 << 24, 1_000];

    private static readonly double[] _wildNumbers = [double.NaN, double.PositiveInfinity, -1e300, 1e300, 1e30];

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Double_2x2() => Storm<Double2x2, double>(1);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Double_10x64() => Storm<Double10x64, double>(2);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Double_26x16() => Storm<Double26x16, double>(3);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Single_26x16() => Storm<Single26x16, float>(4);

    private static void Storm<TModel, T>(int seed)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ModelShape shape = TModel.Shape;
        var random = new Random(seed);

        // Some rows are so far away that they are not the vectors' business.
        T[] rows =
            [.. Enumerable.Range(0, Rows * shape.Features).Select(i => T.CreateChecked((random.NextDouble() - 0.5) * (random.Next(2_000) == 0 ? 1e4 : 1)))];
        T[] weights = [.. Enumerable.Range(0, shape.ParameterCount).Select(_ => T.CreateChecked(random.NextDouble() - 0.5))];
        double[] wideWeights = [.. weights.Select(double.CreateChecked)];
        int[] labels = [.. Enumerable.Range(0, Rows).Select(i => i % shape.Classes)];
        var model = TModel.FromWeights(weights);
        using TrainingSet<TModel, T> shared = TModel.CreateTrainingSet(rows, labels);
        int refused = 0;
        int ended = 0;
        Exception? failure = null;
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(LongSetting.Of("SOFTMAXGEN_STORM_SECONDS", 1)));
        Thread[] threads =
        [
            new(WriteLabels),
            new(WriteNumbers),
            .. Enumerable.Range(0, LongSetting.Of("SOFTMAXGEN_STORM_THREADS", 2)).Select(_ => new Thread(Call)),
        ];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        Assert.Null(failure);
        Assert.True(ended > 0, $"All of {refused} calls were refused.");

        void WriteLabels()
        {
            // A label is wild for about as long as a call takes, and right for as long, so that it often changes between the check and the kernel.
            for (int i = 0; !stop.IsCancellationRequested; i = (i + 7) % Rows)
            {
                Volatile.Write(ref labels[i], _wild[i % _wild.Length]);
                Thread.SpinWait(200);
                Volatile.Write(ref labels[i], i % shape.Classes);
                Thread.SpinWait(200);
            }
        }

        void WriteNumbers()
        {
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                T[] numbers = i % 2 == 0 ? rows : weights;
                int place = (int)((long)i * 7919 % numbers.Length);
                T kept = numbers[place];
                numbers[place] = T.CreateSaturating(_wildNumbers[i % _wildNumbers.Length]);
                Thread.SpinWait(100);
                numbers[place] = kept;
                Thread.SpinWait(400);
            }
        }

        void Call()
        {
            T[] gradient = new T[shape.ParameterCount];
            double[] wideGradient = new double[shape.ParameterCount];
            int[] predicted = new int[Rows];
            T[] probabilities = new T[Rows * shape.Classes];
            while (!stop.IsCancellationRequested)
            {
                Try(() => TModel.LossAndGradient(weights, rows, labels, gradient));
                Try(() =>
                {
                    using TrainingSet<TModel, T> set = TModel.CreateTrainingSet(rows, labels);
                    set.LossAndGradient(wideWeights, wideGradient);
                });
                Try(() => shared.LossAndGradient(wideWeights, wideGradient));
                Try(() => TModel.FromWeights(weights).PredictBatch(rows, predicted));
                Try(() => model.PredictProbabilitiesBatch(rows, probabilities));
                Try(() => model.Evaluate<TModel, T>(rows, labels));
            }
        }

        void Try(Action call)
        {
            switch (Record.Exception(call))
            {
                case null:
                    Interlocked.Increment(ref ended);
                    break;

                case ArgumentException:
                    Interlocked.Increment(ref refused);
                    break;
                case { } other:
                    failure = other;
                    break;
            }
        }
    }
}
