namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Limited-memory BFGS (Nocedal and Wright, <i>Numerical Optimization</i>, 2nd edition, algorithm 7.5): steps along <c>-H g</c> with the
/// approximation <c>H</c> of <see cref="InverseHessian"/> and the step length of <see cref="StrongWolfeLineSearch"/>. Where a sample of the rows is at hand,
/// the approximation starts from the inverse Hessian of its objective instead of <c>gamma I</c>.
/// </summary>
/// <param name="objective">The objective.</param>
/// <param name="line">The objective along a line.</param>
/// <param name="monitor">Knows what is negligible.</param>
/// <param name="sample">The objective of a sample, or null.</param>
internal struct Lbfgs(Objective objective, ObjectiveLine line, TrainingMonitor monitor, SampledObjective? sample = null) : ISolver
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
            Descend();
            if (StrongWolfeLineSearch.Find(line) is not null)
            {
                _inverseHessian.Learn(line.Point, line.TrialPoint, line.Gradient, line.TrialGradient);
                return null;
            }

            if (_inverseHessian.IsEmpty && sample is null)
            {
                return isFlat ? StopReason.Converged : StopReason.NoProgress;
            }

            // A sample that no step comes of does not stand for all rows.
            sample = _inverseHessian.IsEmpty ? null : sample;
            _inverseHessian.Forget();
        }
    }

    private readonly void Descend()
    {
        if (sample is null)
        {
            _inverseHessian.Descend(line.Gradient, line.Direction);
            return;
        }

        _inverseHessian.TakeOff(line.Gradient, line.Direction);
        sample.Precondition(line.Point, line.Direction);
        _inverseHessian.PutOn(line.Direction);
    }
}
