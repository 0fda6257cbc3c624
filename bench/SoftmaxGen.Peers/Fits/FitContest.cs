using SoftmaxGen.Benchmarks.Modes.Train;
using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Peers.Fits;

/// <summary>Fits of the same rows with the same penalty, from the caller's arrays to the weights, and what each leaves of the objective.</summary>
internal static class FitContest
{
    private static readonly TimeSpan _budget = TimeSpan.FromSeconds(4);

    /// <summary>Measures.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="problem">The problem; its penalty acts on the weights of the features as they are.</param>
    /// <returns>The times and objectives.</returns>
    public static FitResult Run<TModel>(TrainProblem problem)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        double l2 = problem.Options.L2!.Value;
        var one = new MlNetFit(problem.Rows, problem.Labels, TModel.Shape.Classes, l2, threads: 1);
        var all = new MlNetFit(problem.Rows, problem.Labels, TModel.Shape.Classes, l2, threads: null);
        using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(problem.Rows, problem.Labels);
        TrainingResult<TModel> ours = TModel.Train(problem.Rows, problem.Labels, problem.Options);
        TrainingOptions threaded = problem.Options with { MaxThreads = Environment.ProcessorCount };
        Func<double> fit = () => TModel.Train(problem.Rows, problem.Labels, problem.Options).Objective;

        // The first one is not looked at: a virtual machine gives its host the memory back that was free for a second, and whoever asks for it next waits for it.
        Func<double>[] fits =
        [
            fit,
            fit,
            () => TModel.Train(problem.Rows, problem.Labels, threaded).Objective,
            () => one.Run()[0],
            () => all.Run()[0],
        ];
        Stopclock.WarmUp(fits[0]);
        RoundTimes[] times = Stopclock.Compare(_budget, fits);
        return new FitResult(
            problem.Name, problem.Labels.Length, times[1..], ours.Objective, Objective(set, one.Run(), l2), Objective(set, all.Run(), l2));
    }

    private static double Objective<TModel>(TrainingSet<TModel, double> set, double[] weights, double l2)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        double squares = weights.Where((_, i) => i % (TModel.Shape.Features + 1) > 0).Sum(static w => w * w);
        return set.LossAndGradient(weights, new double[weights.Length]) + (l2 / 2 * squares);
    }
}
