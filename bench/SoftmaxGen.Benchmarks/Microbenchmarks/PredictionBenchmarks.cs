using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using SoftmaxGen.Benchmarks.Baselines;
using SoftmaxGen.Benchmarks.Models;
using SoftmaxGen.Benchmarks.Workloads;

namespace SoftmaxGen.Benchmarks.Microbenchmarks;

/// <summary>The prediction of a row: one call for each, and one call for all.</summary>
/// <typeparam name="TModel">The model.</typeparam>
[GenericTypeArguments(typeof(Double3x4))]
[GenericTypeArguments(typeof(Double10x16))]
[GenericTypeArguments(typeof(Double10x64))]
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class PredictionBenchmarks<TModel>
    where TModel : class, ISoftmaxModel<TModel, double>
{
    private const int RowCount = 1024;
    private const string Label = "label";
    private const string AllProbabilities = "probabilities";

    private readonly Workload _workload = new(TModel.Shape, RowCount);
    private readonly PlainLoops _plainLoops = new(TModel.Shape.Classes, TModel.Shape.Features);
    private readonly int[] _labels = new int[RowCount];
    private readonly double[] _probabilities = new double[RowCount * TModel.Shape.Classes];
    private TModel _model = null!;

    /// <summary>Makes the model.</summary>
    [GlobalSetup]
    public void Setup() => _model = TModel.FromWeights(_workload.Weights);

    /// <summary>The label, by plain loops.</summary>
    [BenchmarkCategory(Label)]
    [Benchmark(Baseline = true, OperationsPerInvoke = RowCount)]
    public void PlainPredict()
    {
        for (int row = 0; row < RowCount; row++)
        {
            _labels[row] = _plainLoops.Predict(_workload.Weights, _workload.Rows, row);
        }
    }

    /// <summary>The label, by a call for each row.</summary>
    [BenchmarkCategory(Label)]
    [Benchmark(OperationsPerInvoke = RowCount)]
    public void Predict()
    {
        for (int row = 0; row < RowCount; row++)
        {
            _labels[row] = _model.Predict(Features(row));
        }
    }

    /// <summary>The label, by one call for all rows.</summary>
    [BenchmarkCategory(Label)]
    [Benchmark(OperationsPerInvoke = RowCount)]
    public void PredictBatch() => _model.PredictBatch(_workload.Rows, _labels);

    /// <summary>The probabilities, by plain loops.</summary>
    [BenchmarkCategory(AllProbabilities)]
    [Benchmark(Baseline = true, OperationsPerInvoke = RowCount)]
    public void PlainPredictProbabilities()
    {
        for (int row = 0; row < RowCount; row++)
        {
            _plainLoops.PredictProbabilities(_workload.Weights, _workload.Rows, row, _probabilities);
        }
    }

    /// <summary>The probabilities, by a call for each row.</summary>
    [BenchmarkCategory(AllProbabilities)]
    [Benchmark(OperationsPerInvoke = RowCount)]
    public void PredictProbabilities()
    {
        for (int row = 0; row < RowCount; row++)
        {
            _model.PredictProbabilities(Features(row), Probabilities(row));
        }
    }

    /// <summary>The probabilities, by one call for all rows.</summary>
    [BenchmarkCategory(AllProbabilities)]
    [Benchmark(OperationsPerInvoke = RowCount)]
    public void PredictProbabilitiesBatch() => _model.PredictProbabilitiesBatch(_workload.Rows, _probabilities);

    private ReadOnlySpan<double> Features(int row) => _workload.Rows.AsSpan(row * TModel.Shape.Features, TModel.Shape.Features);

    private Span<double> Probabilities(int row) => _probabilities.AsSpan(row * TModel.Shape.Classes, TModel.Shape.Classes);
}
