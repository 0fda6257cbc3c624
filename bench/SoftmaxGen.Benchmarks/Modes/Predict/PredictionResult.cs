using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Predict;

/// <summary>The times of one shape, in nanoseconds per row.</summary>
internal sealed record PredictionResult
{
    /// <summary>Gets the number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>Gets the number of features.</summary>
    public required int Features { get; init; }

    /// <summary>Gets the time of plain loops for all probabilities and the largest of them.</summary>
    public required RoundTimes PlainFull { get; init; }

    /// <summary>Gets the time of plain loops for all probabilities.</summary>
    public required RoundTimes PlainProbabilities { get; init; }

    /// <summary>Gets the time of <c>Predict</c>.</summary>
    public required RoundTimes Predict { get; init; }

    /// <summary>Gets the time of <c>PredictProbabilities</c>.</summary>
    public required RoundTimes Probabilities { get; init; }

    /// <summary>Gets the time of a row of <c>PredictBatch</c>.</summary>
    public required RoundTimes Batch { get; init; }

    /// <summary>Gets the time of a row of <c>PredictProbabilitiesBatch</c>.</summary>
    public required RoundTimes ProbabilitiesBatch { get; init; }

    /// <summary>Gets the bytes allocated by the four members, a row.</summary>
    public required double AllocatedBytes { get; init; }

    /// <summary>Gets the times of single calls of <c>Predict</c>.</summary>
    public required LatencyTail PredictTail { get; init; }

    /// <summary>Gets the times of single calls of <c>PredictProbabilities</c>.</summary>
    public required LatencyTail ProbabilitiesTail { get; init; }
}
