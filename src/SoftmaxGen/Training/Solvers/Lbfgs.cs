namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Limited-memory BFGS (Nocedal and Wright, <i>Numerical Optimization</i>, 2nd edition, algorithm 7.5): steps along <c>-H g</c> with the
/// approximation <c>H</c> of <see cref="InverseHessian"/> and the step length of <see cref="StrongWolfeLineSearch"/>.
/// </summary>
internal static class Lbfgs
{
    /// <summary>Minimizes an objective from the current point of a line, leaving the line at the best point found.</summary>
    /// <param name="line">The objective along a line.</param>
    /// <param name="monitor">Told of every iteration; decides when to stop.</param>
    /// <returns>The reason to stop.</returns>
    public static StopReason Minimize(ObjectiveLine line, TrainingMonitor monitor)
    {
        StopReason? stop = monitor.Record(line.Value, line.Gradient);
        var inverseHessian = new InverseHessian(line.Direction.Length, FirstScale(line));
        while (stop is null)
        {
            inverseHessian.Descend(line.Gradient, line.Direction);
            if (StrongWolfeLineSearch.Find(line) is not null)
            {
                inverseHessian.Learn(line.Point, line.TrialPoint, line.Gradient, line.TrialGradient);
                line.Advance();
                stop = monitor.Record(line.Value, line.Gradient);
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

    /// <summary>
    /// Scales the first step, which has no curvature to go by: <c>f / |g|^2</c>. A loss cannot fall below 0, so the parabola with this value and slope
    /// has its minimum within twice this step, whatever the units of the features.
    /// </summary>
    /// <param name="line">The line, at the starting point.</param>
    /// <returns>The scale of the first step.</returns>
    private static double FirstScale(ObjectiveLine line) => line.Value / VectorAlgebra.Dot(line.Gradient, line.Gradient);
}
