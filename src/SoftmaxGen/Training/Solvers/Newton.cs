using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Newton's method with a line search (Nocedal and Wright, <i>Numerical Optimization</i>, 2nd edition, algorithm 3.2): steps <c>-H^-1 g</c> with the
/// exact Hessian: see <see cref="NewtonDirection"/>. A few iterations, each as costly as several gradients; the number of right digits
/// doubles with each of the last ones, whatever the condition of the problem.
/// </summary>
internal static class Newton
{
    private const double NegligibleDecrease = 1e-10;

    // Where a class is about to be told from the others the loss falls like exp(-t), and the slope that a step of 1 leaves is 0.37 of the first: too short a
    // step, of which a longer search makes up for several. Near the optimum a step of 1 leaves next to nothing.
    private const double Curvature = 0.3;

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
        var direction = new NewtonDirection(objective);
        while (stop is null || (stop is StopReason.Converged && objective.IsUnpenalised && monitor.MayGoOn))
        {
            direction.Set(line);
            if (stop is not null && IsWithinReach(line))
            {
                break;
            }

            if (StrongWolfeLineSearch.Find(line, Curvature) is null && !FindDownhill(line))
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

    // Where the Hessian tells nothing but rounding, the gradient may still tell the way.
    private static bool FindDownhill(ObjectiveLine line)
    {
        VectorAlgebra.Scale(-line.SafeStep, line.Gradient, line.Direction);
        return StrongWolfeLineSearch.Find(line) is not null;
    }
}
