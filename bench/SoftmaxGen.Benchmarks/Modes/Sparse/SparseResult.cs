using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Sparse;

/// <summary>The times of one set of weights, in nanoseconds per row.</summary>
internal sealed record SparseResult
{
    /// <summary>Gets what the weights are.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the number of weights of features that are zero, of a hundred.</summary>
    public required double PercentZero { get; init; }

    /// <summary>Gets the time of <c>Predict</c> that multiplies all weights.</summary>
    public required RoundTimes PredictAll { get; init; }

    /// <summary>Gets the time of <c>Predict</c> of the baked instance.</summary>
    public required RoundTimes PredictBaked { get; init; }

    /// <summary>Gets the time of <c>PredictProbabilities</c> that multiplies all weights.</summary>
    public required RoundTimes ProbabilitiesAll { get; init; }

    /// <summary>Gets the time of <c>PredictProbabilities</c> of the baked instance.</summary>
    public required RoundTimes ProbabilitiesBaked { get; init; }
}
