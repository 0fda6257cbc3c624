namespace SoftmaxGen.Persistence;

/// <summary>How a model was trained, in the few words that its file keeps.</summary>
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
