using System.Numerics;
using SoftmaxGen.TestModels.Training;
using SoftmaxGen.Tests.Kernels;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training;

/// <summary>The whole way: generated models trained on real data reach the optima that were computed independently.</summary>
public sealed class GeneratedTrainingTests
{
    public static TheoryData<Solver, string, string, double> Optima
    {
        get
        {
            var data = new TheoryData<Solver, string, string, double>();
            foreach (ReferenceOptimum optimum in ReferenceOptima.All)
            {
                data.Add(Solver.Auto, optimum.Data, optimum.Preparation, optimum.L2);
                data.Add(Solver.Newton, optimum.Data, optimum.Preparation, optimum.L2);
                data.Add(Solver.Lbfgs, optimum.Data, optimum.Preparation, optimum.L2);
            }

            return data;
        }
    }

    [LongTheory(every: 4)]
    [MemberData(nameof(Optima))]
    public void Training_reaches_the_reference_optimum(Solver solver, string data, string preparation, double l2)
    {
        ReferenceOptimum optimum = ReferenceOptima.Find(data, preparation, l2);
        var options = new TrainingOptions { Solver = solver, L2 = l2, Standardize = false, Tolerance = 1e-11, MaxIterations = 2000 };

        (TrainingReport report, double[] weights, double accuracy) = TrainDouble(SampleData.Load(data, preparation), options);

        AssertReason(l2, report);
        Assert.Equal(optimum.Accuracy, accuracy, 1e-12);
        bool exactly = l2 > 0 || solver == Solver.Newton;
        Assert.Equal(optimum.Objective, report.Objective, exactly ? 1e-10 : 1e-9);
        if (l2 > 0)
        {
            AssertVector.Close(optimum.Weights, weights, 1e-7);
        }
        else if (exactly)
        {
            // Setosa can be separated from the others, so that its weights grow without end; what tells the other two apart is determined.
            AssertVector.Close(LastContrast(optimum.Weights, report.Shape), LastContrast(weights, report.Shape), 1e-7);
        }
    }

    [LongTheory(every: 4)]
    [MemberData(nameof(Optima))]
    public void The_default_tolerance_comes_near_the_reference_optimum(Solver solver, string data, string preparation, double l2)
    {
        ReferenceOptimum optimum = ReferenceOptima.Find(data, preparation, l2);
        var options = new TrainingOptions { Solver = solver, L2 = l2, Standardize = false };

        (TrainingReport report, _, _) = TrainDouble(SampleData.Load(data, preparation), options);

        AssertReason(l2, report);
        Assert.Equal(optimum.Objective, report.Objective, solver == Solver.Lbfgs ? 1e-7 : 1e-9);
    }

    [Fact]
    public void A_tight_tolerance_is_reached_within_the_default_iterations()
    {
        var options = new TrainingOptions { L2 = 1e-3, Standardize = false, Tolerance = 1e-10 };

        (TrainingReport report, _, _) = TrainDouble(SampleData.Load("iris"), options);

        Assert.Equal(StopReason.Converged, report.StopReason);
        Assert.Equal(0.0957300001778, report.Objective, 1e-10);
    }

    [LongTheory(every: 4)]
    [MemberData(nameof(Optima))]
    public void A_model_in_single_precision_comes_near(Solver solver, string data, string preparation, double l2)
    {
        ReferenceOptimum optimum = ReferenceOptima.Find(data, preparation, l2);
        var options = new TrainingOptions { Solver = solver, L2 = l2, Standardize = false, Tolerance = 1e-5 };

        (TrainingReport report, _, _) = TrainSingle(SampleData.Load(data, preparation), options);

        AssertReason(l2, report);
        Assert.Equal(optimum.Objective, report.Objective, 1e-5);
    }

    [Fact]
    public void Labels_are_counted_from_the_first_label()
    {
        SampleData data = SampleData.Load("iris");
        int[] labels = Array.ConvertAll(data.Labels, label => label + Double3x4From1.Shape.FirstLabel);

        TrainingResult<Double3x4From1> result = Double3x4From1.Train(data.Rows, labels);

        int[] predicted = new int[labels.Length];
        result.Model.PredictBatch(data.Rows, predicted);
        Assert.True(result.Converged);
        Assert.InRange(predicted.Zip(labels).Count(pair => pair.First == pair.Second), 144, 150);
    }

    [Fact]
    public void Two_threads_give_the_same_weights()
    {
        SampleData data = SampleData.Load("iris");
        double[] rows = [.. Enumerable.Repeat(data.Rows, 200).SelectMany(static x => x)];
        int[] labels = [.. Enumerable.Repeat(data.Labels, 200).SelectMany(static y => y)];

        TrainingResult<Double3x4> one = Double3x4.Train(rows, labels, new TrainingOptions { MaxThreads = 1 });
        TrainingResult<Double3x4> two = Double3x4.Train(rows, labels, new TrainingOptions { MaxThreads = 2 });

        Assert.Equal(one.Model.Weights.ToArray(), two.Model.Weights.ToArray());
    }

    private static (TrainingReport Report, double[] Weights, double Accuracy) TrainDouble(SampleData data, TrainingOptions options) =>
        (data.Classes, data.Features) switch
        {
            (3, 4) => Train<Double3x4, double>(data, options),
            (3, 13) => Train<Double3x13, double>(data, options),
            _ => Train<Double10x64, double>(data, options),
        };

    private static (TrainingReport Report, double[] Weights, double Accuracy) TrainSingle(SampleData data, TrainingOptions options) =>
        (data.Classes, data.Features) switch
        {
            (3, 4) => Train<Single3x4, float>(data, options),
            (3, 13) => Train<Single3x13, float>(data, options),
            _ => Train<Single10x64, float>(data, options),
        };

    private static (TrainingReport Report, double[] Weights, double Accuracy) Train<TModel, T>(SampleData data, TrainingOptions options)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] rows = Array.ConvertAll(data.Rows, T.CreateChecked);
        TrainingResult<TModel> result = TModel.Train(rows, data.Labels, options);

        int[] predicted = new int[data.RowCount];
        result.Model.PredictBatch(rows, predicted);
        double accuracy = predicted.Zip(data.Labels).Count(static pair => pair.First == pair.Second) / (double)data.RowCount;
        double[] weights = Array.ConvertAll(result.Model.Weights.ToArray(), double.CreateChecked);
        return (new TrainingReport(result.StopReason, result.Objective, TModel.Shape), weights, accuracy);
    }

    // Setosa can be separated from the others: without a penalty there is an infimum, and no optimum.
    private static void AssertReason(double l2, TrainingReport report) =>
        Assert.Equal(l2 == 0 ? StopReason.Separable : StopReason.Converged, report.StopReason);

    /// <summary>Subtracts the weights of the last class but one from those of the last.</summary>
    private static double[] LastContrast(double[] weights, ModelShape shape) =>
        [.. weights[^(shape.Features + 1)..].Zip(weights[^(2 * (shape.Features + 1))..], (last, other) => last - other)];

    private sealed record TrainingReport(StopReason StopReason, double Objective, ModelShape Shape);
}
