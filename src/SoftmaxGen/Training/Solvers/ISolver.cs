namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// A way to minimise an objective along a line, iteration by iteration. What is the same for all of them, who is told, when to stop and which point was the
/// best, is <see cref="Minimization"/>'s and the <see cref="TrainingMonitor"/>'s. Solvers are structures, so that a training allocates none.
/// </summary>
internal interface ISolver
{
    /// <summary>Finds the next point and leaves it as the trial point of the line, evaluated.</summary>
    /// <param name="isFlat">
    /// Whether the gradient is within the tolerance at the current point. That proves little: a solver that can prove that the training has converged does, or
    /// goes on.
    /// </param>
    /// <returns>Null when there is such a point; else the reason to end at the current one.</returns>
    StopReason? FindNext(bool isFlat);
}
