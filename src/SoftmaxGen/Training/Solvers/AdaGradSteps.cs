namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// The steps of AdaGrad (Duchi, Hazan and Singer, <i>Adaptive subgradient methods for online learning and stochastic optimization</i>, JMLR 12, 2011, with
/// diagonal matrices): <c>x -= rate g / (sqrt(sum of all g^2) + 1e-10)</c>, element by element.
/// </summary>
/// <param name="objective">The objective.</param>
internal sealed class AdaGradSteps(Objective objective) : IStepRule
{
    // Keeps the first step of an element without a gradient from 0 / 0.
    private const double Epsilon = 1e-10;

    private readonly double[] _squares = objective.Workspace.Rent(objective.ParameterCount);

    /// <inheritdoc/>
    public double DefaultRate => 0.5;

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<double> gradient, double rate, Span<double> point) => Step(_squares, gradient, rate, point);

    /// <summary>Takes a step.</summary>
    /// <param name="squares">The sums of the squares of all gradients so far; those of this one are added.</param>
    /// <param name="gradient">The gradient.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="point">The point to move.</param>
    public static void Step(Span<double> squares, ReadOnlySpan<double> gradient, double rate, Span<double> point)
    {
        for (int i = 0; i < point.Length; i++)
        {
            double g = gradient[i];
            squares[i] += g * g;
            point[i] -= rate * g / (Math.Sqrt(squares[i]) + Epsilon);
        }
    }
}
