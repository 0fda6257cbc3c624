using System.Diagnostics;
using SoftmaxGen.Benchmarks.Baselines;
using SoftmaxGen.Benchmarks.Timing;
using SoftmaxGen.Benchmarks.Workloads;

namespace SoftmaxGen.Benchmarks.Modes.Predict;

/// <summary>Plain loops and generated code predict the same rows, one after the other and in batches.</summary>
/// <typeparam name="TModel">The model.</typeparam>
internal sealed class PredictionContest<TModel>
    where TModel : class, ISoftmaxModel<TModel, double>
{
    // Few enough rows for the first-level cache, whatever the shape.
    private const int RowCount = 64;

    private readonly ModelShape _shape = TModel.Shape;
    private readonly double[] _rows;
    private readonly double[] _weights;
    private readonly TModel _model;
    private readonly PlainLoops _plain;
    private readonly double[] _probabilities;
    private readonly int[] _labels = new int[RowCount];

    private PredictionContest()
    {
        var workload = new Workload(_shape, RowCount);
        _rows = workload.Rows;
        _weights = workload.Weights;
        _model = TModel.FromWeights(_weights);
        _plain = new PlainLoops(_shape.Classes, _shape.Features);
        _probabilities = new double[RowCount * _shape.Classes];
    }

    /// <summary>Runs the contest.</summary>
    /// <returns>The times.</returns>
    /// <exception cref="InvalidOperationException">The contenders disagree.</exception>
    public static PredictionResult Run() => new PredictionContest<TModel>().Measure();

    private PredictionResult Measure()
    {
        CheckAgreement();
        Func<double>[] passes = [PlainFull, PlainProbabilities, Predict, PredictProbabilities, PredictBatch, PredictProbabilitiesBatch];
        Stopclock.WarmUp(passes);
        RoundTimes[] times = [.. Stopclock.Compare(passes).Select(static time => time / RowCount)];
        return new PredictionResult
        {
            Classes = _shape.Classes,
            Features = _shape.Features,
            PlainFull = times[0],
            PlainProbabilities = times[1],
            Predict = times[2],
            Probabilities = times[3],
            Batch = times[4],
            ProbabilitiesBatch = times[5],
            AllocatedBytes = Allocated(passes.AsSpan(2)) / RowCount,
            PredictTail = LatencyTail.Of(OneLabel),
            ProbabilitiesTail = LatencyTail.Of(OneRow),
        };
    }

    private void CheckAgreement()
    {
        double[] plain = new double[_probabilities.Length];
        for (int row = 0; row < RowCount; row++)
        {
            _plain.PredictProbabilities(_weights, _rows, row, plain);
            if (_plain.Predict(_weights, _rows, row) != _model.Predict(Row(row)))
            {
                throw new InvalidOperationException($"Row {row} has two labels.");
            }
        }

        _model.PredictProbabilitiesBatch(_rows, _probabilities);
        if (plain.Zip(_probabilities).Any(static pair => Math.Abs(pair.First - pair.Second) > 1e-12))
        {
            throw new InvalidOperationException("The probabilities differ.");
        }
    }

    // What a caller without this library does for a label: all probabilities, and the largest of them.
    private double PlainFull()
    {
        int sum = 0;
        int classes = _shape.Classes;
        for (int row = 0; row < RowCount; row++)
        {
            _plain.PredictProbabilities(_weights, _rows, row, _probabilities);
            int best = 0;
            for (int j = 1; j < classes; j++)
            {
                if (_probabilities[(row * classes) + j] > _probabilities[(row * classes) + best])
                {
                    best = j;
                }
            }

            sum += best;
        }

        return sum;
    }

    private double PlainProbabilities()
    {
        for (int row = 0; row < RowCount; row++)
        {
            _plain.PredictProbabilities(_weights, _rows, row, _probabilities);
        }

        return _probabilities[0];
    }

    private double Predict()
    {
        int sum = 0;
        for (int row = 0; row < RowCount; row++)
        {
            sum += _model.Predict(Row(row));
        }

        return sum;
    }

    private double PredictProbabilities()
    {
        for (int row = 0; row < RowCount; row++)
        {
            OneRow(row);
        }

        return _probabilities[0];
    }

    private double PredictBatch()
    {
        _model.PredictBatch(_rows, _labels);
        return _labels[0];
    }

    private double PredictProbabilitiesBatch()
    {
        _model.PredictProbabilitiesBatch(_rows, _probabilities);
        return _probabilities[0];
    }

    private void OneLabel(int call) => _labels[call % RowCount] = _model.Predict(Row(call % RowCount));

    private void OneRow(int call)
    {
        int row = call % RowCount;
        _model.PredictProbabilities(Row(row), _probabilities.AsSpan(row * _shape.Classes, _shape.Classes));
    }

    private ReadOnlySpan<double> Row(int row) => _rows.AsSpan(row * _shape.Features, _shape.Features);

    private static double Allocated(ReadOnlySpan<Func<double>> passes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (Func<double> pass in passes)
        {
            pass();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
