using System.Numerics;

namespace SoftmaxGen.Tests.Kernels;

/// <summary>Output over input is refused where a kernel may write before it has read everything, whatever the number of rows.</summary>
public class OverlapTests
{
    private const int Parameters = Double3x4.ParameterCount;

    [Theory]
    [InlineData(10)]
    [InlineData(20_000)]
    public void A_training_set_refuses_overlap(int rowCount)
    {
        var sample = Sample.Of(Double3x4.Shape, rowCount);
        using TrainingSet<Double3x4, double> set = Double3x4.CreateTrainingSet(sample.Rows, [.. sample.ClassIndices]);
        double[] memory = new double[Parameters + 1];
        double[] other = new double[Parameters];
        double[] square = new double[Parameters * Parameters];

        Assert.Throws<ArgumentException>("gradient", () => set.LossAndGradient(memory.AsSpan(0, Parameters), memory.AsSpan(0, Parameters)));
        Assert.Throws<ArgumentException>("gradient", () => set.LossAndGradient(memory.AsSpan(0, Parameters), memory.AsSpan(1, Parameters)));
        Assert.Throws<ArgumentException>("product", () => set.HessianProduct(memory.AsSpan(0, Parameters), other, memory.AsSpan(1, Parameters)));
        Assert.Throws<ArgumentException>("product", () => set.HessianProduct(other, memory.AsSpan(0, Parameters), memory.AsSpan(1, Parameters)));
        Assert.Throws<ArgumentException>("hessian", () => set.Hessian(square.AsSpan(3, Parameters), square));
        set.LossAndGradient(square.AsSpan(0, Parameters), square.AsSpan(Parameters, Parameters));
        set.HessianProduct(other, other, memory.AsSpan(1, Parameters));
    }

    [Fact]
    public void Predictions_and_losses_refuse_overlap()
    {
        Refuse<Double2x2, double>();
        Refuse<Double3x4, double>();
        Refuse<Double26x16, double>();
        Refuse<Single2x2, float>();
        Refuse<Single10x64, float>();
    }

    private static void Refuse<TModel, T>()
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (int classes, int features, int parameters) = (TModel.Shape.Classes, TModel.Shape.Features, TModel.Shape.ParameterCount);
        const int Rows = 40;
        TModel model = TModel.FromWeights(new T[parameters]);
        T[] memory = new T[(Rows * (classes + features)) + parameters];
        T[] weights = new T[parameters];
        int[] labels = new int[Rows];

        // The first number of the one is the last of the other, and the other way round; side by side they may be.
        Assert.Throws<ArgumentException>("scores", () => model.PredictScores(memory.AsSpan(0, features), memory.AsSpan(features - 1, classes)));
        Assert.Throws<ArgumentException>("scores", () => model.PredictScores(memory.AsSpan(classes - 1, features), memory.AsSpan(0, classes)));
        Assert.Throws<ArgumentException>("probabilities", () => model.PredictProbabilities(memory.AsSpan(0, features), memory.AsSpan(features - 1, classes)));
        Assert.Throws<ArgumentException>(
            "probabilities", () => model.PredictProbabilitiesBatch(memory.AsSpan(0, Rows * features), memory.AsSpan((Rows * features) - 1, Rows * classes)));
        Assert.Throws<ArgumentException>(
            "gradient", () => TModel.LossAndGradient(weights, memory.AsSpan(0, Rows * features), labels, memory.AsSpan((Rows * features) - 1, parameters)));
        Assert.Throws<ArgumentException>("gradient", () => TModel.LossAndGradient(weights, memory.AsSpan(0, Rows * features), labels, weights));
        model.PredictScores(memory.AsSpan(0, features), memory.AsSpan(features, classes));
        model.PredictProbabilities(memory.AsSpan(classes, features), memory.AsSpan(0, classes));
        model.PredictProbabilitiesBatch(memory.AsSpan(0, Rows * features), memory.AsSpan(Rows * features, Rows * classes));
        TModel.LossAndGradient(weights, memory.AsSpan(0, Rows * features), labels, memory.AsSpan(Rows * features, parameters));
    }
}
