using SoftmaxGen.Benchmarks.Timing;
using SoftmaxGen.Benchmarks.Workloads;

namespace SoftmaxGen.Benchmarks.Modes.Native;

/// <summary>Generated code and C++ by hand predict the same rows one by one, by turns.</summary>
/// <typeparam name="TModel">The model.</typeparam>
internal sealed class NativeContest<TModel>
    where TModel : class, ISoftmaxModel<TModel, double>
{
    // Few enough rows for the first-level cache, whatever the shape.
    private const int RowCount = 64;

    private readonly ModelShape _shape = TModel.Shape;
    private readonly double[] _rows;
    private readonly LabelFunction _label;
    private readonly ProbabilitiesFunction _probabilitiesOf;
    private readonly NativePredictor _native;
    private readonly double[] _row = new double[TModel.Shape.Features];
    private readonly double[] _probabilities = new double[RowCount * TModel.Shape.Classes];

    private NativeContest(nint library)
    {
        var workload = new Workload(_shape, RowCount);
        _rows = workload.Rows;
        TModel model = TModel.FromWeights(workload.Weights);
        _label = model.Predict;
        _probabilitiesOf = model.PredictProbabilities;
        _native = new NativePredictor(library, _shape, workload.Weights);
    }

    private delegate int LabelFunction(ReadOnlySpan<double> features);

    private delegate void ProbabilitiesFunction(ReadOnlySpan<double> features, Span<double> probabilities);

    /// <summary>Runs the contest.</summary>
    /// <param name="library">The library of what is written in C++.</param>
    /// <returns>The times.</returns>
    /// <exception cref="InvalidOperationException">The contenders disagree.</exception>
    public static NativeResult Run(nint library) => new NativeContest<TModel>(library).Measure();

    private NativeResult Measure()
    {
        CheckAgreement();
        Func<double>[] passes =
        [
            Predict,
            () => _native.Predict(_rows, RowCount),
            PredictFresh,
            Write,
            () => _native.PredictFresh(_rows, _row, RowCount),
            () => _native.Write(_rows, _row, RowCount),
            PredictProbabilities,
            () => _native.PredictProbabilities(_rows, _probabilities, RowCount),
        ];
        Stopclock.WarmUp(passes);
        RoundTimes[] times = [.. Stopclock.Compare(passes).Select(static time => time / RowCount)];
        return new NativeResult(_shape, times[0], times[1], new(times[2], times[3]), new(times[4], times[5]), times[6], times[7]);
    }

    private void CheckAgreement()
    {
        const double Tolerance = 1e-13;
        double labels = Predict();
        PredictProbabilities();
        double[] ours = [.. _probabilities];
        bool agrees = _native.Predict(_rows, RowCount) == labels
            && _native.PredictFresh(_rows, _row, RowCount) == PredictFresh()
            && _native.PredictProbabilities(_rows, _probabilities, RowCount) == RowCount;
        if (!agrees || ours.Zip(_probabilities).Any(static pair => !(Math.Abs(pair.First - pair.Second) <= Tolerance)))
        {
            throw new InvalidOperationException($"{_shape.Classes} x {_shape.Features}: the predictions differ.");
        }

        double[] broken = [.. _rows];
        broken[_shape.Features - 1] = double.NaN;
        if (_native.Predict(broken, 1) != -1 || _native.PredictProbabilities(broken, _probabilities, RowCount) != RowCount - 1)
        {
            throw new InvalidOperationException($"{_shape.Classes} x {_shape.Features}: C++ does not look at what is not finite.");
        }
    }

    private double Predict()
    {
        int sum = 0;
        LabelFunction label = _label;
        for (int row = 0; row < RowCount; row++)
        {
            sum += label(Row(row));
        }

        return sum;
    }

    private double PredictFresh()
    {
        int sum = 0;
        LabelFunction label = _label;
        for (int row = 0; row < RowCount; row++)
        {
            Write(row);
            sum += label(_row);
        }

        return sum;
    }

    private double Write()
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
        ReadOnlySpan<double> source = Row(row);
        for (int k = 0; k < target.Length; k++)
        {
            target[k] = source[k] + 0.25;
        }
    }

    private double PredictProbabilities()
    {
        int classes = _shape.Classes;
        for (int row = 0; row < RowCount; row++)
        {
            _probabilitiesOf(Row(row), _probabilities.AsSpan(row * classes, classes));
        }

        return _probabilities[0];
    }

    private ReadOnlySpan<double> Row(int row) => _rows.AsSpan(row * _shape.Features, _shape.Features);
}
