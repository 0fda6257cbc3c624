using System.Globalization;
using SoftmaxGen.Benchmarks.Timing;
using SoftmaxGen.Benchmarks.Workloads;

namespace SoftmaxGen.Benchmarks.Modes.Evaluate;

/// <summary>
/// Cross-validation of rows and of a set, beside folds that are copied as a program does it that has nothing but <c>Train</c> and <c>Evaluate</c>.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
internal static class FoldsContest<TModel>
    where TModel : class, ISoftmaxModel<TModel, double>
{
    private const int RowCount = 50_000;
    private const int Folds = 5;
    private static readonly TrainingOptions _options = new() { L2 = 1e-3 };

    /// <summary>Runs the contest.</summary>
    /// <returns>The milliseconds and the allocated bytes of one validation.</returns>
    public static FoldsResult Run()
    {
        var workload = new Workload(TModel.Shape, RowCount);
        using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(workload.Rows, workload.Labels);
        Func<double>[] passes =
        [
            () => CopyFolds(workload),
            () => CrossValidation.Run<TModel, double>(workload.Rows, workload.Labels, _options, Folds).LogLoss.Mean,
            () => CrossValidation.Run(set, _options, Folds).LogLoss.Mean,
        ];

        // Folds of other rows have nearly the same loss.
        if (!(Math.Abs(passes[0]() - passes[1]()) < 1e-2) || passes[1]() != passes[2]())
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"{TModel.Shape.Classes} x {TModel.Shape.Features}: the validations differ."));
        }

        RoundTimes[] times = [.. Stopclock.Compare(TimeSpan.FromSeconds(3), passes).Select(static time => time / 1e6)];
        double input = workload.Rows.Length * sizeof(double);
        double[] allocated = [.. passes.Select(pass => Allocated(pass) / input)];
        return new FoldsResult(TModel.Shape, times, allocated);
    }

    private static double Allocated(Func<double> pass)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        pass();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static double CopyFolds(Workload workload)
    {
        int features = TModel.Shape.Features;
        double loss = 0;
        for (int fold = 0; fold < Folds; fold++)
        {
            List<double> rows = [];
            List<int> labels = [];
            List<double> heldOutRows = [];
            List<int> heldOutLabels = [];
            for (int row = 0; row < RowCount; row++)
            {
                bool isHeldOut = row % Folds == fold;
                (isHeldOut ? heldOutRows : rows).AddRange(workload.Rows.AsSpan(row * features, features));
                (isHeldOut ? heldOutLabels : labels).Add(workload.Labels[row]);
            }

            TModel model = TModel.Train([.. rows], [.. labels], _options).Model;
            loss += model.Evaluate<TModel, double>([.. heldOutRows], [.. heldOutLabels]).LogLoss / Folds;
        }

        return loss;
    }
}
