using System.Runtime.CompilerServices;
using SoftmaxGen.Benchmarks.Workloads;

namespace SoftmaxGen.Benchmarks.Modes.Sweep.Cliffs;

/// <summary>Times the generated code of one model.</summary>
/// <typeparam name="TModel">The model.</typeparam>
internal sealed class ShapeClock<TModel> : ShapeClock
    where TModel : class, ISoftmaxModel<TModel, double>
{
    private const int PackedRows = 1024;
    private const int PredictedRows = 64;

    private readonly int _features = TModel.Shape.Features;
    private readonly int _classes = TModel.Shape.Classes;
    private readonly double[] _gradient = new double[TModel.Shape.ParameterCount];
    private readonly double[] _probabilities = new double[PredictedRows * TModel.Shape.Classes];
    private Workload? _workload;
    private TrainingSet<TModel, double>? _set;
    private Label? _label;
    private Probabilities? _one;
    private Probabilities? _batch;

    private delegate int Label(ReadOnlySpan<double> features);

    private delegate void Probabilities(ReadOnlySpan<double> features, Span<double> probabilities);

    /// <inheritdoc/>
    public override ModelShape Shape => TModel.Shape;

    /// <inheritdoc/>
    protected override void Open()
    {
        _workload = new Workload(TModel.Shape, PackedRows);
        _set = TModel.CreateTrainingSet(_workload.Rows, _workload.Labels);
        TModel model = TModel.FromWeights(_workload.Weights);
        _label = model.Predict;
        _one = model.PredictProbabilities;
        _batch = model.PredictProbabilitiesBatch;
    }

    /// <inheritdoc/>
    protected override void Close()
    {
        _set!.Dispose();
        _set = null;
        _workload = null;
    }

    /// <inheritdoc/>
    protected override int Pass(Measure measure)
    {
        double[] rows = _workload!.Rows;
        if (measure == Measure.Packed)
        {
            _set!.LossAndGradient(_workload.Weights, _gradient);
            return PackedRows;
        }

        if (measure == Measure.Batch)
        {
            _batch!(rows.AsSpan(0, PredictedRows * _features), _probabilities);
        }
        else if (measure == Measure.Label)
        {
            PredictLabels(_label!, rows, _features);
        }
        else
        {
            PredictOneByOne(_one!, rows, _features, _probabilities, _classes);
        }

        return PredictedRows;
    }

    // Compiled once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int PredictLabels(Label label, double[] rows, int features)
    {
        int sum = 0;
        for (int row = 0; row < PredictedRows; row++)
        {
            sum += label(rows.AsSpan(row * features, features));
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PredictOneByOne(Probabilities predict, double[] rows, int features, double[] probabilities, int classes)
    {
        for (int row = 0; row < PredictedRows; row++)
        {
            predict(rows.AsSpan(row * features, features), probabilities.AsSpan(row * classes, classes));
        }
    }
}
