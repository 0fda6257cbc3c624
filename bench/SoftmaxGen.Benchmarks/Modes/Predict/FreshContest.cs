using SoftmaxGen.Benchmarks.Timing;
using SoftmaxGen.Benchmarks.Workloads;

namespace SoftmaxGen.Benchmarks.Modes.Predict;

/// <summary>
/// Labels of rows that are written just before the call, as real programs write them: a core forwards what it has just stored to a load of the same size
/// alone. Beside them rows that were written long ago.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
internal sealed class FreshContest<TModel>
    where TModel : class, ISoftmaxModel<TModel, double>
{
    private const int RowCount = 64;

    private readonly int _features = TModel.Shape.Features;
    private readonly double[] _rows;
    private readonly double[] _row;
    private readonly TModel _model;

    private FreshContest()
    {
        var workload = new Workload(TModel.Shape, RowCount);
        _rows = workload.Rows;
        _row = new double[_features];
        _model = TModel.FromWeights(workload.Weights);
    }

    /// <summary>Runs the contest.</summary>
    /// <returns>The times.</returns>
    public static FreshResult Run() => new FreshContest<TModel>().Measure();

    private FreshResult Measure()
    {
        Func<double>[] passes = [PredictOld, PredictFresh, WriteAlone];
        Stopclock.WarmUp(passes);
        RoundTimes[] times = [.. Stopclock.Compare(passes).Select(static time => time / RowCount)];
        return new FreshResult(TModel.Shape, times[0], times[1], times[2]);
    }

    private double PredictOld()
    {
        int sum = 0;
        for (int row = 0; row < RowCount; row++)
        {
            sum += _model.Predict(_rows.AsSpan(row * _features, _features));
        }

        return sum;
    }

    private double PredictFresh()
    {
        int sum = 0;
        for (int row = 0; row < RowCount; row++)
        {
            Write(row);
            sum += _model.Predict(_row);
        }

        return sum;
    }

    private double WriteAlone()
    {
        for (int row = 0; row < RowCount; row++)
        {
            Write(row);
        }

        return _row[0];
    }

    // A number after the other, each computed, so that no compiler makes a copy of vectors of the loop.
    private void Write(int row)
    {
        double[] target = _row;
        ReadOnlySpan<double> source = _rows.AsSpan(row * _features, _features);
        for (int k = 0; k < target.Length; k++)
        {
            target[k] = source[k] + 0.25;
        }
    }
}
