using BenchmarkDotNet.Attributes;
using SoftmaxGen.Benchmarks.Baselines;
using SoftmaxGen.Benchmarks.Models;
using SoftmaxGen.Benchmarks.Workloads;

namespace SoftmaxGen.Benchmarks.Microbenchmarks;

/// <summary>The mean loss and its gradient, per row.</summary>
/// <typeparam name="TModel">The model.</typeparam>
[GenericTypeArguments(typeof(Double3x4))]
[GenericTypeArguments(typeof(Double10x16))]
[GenericTypeArguments(typeof(Double10x64))]
public class LossAndGradientBenchmarks<TModel>
    where TModel : class, ISoftmaxModel<TModel, double>
{
    private const int RowCount = 8192;

    private readonly Workload _workload = new(TModel.Shape, RowCount);
    private readonly PlainLoops _plainLoops = new(TModel.Shape.Classes, TModel.Shape.Features);
    private readonly double[] _gradient = new double[TModel.Shape.ParameterCount];
    private TrainingSet<TModel, double> _set = null!;

    /// <summary>Packs the rows.</summary>
    [GlobalSetup]
    public void Setup() => _set = TModel.CreateTrainingSet(_workload.Rows, _workload.Labels);

    /// <summary>Frees the packed rows.</summary>
    [GlobalCleanup]
    public void Cleanup() => _set.Dispose();

    /// <summary>Plain loops.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = RowCount)]
    public double PlainLoops() => _plainLoops.LossAndGradient(_workload.Weights, _workload.Rows, _workload.Labels, _gradient);

    /// <summary>Generated code over a training set.</summary>
    [Benchmark(OperationsPerInvoke = RowCount)]
    public double Packed() => _set.LossAndGradient(_workload.Weights, _gradient);

    /// <summary>Generated code over row-major arrays.</summary>
    [Benchmark(OperationsPerInvoke = RowCount)]
    public double RowMajor() => TModel.LossAndGradient(_workload.Weights, _workload.Rows, _workload.Labels, _gradient);
}
