namespace SoftmaxGen.Persistence;

/// <summary>How a model was trained, in the few words that its file keeps.</summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Objective">The objective at the solution.</param>
/// <param name="Loss">The mean loss at the solution.</param>
/// <param name="Solver">The algorithm.</param>
/// <param name="StopReason">Why it stopped.</param>
/// <param name="Iterations">The number of iterations.</param>
/// <param name="L2">The strength of the penalty.</param>
/// <param name="Moments">The moments of the features in the training rows.</param>
/// <param name="Date">The date, if the caller gave one.</param>
internal sealed record TrainingSummary(
    long Rows,
    double Objective,
    double Loss,
    Solver Solver,
    StopReason StopReason,
    int Iterations,
    double L2,
    FeatureMoments Moments,
    DateOnly? Date);
