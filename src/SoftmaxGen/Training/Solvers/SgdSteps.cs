using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>Plain steps <c>x -= rate g</c> (Robbins and Monro, <i>A stochastic approximation method</i>, 1951).</summary>
internal sealed class SgdSteps : IStepRule
{
    /// <inheritdoc/>
    public double DefaultRate => 0.5;

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<double> gradient, double rate, Span<double> point) => VectorAlgebra.AddScaled(-rate, gradient, point);
}
