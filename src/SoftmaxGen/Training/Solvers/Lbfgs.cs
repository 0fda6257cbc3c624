namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Limited-memory BFGS (Nocedal and Wright, <i>Numerical Optimization</i>, 2nd edition, algorithm 7.5): steps along <c>-H g</c> with the
/// approximation <c>H</c> of <see cref="InverseHessian"/> and the step length of <see cref="StrongWolfeLineSearch"/>.
/// </summary>
/// <param name="objective">The objective.</param>
/// <param name="line">The objective along a line.</param>
/// <param name="monitor">Knows what is negligible.</param>
internal struct Lbfgs(Objective objective, ObjectiveLine line, TrainingMonitor monitor) : ISolver
{
    private InverseHessian _inverseHessian = new(objective.Workspace, line.Direction.Length, line.SafeStep);
    private int _flatIterations;

    /// <inheritdoc/>
    public StopReason? FindNext(bool isFlat)
    {
        if (isFlat && !OptimalityGap.MayProve(objective, line, monitor, _flatIterations++))
        {
            return StopReason.Converged;
        }

        while (true)
        {
            _inverseHessian.Descend(line.Gradient, line.Direction);
            if (StrongWolfeLineSearch.Find(line) is not null)
            {
                _inverseHessian.Learn(line.Point, line.TrialPoint, line.Gradient, line.TrialGradient);
                return null;
            }

            if (_inverseHessian.IsEmpty)
            {
                return isFlat ? StopReason.Converged : StopReason.NoProgress;
            }

            _inverseHessian.Forget();
        }
    }
}
