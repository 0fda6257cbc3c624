using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Steepest descent with a line search (Cauchy, 1847; Nocedal and Wright, <i>Numerical Optimization</i>, 2nd edition, section 3.3): the plain method of
/// lecture notes, for comparison. Each search begins with the step length that the last one found.
/// </summary>
/// <param name="line">The objective along a line.</param>
internal struct GradientDescent(ObjectiveLine line) : ISolver
{
    private double _length = line.SafeStep;

    /// <inheritdoc/>
    public StopReason? FindNext(bool isFlat)
    {
        if (isFlat)
        {
            return StopReason.Converged;
        }

        VectorAlgebra.Scale(-_length, line.Gradient, line.Direction);
        LinePoint? found = StrongWolfeLineSearch.Find(line);
        _length *= found?.Step ?? 1;
        return found is null ? StopReason.NoProgress : null;
    }
}
