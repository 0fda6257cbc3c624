namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// L-BFGS with an L1 penalty (Andrew and Gao, <i>Scalable training of L1-regularized log-linear models</i>, ICML 2007, OWL-QN): steps in the orthants of
/// <see cref="OrthantLine"/>, with the curvature learned from the smooth part alone. For shapes without an exact Hessian.
/// </summary>
internal static class OrthantWiseLbfgs
{
    /// <summary>Minimizes an objective with its L1 penalty from the current point of a line, leaving the line at the best point found.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="line">Its smooth part along a line.</param>
    /// <param name="monitor">Told of every iteration; decides when to stop.</param>
    /// <returns>The reason to stop.</returns>
    public static StopReason Minimize(Objective objective, ObjectiveLine line, TrainingMonitor monitor)
    {
        var orthant = new OrthantLine(objective, line);
        StopReason? stop = monitor.Record(line.Point, line.Value, line.Gradient);
        orthant.FindSteepest();
        var inverseHessian = new InverseHessian(objective.Workspace, objective.ParameterCount, orthant.SafeStep);
        while (stop is null)
        {
            orthant.FindSteepest();
            inverseHessian.Descend(orthant.Steepest, line.Direction);
            orthant.StayDownhill();
            if (orthant.Search())
            {
                inverseHessian.Learn(line.Point, line.TrialPoint, line.Gradient, line.TrialGradient);
                stop = monitor.Advance(line);
            }
            else if (!inverseHessian.IsEmpty)
            {
                inverseHessian.Forget();
            }
            else
            {
                stop = StopReason.NoProgress;
            }
        }

        return stop.Value;
    }
}
