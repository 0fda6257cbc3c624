using System.Globalization;
using SoftmaxGen.Benchmarks.Baselines;
using SoftmaxGen.Benchmarks.Timing;
using SoftmaxGen.Benchmarks.Workloads;

namespace SoftmaxGen.Benchmarks.Modes.Online;

/// <summary>One update after the other, by each method, beside plain loops that do the same.</summary>
/// <typeparam name="TModel">The model.</typeparam>
internal static class OnlineContest<TModel>
    where TModel : class, ISoftmaxModel<TModel, double>
{
    private const int RowCount = 256;
    private const double Rate = 0.01;

    /// <summary>Runs the contest.</summary>
    /// <returns>The times of one update.</returns>
    public static OnlineResult Run()
    {
        var workload = new Workload(TModel.Shape, RowCount);
        Func<double>[] passes =
        [
            Plain(workload, isAdaptive: true),
            Learner(workload, OnlineMethod.AdaGrad),
            Plain(workload, isAdaptive: false),
            Learner(workload, OnlineMethod.Sgd),
            Learner(workload, OnlineMethod.Newton),
        ];
        RequireSame(passes[0], passes[1]);
        RequireSame(passes[2], passes[3]);
        Stopclock.WarmUp(passes);
        RoundTimes[] times = [.. Stopclock.Compare(passes).Select(static time => time / RowCount)];
        return new OnlineResult(TModel.Shape, times[0], times[1], times[2], times[3], times[4]);
    }

    private static Func<double> Plain(Workload workload, bool isAdaptive)
    {
        var learner = new PlainLearner(TModel.Shape.Classes, TModel.Shape.Features, isAdaptive, Rate);
        return Pass(workload, (row, label) => learner.Update(row, label));
    }

    private static Func<double> Learner(Workload workload, OnlineMethod method)
    {
        var learner = new OnlineLearner<TModel, double>(new OnlineOptions { Method = method, LearningRate = Rate });
        return Pass(workload, (row, label) => learner.Update(row, label));
    }

    private static Func<double> Pass(Workload workload, Func<ReadOnlySpan<double>, int, double> update)
    {
        int features = TModel.Shape.Features;
        return () =>
        {
            double loss = 0;
            for (int row = 0; row < RowCount; row++)
            {
                loss += update(workload.Rows.AsSpan(row * features, features), workload.Labels[row]);
            }

            return loss;
        };
    }

    // Learners that do something else are not compared. Written so that a NaN fails.
    private static void RequireSame(Func<double> plain, Func<double> learner)
    {
        const double Tolerance = 1e-9;
        double expected = plain();
        if (!(Math.Abs(learner() - expected) <= Tolerance * expected))
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"{TModel.Shape.Classes} x {TModel.Shape.Features}: the learners differ."));
        }
    }
}
