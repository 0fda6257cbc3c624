using SoftmaxGen.Benchmarks.Timing;
using SoftmaxGen.Benchmarks.Workloads;

namespace SoftmaxGen.Benchmarks.Modes.Sparse;

/// <summary>The instance of baked weights, which may skip zeros, and another instance of the same class with the same weights predict the same rows.</summary>
/// <typeparam name="TModel">The model.</typeparam>
internal sealed class SparseContest<TModel>
    where TModel : class, ISoftmaxModel<TModel, double>
{
    private const int RowCount = 64;

    private readonly ModelShape _shape = TModel.Shape;
    private readonly string _name;
    private readonly TModel _baked;
    private readonly TModel _all;
    private readonly double[] _rows;
    private readonly double[] _probabilities;

    private SparseContest(string name, TModel baked)
    {
        _name = name;
        _baked = baked;
        _all = TModel.FromWeights(baked.Weights);
        _rows = new Workload(_shape, RowCount).Rows;
        _probabilities = new double[RowCount * _shape.Classes];
    }

    /// <summary>Runs the contest.</summary>
    /// <param name="name">What the weights are.</param>
    /// <param name="baked">The instance of baked weights.</param>
    /// <returns>The times.</returns>
    /// <exception cref="InvalidOperationException">The instances disagree.</exception>
    public static SparseResult Run(string name, TModel baked) => new SparseContest<TModel>(name, baked).Measure();

    private SparseResult Measure()
    {
        CheckAgreement();
        Func<double>[] passes = [() => Predict(_all), () => Predict(_baked), () => Probabilities(_all), () => Probabilities(_baked)];
        Stopclock.WarmUp(passes);
        RoundTimes[] times = [.. Stopclock.Compare(passes).Select(static time => time / RowCount)];
        return new SparseResult
        {
            Name = _name,
            PercentZero = PercentZero(),
            PredictAll = times[0],
            PredictBaked = times[1],
            ProbabilitiesAll = times[2],
            ProbabilitiesBaked = times[3],
        };
    }

    private void CheckAgreement()
    {
        double[] all = new double[_shape.Classes];
        for (int row = 0; row < RowCount; row++)
        {
            _all.PredictProbabilities(Row(row), all);
            _baked.PredictProbabilities(Row(row), Target(row));
            if (_all.Predict(Row(row)) != _baked.Predict(Row(row)) || !all.AsSpan().SequenceEqual(Target(row)))
            {
                throw new InvalidOperationException($"Row {row} of {_name} has two answers.");
            }
        }
    }

    private double PercentZero()
    {
        int zeros = 0;
        for (int j = 0; j < _shape.Classes; j++)
        {
            zeros += _baked.Weights.Slice((j * (_shape.Features + 1)) + 1, _shape.Features).Count(0.0);
        }

        return 100.0 * zeros / (_shape.Classes * _shape.Features);
    }

    private double Predict(TModel model)
    {
        int sum = 0;
        for (int row = 0; row < RowCount; row++)
        {
            sum += model.Predict(Row(row));
        }

        return sum;
    }

    private double Probabilities(TModel model)
    {
        for (int row = 0; row < RowCount; row++)
        {
            model.PredictProbabilities(Row(row), Target(row));
        }

        return _probabilities[0];
    }

    private Span<double> Target(int row) => _probabilities.AsSpan(row * _shape.Classes, _shape.Classes);

    private ReadOnlySpan<double> Row(int row) => _rows.AsSpan(row * _shape.Features, _shape.Features);
}
