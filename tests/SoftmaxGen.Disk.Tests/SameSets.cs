using System.Numerics;
using System.Runtime.InteropServices;

namespace SoftmaxGen.Disk.Tests;

/// <summary>Compares training sets, to the bit, by all that a set tells.</summary>
internal static class SameSets
{
    public static void Check<TModel, T>(TrainingSet<TModel, T> expected, TrainingSet<TModel, T> actual, Extras extras, bool trains)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal((expected.RowCount, expected.SkippedRowCount), (actual.RowCount, actual.SkippedRowCount));
        Equal(Derivatives(expected, 1), Derivatives(actual, 1));
        Equal(Derivatives(expected, 1), Derivatives(actual, 3));
        Equal(Moments(expected), Moments(actual));
        if ((extras & (Extras.Targets | Extras.Offsets)) == 0)
        {
            TModel model = TModel.FromWeights(Weights<TModel, T>());
            Evaluation one = model.Evaluate(expected);
            Evaluation other = model.Evaluate(actual);
            Equal([one.LogLoss, one.Accuracy, one.Brier], [other.LogLoss, other.Accuracy, other.Brier]);
        }

        foreach (TrainingOptions options in trains ? Options() : [])
        {
            // A validation set as well: the other one, and itself.
            Equal(Train(expected, actual, options), Train(actual, expected, options));
        }
    }

    public static double[] Derivatives<TModel, T>(TrainingSet<TModel, T> set, int threads)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int parameters = TModel.Shape.ParameterCount;
        double[] weights = [.. Weights<TModel, T>().Select(static weight => double.CreateTruncating(weight))];
        double[] gradient = new double[parameters];
        double[] product = new double[parameters];
        double loss = set.LossAndGradient(weights, gradient, threads);
        set.HessianProduct(weights, gradient, product, threads);
        return [loss, .. gradient, .. product];
    }

    /// <summary>Compares training sets up to the rounding of sums.</summary>
    public static void CheckClose<TModel, T>(TrainingSet<TModel, T> expected, TrainingSet<TModel, T> actual, bool trains)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const double Rounding = 1e-13;
        Assert.Equal((expected.RowCount, expected.SkippedRowCount), (actual.RowCount, actual.SkippedRowCount));
        Close(Derivatives(expected, 1), Derivatives(actual, 1), Rounding);
        Equal(Derivatives(actual, 1), Derivatives(actual, 3));
        Close(Moments(expected), Moments(actual), Rounding);
        foreach (TrainingOptions options in trains ? Options() : [])
        {
            Close(Train(expected, actual, options), Train(actual, expected, options), 1e-9);
        }
    }

    public static void Close(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second - pair.First, -tolerance, tolerance));
    }

    public static void Equal(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual) =>
        Assert.Equal(MemoryMarshal.Cast<double, long>(expected).ToArray(), MemoryMarshal.Cast<double, long>(actual).ToArray());

    // Solvers and settings that read rows in different ways: by chunks, by Hessians, row by row, by chance.
    private static TrainingOptions[] Options()
    {
        var few = new TrainingOptions { MaxIterations = 6, MissingClasses = MissingClasses.Allow };
        return
        [
            few,
            few with { Solver = Solver.Lbfgs, L1 = 0.01 },
            few with { Standardize = false, ClassWeights = ClassWeights.Balanced, LabelSmoothing = 0.1 },
            few with { Solver = Solver.Adam, Epochs = 1, BatchSize = 50 },
        ];
    }

    private static double[] Train<TModel, T>(TrainingSet<TModel, T> set, TrainingSet<TModel, T> validation, TrainingOptions options)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TrainingResult<TModel> result = SoftmaxTrainer.Train(set, options, validation);
        double[] weights = new double[TModel.Shape.ParameterCount];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = double.CreateTruncating(result.Model.Weights[i]);
        }

        return [result.Objective, result.Loss, result.GradientNorm, .. weights];
    }

    private static double[] Moments<TModel, T>(TrainingSet<TModel, T> set)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FeatureMoments moments = FeatureMoments.Of(set);
        return [.. moments.Means, .. moments.Deviations];
    }

    private static T[] Weights<TModel, T>()
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(5);
        var weights = new T[TModel.Shape.ParameterCount];
        foreach (ref T weight in weights.AsSpan())
        {
            weight = T.CreateTruncating(random.NextDouble() - 0.5);
        }

        return weights;
    }
}
