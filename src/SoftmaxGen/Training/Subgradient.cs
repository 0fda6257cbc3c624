namespace SoftmaxGen.Training;

/// <summary>The subgradients of <c>f(x) + strength * |x|</c>, one coordinate at a time.</summary>
internal static class Subgradient
{
    /// <summary>
    /// Finds the subgradient nearest to zero: the derivative where there is one, and at <c>x = 0</c> what the kink of <c>|x|</c> cannot balance. Its
    /// negative is the direction of steepest descent (Andrew and Gao, <i>Scalable training of L1-regularized log-linear models</i>, 2007, (4)).
    /// </summary>
    /// <param name="x">The place.</param>
    /// <param name="derivative">The derivative of the smooth part, <c>f'(x)</c>.</param>
    /// <param name="strength">The strength; not negative.</param>
    /// <returns>The subgradient; NaN when the derivative is.</returns>
    public static double Nearest(double x, double derivative, double strength)
    {
        if (x != 0)
        {
            return derivative + Math.CopySign(strength, x);
        }

        return double.IsNaN(derivative) ? derivative : Math.CopySign(Math.Max(Math.Abs(derivative) - strength, 0), derivative);
    }
}
