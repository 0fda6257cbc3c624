using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Steps with heavy-ball momentum, <c>v = 0.9 v + g</c>, <c>x -= rate v</c> (Polyak, <i>Some methods of speeding up the convergence of iteration
/// methods</i>, 1964).
/// </summary>
/// <param name="objective">The objective.</param>
internal sealed class MomentumSteps(Objective objective) : IStepRule
{
    private const double Momentum = 0.9;

    private readonly double[] _velocity = objective.Workspace.Rent(objective.ParameterCount);

    /// <inheritdoc/>
    public double DefaultRate => 0.05;

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<double> gradient, double rate, Span<double> point)
    {
        VectorAlgebra.Scale(Momentum, _velocity, _velocity);
        VectorAlgebra.AddScaled(1, gradient, _velocity);
        VectorAlgebra.AddScaled(-rate, _velocity, point);
    }
}
