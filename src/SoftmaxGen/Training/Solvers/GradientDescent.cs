using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Steepest descent with a line search (Cauchy, 1847; Nocedal and Wright, <i>Numerical Optimization</i>, 2nd edition, section 3.3): the plain method of
/// lecture notes, for comparison. Each search begins with the step length that the last one found.
/// </summary>
internal static class GradientDescent
{
    /// <summary>Minimizes an objective from the current point of a line, leaving the line at the best point found.</summary>
    /// <param name="line">The objective along a line.</param>
    /// <param name="monitor">Told of every iteration; decides when to stop.</param>
    /// <returns>The reason to stop.</returns>
    public static StopReason Minimize(ObjectiveLine line, TrainingMonitor monitor)
    {
        StopReason? stop = monitor.Record(line.Point, line.Value, line.Gradient);
        double length = line.SafeStep;
        while (stop is null)
        {
            VectorAlgebra.Scale(-length, line.Gradient, line.Direction);
            LinePoint? found = StrongWolfeLineSearch.Find(line);
            length *= found?.Step ?? 1;
            stop = found is null ? StopReason.NoProgress : monitor.Advance(line);
        }

        return stop.Value;
    }
}
