namespace SoftmaxGen.Extensions.Hosting;

/// <summary>The names of what is measured, for listeners and exporters: <c>metrics.AddMeter(ModelMetrics.MeterName)</c>.</summary>
public static class ModelMetrics
{
    /// <summary>The meter of all instruments.</summary>
    public const string MeterName = "SoftmaxGen";

    /// <summary>The tag of each measurement: the name of the model class.</summary>
    public const string ModelTag = "softmaxgen.model";

    /// <summary>A counter: predictions that were asked of the model, by <see cref="ServedModel{TModel}.Use"/>.</summary>
    public const string Predictions = "softmaxgen.predictions";

    /// <summary>A counter: models of a changed file that were put in force.</summary>
    public const string Swaps = "softmaxgen.model.swaps";

    /// <summary>A counter: files that were missing or no file of the model, and refused.</summary>
    public const string RefusedFiles = "softmaxgen.model.refused_files";

    /// <summary>A histogram: the loss <c>-log P(y|x)</c> of each row of feedback before the model learned from the row, in nats.</summary>
    public const string FeedbackLoss = "softmaxgen.feedback.loss";

    /// <summary>A counter: rows of feedback that found the queue full or closed.</summary>
    public const string DroppedFeedback = "softmaxgen.feedback.dropped";

    /// <summary>A counter: rows of feedback whose scores overflow, so that nothing was learned from them.</summary>
    public const string UnlearnedFeedback = "softmaxgen.feedback.unlearned";
}
