using System.Diagnostics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>The loop of all solvers.</summary>
internal static class Minimization
{
    /// <summary>Minimizes an objective from the current point of a line, leaving the line at the last point.</summary>
    /// <typeparam name="TSolver">The type of the solver.</typeparam>
    /// <param name="solver">Finds the next point.</param>
    /// <param name="line">The objective along a line.</param>
    /// <param name="monitor">Told of the start and of every iteration; decides when to stop.</param>
    /// <returns>The reason to stop.</returns>
    public static StopReason Run<TSolver>(TSolver solver, ObjectiveLine line, TrainingMonitor monitor)
        where TSolver : struct, ISolver => Resume(solver, line, monitor, Start(line, monitor));

    /// <summary>Minimizes an objective for a limited number of iterations.</summary>
    /// <typeparam name="TSolver">The type of the solver.</typeparam>
    /// <param name="solver">Finds the next point.</param>
    /// <param name="line">The objective along a line.</param>
    /// <param name="monitor">Told of the start and of every iteration; decides when to stop.</param>
    /// <param name="patience">The most iterations.</param>
    /// <returns>The reason to stop; null when patience ended before there was one.</returns>
    public static StopReason? RunFor<TSolver>(TSolver solver, ObjectiveLine line, TrainingMonitor monitor, int patience)
        where TSolver : struct, ISolver => Loop(solver, line, monitor, Start(line, monitor), patience);

    /// <summary>Goes on minimizing from a point that the monitor was told of.</summary>
    /// <typeparam name="TSolver">The type of the solver.</typeparam>
    /// <param name="solver">Finds the next point.</param>
    /// <param name="line">The objective along a line.</param>
    /// <param name="monitor">Told of every iteration; decides when to stop.</param>
    /// <param name="stop">The reason to stop at the current point, or null; <see cref="StopReason.Converged"/> is not taken for granted.</param>
    /// <returns>The reason to stop.</returns>
    public static StopReason Resume<TSolver>(TSolver solver, ObjectiveLine line, TrainingMonitor monitor, StopReason? stop)
        where TSolver : struct, ISolver => Loop(solver, line, monitor, stop, int.MaxValue) ?? throw new UnreachableException();

    private static StopReason? Start(ObjectiveLine line, TrainingMonitor monitor) => monitor.Record(line.Point, line.Value, line.Gradient);

    private static StopReason? Loop<TSolver>(TSolver solver, ObjectiveLine line, TrainingMonitor monitor, StopReason? stop, int patience)
        where TSolver : struct, ISolver
    {
        for (int iteration = 0; iteration < patience && stop is null or StopReason.Converged; iteration++)
        {
            if (solver.FindNext(isFlat: stop is not null) is StopReason end)
            {
                return end;
            }

            stop = monitor.Advance(line);
        }

        return stop;
    }
}
