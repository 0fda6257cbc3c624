using SoftmaxGen.Benchmarks.Machine;
using SoftmaxGen.Benchmarks.Timing;
using SoftmaxGen.Benchmarks.Workloads;

namespace SoftmaxGen.Benchmarks.Modes.Ratios;

/// <summary>The loss and gradient of more rows than a cache holds, on one thread and on two.</summary>
internal static class ScalingContest
{
    private const int WarmUpRows = 16_384;

    /// <summary>Runs the contest.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="roofline">The limits of this machine.</param>
    /// <returns>The times.</returns>
    public static ScalingResult Run<TModel>(int rowCount, Roofline roofline)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        ModelShape shape = TModel.Shape;
        double[] one = new double[shape.ParameterCount];
        double[] two = new double[shape.ParameterCount];
        var few = new Workload(shape, WarmUpRows);
        using (TrainingSet<TModel, double> fewRows = TModel.CreateTrainingSet(few.Rows, few.Labels))
        {
            Stopclock.WarmUp(() => fewRows.LossAndGradient(few.Weights, one), () => fewRows.LossAndGradient(few.Weights, two, maxThreads: 2));
        }

        var workload = new Workload(shape, rowCount);
        using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(workload.Rows, workload.Labels);
        bool sameLoss = BitConverter.DoubleToInt64Bits(set.LossAndGradient(workload.Weights, one))
            == BitConverter.DoubleToInt64Bits(set.LossAndGradient(workload.Weights, two, maxThreads: 2));
        bool sameGradient = one.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(two.Select(BitConverter.DoubleToInt64Bits));
        RoundTimes[] times = Stopclock.Compare(
            () => set.LossAndGradient(workload.Weights, one),
            () => set.LossAndGradient(workload.Weights, two, maxThreads: 2));
        (double limit, string limitedBy) = roofline.LimitPerRow(shape, rowCount);
        return new ScalingResult
        {
            Classes = shape.Classes,
            Features = shape.Features,
            Rows = rowCount,
            OneThread = times[0] / rowCount,
            TwoThreads = times[1] / rowCount,
            SameBits = sameLoss && sameGradient,
            Limit = limit,
            LimitedBy = limitedBy,
        };
    }
}
