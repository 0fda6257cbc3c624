using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Train;

/// <summary>One solver on one problem.</summary>
internal sealed record SolverResult
{
    /// <summary>Gets the name of the solver.</summary>
    public required string Solver { get; init; }

    /// <summary>Gets the time to the default tolerance, packing included.</summary>
    public required RoundTimes Default { get; init; }

    /// <summary>Gets how the training to the default tolerance ended.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>Gets its iterations.</summary>
    public required int Iterations { get; init; }

    /// <summary>Gets its passes over the rows.</summary>
    public required int Evaluations { get; init; }

    /// <summary>Gets how far its objective is above the optimum.</summary>
    public required double Gap { get; init; }

    /// <summary>Gets the bytes it allocates, packed rows (which are native memory) not counted.</summary>
    public required long Bytes { get; init; }

    /// <summary>Gets the time to within 1e-9 of the optimum; null where no tolerance got there.</summary>
    public required RoundTimes? Exact { get; init; }
}
