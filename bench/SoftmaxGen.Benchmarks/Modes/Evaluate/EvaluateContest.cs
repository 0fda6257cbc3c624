using SoftmaxGen.Benchmarks.Timing;
using SoftmaxGen.Benchmarks.Workloads;

namespace SoftmaxGen.Benchmarks.Modes.Evaluate;

/// <summary>The evaluation of a model beside the probabilities of the same rows in batches.</summary>
/// <typeparam name="TModel">The model.</typeparam>
internal static class EvaluateContest<TModel>
    where TModel : class, ISoftmaxModel<TModel, double>
{
    private const int RowCount = 8192;

    /// <summary>Runs the contest.</summary>
    /// <returns>The times of a row.</returns>
    public static EvaluateResult Run()
    {
        var workload = new Workload(TModel.Shape, RowCount);
        TModel model = TModel.FromWeights(workload.Weights);
        double[] probabilities = new double[RowCount * TModel.Shape.Classes];
        using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(workload.Rows, workload.Labels);
        Func<double>[] passes =
        [
            () =>
            {
                model.PredictProbabilitiesBatch(workload.Rows, probabilities);
                return probabilities[0];
            },
            () => model.Evaluate(workload.Rows, workload.Labels).LogLoss,
            () => model.Evaluate(set).LogLoss,
        ];
        Stopclock.WarmUp(passes);
        RoundTimes[] times = [.. Stopclock.Compare(passes).Select(static time => time / RowCount)];
        return new EvaluateResult(TModel.Shape, times[0], times[1], times[2]);
    }
}
