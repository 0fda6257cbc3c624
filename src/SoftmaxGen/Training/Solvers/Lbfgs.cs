namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Limited-memory BFGS (Nocedal and Wright, <i>Numerical Optimization</i>, 2nd edition, algorithm 7.5): steps along <c>-H g</c> with the
/// approximation <c>H</c> of <see cref="InverseHessian"/> and the step length of <see cref="StrongWolfeLineSearch"/>.
/// </summary>
internal static class Lbfgs
{
    /// <summary>Minimizes an objective from the current point of a line, leaving the line at the best point found.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="line">The objective along a line.</param>
    /// <param name="monitor">Told of every iteration; decides when to stop.</param>
    /// <returns>The reason to stop.</returns>
    public static StopReason Minimize(Objective objective, ObjectiveLine line, TrainingMonitor monitor) =>
        TryMinimize(objective, line, monitor, int.MaxValue) ?? StopReason.NoProgress;

    /// <summary>Minimizes an objective for a limited number of iterations.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="line">The objective along a line; left at the best point found.</param>
    /// <param name="monitor">Told of every iteration; decides when to stop.</param>
    /// <param name="maxIterations">The limit.</param>
    /// <returns>The reason to stop; null when the limit was met, or no step makes progress any more.</returns>
    public static StopReason? TryMinimize(Objective objective, ObjectiveLine line, TrainingMonitor monitor, int maxIterations)
    {
        StopReason? stop = monitor.Record(line.Point, line.Value, line.Gradient);
        var inverseHessian = new InverseHessian(objective.Workspace, line.Direction.Length, line.SafeStep);
        int iterations = 0;
        int flatIterations = 0;
        while (iterations < maxIterations)
        {
            if (stop is not null && !(stop == StopReason.Converged && OptimalityGap.MayProve(objective, line, monitor, flatIterations++)))
            {
                break;
            }

            inverseHessian.Descend(line.Gradient, line.Direction);
            if (StrongWolfeLineSearch.Find(line) is not null)
            {
                inverseHessian.Learn(line.Point, line.TrialPoint, line.Gradient, line.TrialGradient);
                stop = monitor.Advance(line);
                iterations++;
            }
            else if (!inverseHessian.IsEmpty)
            {
                inverseHessian.Forget();
            }
            else
            {
                break;
            }
        }

        return stop;
    }
}
