using System.Numerics;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.AotTests.Checks;

/// <summary>Training reaches the optima that were computed independently.</summary>
internal static class TrainingCheck
{
    /// <summary>Trains on iris and on wine, by each way to the exact optimum and in both precisions.</summary>
    public static void Run()
    {
        foreach (ReferenceOptimum optimum in ReferenceOptima.All.Where(static optimum => optimum.Data is "iris" or "wine"))
        {
            SampleData data = SampleData.Load(optimum.Data, optimum.Preparation);
            foreach (Solver solver in (Solver[])[Solver.Auto, Solver.Newton, Solver.Lbfgs])
            {
                if (data.Features == 4)
                {
                    Reaches<Double3x4, double>(optimum, data, solver);
                    Reaches<Single3x4, float>(optimum, data, solver);
                }
                else
                {
                    Reaches<Double3x13, double>(optimum, data, solver);
                    Reaches<Single3x13, float>(optimum, data, solver);
                }
            }
        }

        InBatches();
    }

    private static void Reaches<TModel, T>(ReferenceOptimum optimum, SampleData data, Solver solver)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isSingle = TModel.Shape.Precision == SoftmaxPrecision.Single;
        string what = $"{typeof(TModel).Name}, {solver}, {optimum.Data}, {optimum.Preparation}, {optimum.L2}";
        TrainingOptions options = new()
        {
            Solver = solver, L2 = optimum.L2, Standardize = false, Tolerance = isSingle ? 1e-5 : 1e-11, MaxIterations = 2000,
        };

        TrainingResult<TModel> result = TModel.Train(Numbers.Of<T>(data.Rows), data.Labels, options);

        // Without a penalty setosa can be separated from the others: there is an infimum, and no optimum.
        Check.Equal(optimum.L2 == 0 ? StopReason.Separable : StopReason.Converged, result.StopReason, $"{what}: the reason to stop");
        bool exactly = optimum.L2 > 0 || solver == Solver.Newton;
        Check.Close(optimum.Objective, result.Objective, isSingle ? 1e-5 : exactly ? 1e-10 : 1e-9, $"{what}: the objective");
        if (isSingle)
        {
            return;
        }

        int[] predicted = new int[data.RowCount];
        result.Model.PredictBatch(Numbers.Of<T>(data.Rows), predicted);
        Check.Equal(
            (int)Math.Round(optimum.Accuracy * data.RowCount), predicted.Zip(data.Labels).Count(static pair => pair.First == pair.Second), $"{what}: the hits");
        if (optimum.L2 > 0)
        {
            double[] weights = Numbers.Widened(result.Model.Weights.ToArray());
            Check.AllClose(optimum.Weights, weights, 1e-7 * Math.Max(1, Numbers.Largest(optimum.Weights)), $"{what}: the weights");
        }
    }

    // Batches gather rows, which no other solver does.
    private static void InBatches()
    {
        ReferenceOptimum optimum = ReferenceOptima.Find("iris", "standardized", 0.01);
        SampleData data = SampleData.Load("iris", "standardized");
        TrainingOptions options = new()
        {
            Solver = Solver.Adam, L2 = 0.01, Standardize = false, Epochs = 300, LearningRateSchedule = LearningRateSchedule.Cosine,
        };

        double objective = Double3x4.Train(data.Rows, data.Labels, options).Objective;

        Check.Close(optimum.Objective + 1e-4, objective, 1e-4 + 1e-12, "the objective of mini-batches");
    }
}
