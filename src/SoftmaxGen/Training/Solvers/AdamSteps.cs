namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// The steps of Adam (Kingma and Ba, <i>Adam: a method for stochastic optimization</i>, ICLR 2015, algorithm 1): running means of the gradient and of its
/// square, corrected for their start at 0, and <c>x -= rate m / (sqrt v + 1e-8)</c>.
/// </summary>
/// <param name="objective">The objective.</param>
internal sealed class AdamSteps(Objective objective) : IStepRule
{
    // The defaults of the paper.
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly double[] _means = objective.Workspace.Rent(objective.ParameterCount);
    private readonly double[] _squares = objective.Workspace.Rent(objective.ParameterCount);
    private double _beta1Power = 1;
    private double _beta2Power = 1;

    /// <inheritdoc/>
    public double DefaultRate => 0.05;

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<double> gradient, double rate, Span<double> point)
    {
        _beta1Power *= Beta1;
        _beta2Power *= Beta2;
        for (int i = 0; i < point.Length; i++)
        {
            double g = gradient[i];
            _means[i] = (Beta1 * _means[i]) + ((1 - Beta1) * g);
            _squares[i] = (Beta2 * _squares[i]) + ((1 - Beta2) * g * g);
            point[i] -= rate * (_means[i] / (1 - _beta1Power)) / (Math.Sqrt(_squares[i] / (1 - _beta2Power)) + Epsilon);
        }
    }
}
