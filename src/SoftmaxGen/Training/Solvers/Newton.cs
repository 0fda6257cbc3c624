namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Newton's method with a line search (Nocedal and Wright, <i>Numerical Optimization</i>, 2nd edition, algorithm 3.2): steps <c>-H^-1 g</c> with the
/// exact Hessian, factored by <see cref="Cholesky"/>. A few iterations, each as costly as several gradients; the number of right digits
/// doubles with each of the last ones, whatever the condition of the problem.
/// </summary>
internal static class Newton
{
    private const double NegligibleDecrease = 1e-10;

    /// <summary>Minimizes an objective from the current point of a line, leaving the line at the best point found.</summary>
    /// <param name="objective">The objective; it must have its Hessian.</param>
    /// <param name="line">The objective along a line.</param>
    /// <param name="monitor">Told of every iteration; decides when to stop.</param>
    /// <returns>The reason to stop.</returns>
    public static StopReason Minimize(Objective objective, ObjectiveLine line, TrainingMonitor monitor) =>
        Resume(objective, line, monitor, monitor.Record(line.Point, line.Value, line.Gradient));

    /// <summary>Goes on minimizing from a point that the monitor was told of.</summary>
    /// <param name="objective">The objective; it must have its Hessian.</param>
    /// <param name="line">The objective along a line.</param>
    /// <param name="monitor">Told of every iteration; decides when to stop.</param>
    /// <param name="stop">The reason to stop at the current point, or null.</param>
    /// <returns>The reason to stop.</returns>
    public static StopReason Resume(Objective objective, ObjectiveLine line, TrainingMonitor monitor, StopReason? stop)
    {
        double[] hessian = objective.Workspace.Take(objective.ParameterCount * objective.ParameterCount);
        while (stop is null || (stop is StopReason.Converged && objective.IsUnpenalised && monitor.MayGoOn))
        {
            objective.Hessian(line.Point, hessian);
            FixGauge(objective, hessian);
            Cholesky.Factor(hessian, objective.ParameterCount);
            VectorAlgebra.Scale(-1, line.Gradient, line.Direction);
            Cholesky.Solve(hessian, line.Direction);
            if (stop is not null && IsWithinReach(line))
            {
                break;
            }

            if (StrongWolfeLineSearch.Find(line) is null && !FindDownhill(line))
            {
                stop ??= StopReason.NoProgress;
                break;
            }

            stop = monitor.Advance(line);
        }

        return stop.Value;
    }

    /// <summary>
    /// Decides whether the objective is as good as minimal, by half the decrement <c>g'H^-1 g</c>, which is what the quadratic model has left to give (Boyd and
    /// Vandenberghe, <i>Convex Optimization</i>, 2004, (9.30)). Asked for without a penalty alone: there the gradient fades along directions that
    /// separate one class from the rest while the loss still falls, so that a small gradient says little.
    /// </summary>
    /// <param name="line">The line along the Newton direction.</param>
    /// <returns>Whether the rest is negligible.</returns>
    private static bool IsWithinReach(ObjectiveLine line) => -0.5 * line.Origin.Slope <= NegligibleDecrease * Math.Max(1, line.Value);

    /// <summary>
    /// Makes the solution unique. One vector added to every row of <c>W</c> changes no probability, so the last class keeps its bias, and its whole
    /// row where nothing is penalised.
    /// </summary>
    /// <param name="objective">The objective.</param>
    /// <param name="hessian">Its Hessian.</param>
    private static void FixGauge(Objective objective, Span<double> hessian)
    {
        int size = objective.ParameterCount;
        int first = size - objective.RowLength;
        int end = objective.IsUnpenalised ? size : first + 1;
        for (int i = first; i < end; i++)
        {
            Cholesky.Freeze(hessian, size, i);
        }
    }

    // Where the Hessian tells nothing but rounding, the gradient may still tell the way.
    private static bool FindDownhill(ObjectiveLine line)
    {
        VectorAlgebra.Scale(-line.SafeStep, line.Gradient, line.Direction);
        return StrongWolfeLineSearch.Find(line) is not null;
    }
}
