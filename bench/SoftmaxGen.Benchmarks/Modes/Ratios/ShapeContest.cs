using System.Globalization;
using SoftmaxGen.Benchmarks.Baselines;
using SoftmaxGen.Benchmarks.Machine;
using SoftmaxGen.Benchmarks.Timing;
using SoftmaxGen.Benchmarks.Workloads;

namespace SoftmaxGen.Benchmarks.Modes.Ratios;

/// <summary>The ways to compute the loss and gradient of one workload, side by side.</summary>
/// <typeparam name="TDouble">The model in double precision.</typeparam>
/// <typeparam name="TSingle">The model in single precision.</typeparam>
internal sealed class ShapeContest<TDouble, TSingle> : IDisposable
    where TDouble : class, ISoftmaxModel<TDouble, double>
    where TSingle : class, ISoftmaxModel<TSingle, float>
{
    private const int WarmUpRows = 512;

    private readonly Workload _workload;
    private readonly PlainLoops _plainLoops;
    private readonly TensorLoops _tensorLoops;
    private readonly TrainingSet<TDouble, double> _set;
    private readonly TrainingSet<TSingle, float> _singleSet;
    private readonly double[] _gradient;

    private ShapeContest(int rowCount)
    {
        ModelShape shape = TDouble.Shape;
        _workload = new Workload(shape, rowCount);
        _plainLoops = new PlainLoops(shape.Classes, shape.Features);
        _tensorLoops = new TensorLoops(shape.Classes, shape.Features);
        _set = TDouble.CreateTrainingSet(_workload.Rows, _workload.Labels);
        _singleSet = TSingle.CreateTrainingSet(Array.ConvertAll(_workload.Rows, static x => (float)x), _workload.Labels);
        _gradient = new double[shape.ParameterCount];
    }

    /// <summary>Runs the contest.</summary>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="roofline">The limits of this machine.</param>
    /// <returns>The times.</returns>
    public static ShapeResult Run(int rowCount, Roofline roofline)
    {
        using (var few = new ShapeContest<TDouble, TSingle>(WarmUpRows))
        {
            few.CheckAgreement();
            Stopclock.WarmUp(few.Passes);
        }

        using var contest = new ShapeContest<TDouble, TSingle>(rowCount);
        RoundTimes[] times = Stopclock.Compare(contest.Passes);
        (double limit, string limitedBy) = roofline.LimitPerRow(TDouble.Shape, rowCount);
        return new ShapeResult
        {
            Classes = TDouble.Shape.Classes,
            Features = TDouble.Shape.Features,
            Rows = rowCount,
            PlainLoops = times[0] / rowCount,
            TensorLoops = times[1] / rowCount,
            Packed = times[2] / rowCount,
            RowMajor = times[3] / rowCount,
            PackedSingle = times[4] / rowCount,
            Operations = Roofline.Operations(TDouble.Shape),
            Limit = limit,
            LimitedBy = limitedBy,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _set.Dispose();
        _singleSet.Dispose();
    }

    private Func<double>[] Passes =>
    [
        () => _plainLoops.LossAndGradient(_workload.Weights, _workload.Rows, _workload.Labels, _gradient),
        () => _tensorLoops.LossAndGradient(_workload.Weights, _workload.Rows, _workload.Labels, _gradient),
        () => _set.LossAndGradient(_workload.Weights, _gradient),
        () => TDouble.LossAndGradient(_workload.Weights, _workload.Rows, _workload.Labels, _gradient),
        () => _singleSet.LossAndGradient(_workload.Weights, _gradient),
    ];

    // Code that computes something else is not compared.
    private void CheckAgreement()
    {
        const double Tolerance = 1e-5;
        double loss = Passes[0]();
        double[] gradient = [.. _gradient];
        foreach (Func<double> pass in Passes)
        {
            double largest = Math.Abs(pass() - loss);
            for (int i = 0; i < gradient.Length; i++)
            {
                largest = Math.Max(largest, Math.Abs(_gradient[i] - gradient[i]));
            }

            if (!(largest <= Tolerance))
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture, $"{TDouble.Shape.Classes} x {TDouble.Shape.Features}: results differ by {largest}."));
            }
        }
    }
}
