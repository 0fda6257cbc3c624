using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Stack;

/// <summary>Every call fits a thread with a 256 KiB stack when <c>MaxStackBytes</c> is 32 KiB: an overflow would end the process.</summary>
public class SmallStackTests
{
    private const int ThreadStackBytes = 256 * 1024;

    [Fact]
    public void A_3x4_model_lives_on_a_small_stack() => AssertLives<Frugal3x4>();

    [Fact]
    public void A_10x64_model_lives_on_a_small_stack() => AssertLives<Frugal10x64>();

    [Fact]
    public void A_1000x16_model_lives_on_a_small_stack() => AssertLives<Frugal1000x16>();

    private static void AssertLives<TModel>()
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        const int RowCount = 1009;
        ModelShape shape = TModel.Shape;
        var random = new Random(1);
        double[] rows = [.. Enumerable.Range(0, RowCount * shape.Features).Select(_ => random.NextDouble() - 0.5)];
        double[] weights = [.. Enumerable.Range(0, shape.ParameterCount).Select(_ => random.NextDouble() - 0.5)];
        int[] labels = [.. Enumerable.Range(0, RowCount).Select(i => i % shape.Classes)];
        MeanLoss expected = PlainSoftmax.LossAndGradient(weights, rows, labels);
        Exception? failure = null;

        var thread = new Thread(() => failure = Record.Exception(() => Live<TModel>(rows, labels, weights, expected)), ThreadStackBytes);
        thread.Start();
        thread.Join();

        Assert.Null(failure);
        Assert.InRange(shape.StackBytes, 0, 32768);
    }

    private static void Live<TModel>(double[] rows, int[] labels, double[] weights, MeanLoss expected)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        double[] gradient = new double[weights.Length];
        Assert.Equal(expected.Loss, TModel.LossAndGradient(weights, rows, labels, gradient), 1e-12);

        using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(rows, labels);
        Assert.Equal(expected.Loss, set.LossAndGradient(weights, gradient), 1e-12);
        set.HessianProduct(weights, weights, gradient);

        TModel model = TModel.Train(rows, labels, new TrainingOptions { MaxIterations = 2 }).Model;
        model.PredictBatch(rows, new int[labels.Length]);
        model.PredictProbabilitiesBatch(rows, new double[labels.Length * TModel.Shape.Classes]);
    }
}
