using System.Diagnostics.Metrics;

namespace SoftmaxGen.Extensions.Hosting;

/// <summary>
/// The instruments of the meter <c>SoftmaxGen</c>. Each measurement has the tag <c>softmaxgen.model</c>, the name of the model class. Thread-safe; a
/// measurement allocates nothing.
/// </summary>
internal sealed class ModelMeters : IDisposable
{
    private readonly KeyValuePair<string, object?> _model;
    private readonly Meter _meter;
    private readonly Counter<long> _predictions;
    private readonly Counter<long> _swaps;
    private readonly Counter<long> _refusedFiles;
    private readonly Histogram<double> _loss;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _unlearned;

    /// <summary>Initializes a new instance of the <see cref="ModelMeters"/> class.</summary>
    /// <param name="model">The name of the model class.</param>
    /// <param name="factory">Makes the meter; null where the host has none.</param>
    public ModelMeters(string model, IMeterFactory? factory)
    {
        _model = new(ModelMetrics.ModelTag, model);
        _meter = factory?.Create(new MeterOptions(ModelMetrics.MeterName)) ?? new Meter(ModelMetrics.MeterName);
        _predictions = _meter.CreateCounter<long>(ModelMetrics.Predictions, "{prediction}", "Predictions that were asked of the model.");
        _swaps = _meter.CreateCounter<long>(ModelMetrics.Swaps, "{swap}", "Models of a changed file that were put in force.");
        _refusedFiles = _meter.CreateCounter<long>(ModelMetrics.RefusedFiles, "{file}", "Files that were missing or no file of the model.");
        _loss = _meter.CreateHistogram(
            ModelMetrics.FeedbackLoss,
            "nat",
            "-log P(y|x) of each row of feedback before the model learned from the row.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10, 20] });
        _dropped = _meter.CreateCounter<long>(ModelMetrics.DroppedFeedback, "{row}", "Rows of feedback that found the queue full or closed.");
        _unlearned = _meter.CreateCounter<long>(
            ModelMetrics.UnlearnedFeedback, "{row}", "Rows of feedback whose scores overflow: nothing was learned from them.");
    }

    /// <summary>Counts predictions.</summary>
    public void Predictions(int count) => _predictions.Add(count, _model);

    /// <summary>Counts a model that was put in force.</summary>
    public void Swap() => _swaps.Add(1, _model);

    /// <summary>Counts a file that was refused.</summary>
    public void RefusedFile() => _refusedFiles.Add(1, _model);

    /// <summary>Records the loss of a row of feedback.</summary>
    public void Loss(double loss) => _loss.Record(loss, _model);

    /// <summary>Counts a row of feedback that was dropped.</summary>
    public void Dropped() => _dropped.Add(1, _model);

    /// <summary>Counts a row of feedback that nothing was learned from.</summary>
    public void Unlearned() => _unlearned.Add(1, _model);

    public void Dispose() => _meter.Dispose();
}
