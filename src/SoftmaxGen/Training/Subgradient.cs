using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training;

/// <summary>The subgradients nearest to zero of a smooth function and a penalty with kinks. Their negatives are the directions of steepest descent.</summary>
internal static class Subgradient
{
    /// <summary>
    /// Finds that of <c>f(x) + strength * |x|</c>, of one coordinate: the derivative where there is one, and at <c>x = 0</c> what the kink of <c>|x|</c> cannot
    /// balance (Andrew and Gao, <i>Scalable training of L1-regularized log-linear models</i>, 2007, (4)).
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

    /// <summary>
    /// Finds that of <c>f(x) + strength * |x|_1 + groupStrength * ||x||_2</c>, of a vector. At <c>x = 0</c> the kink of <c>||x||_2</c> balances whatever is no
    /// longer than its strength of what the kinks of <c>|x|_1</c> leave.
    /// </summary>
    /// <param name="x">The place.</param>
    /// <param name="gradient">The gradient of the smooth part; receives the subgradient, which has a NaN where the gradient has one.</param>
    /// <param name="strength">The strength of <c>|x|_1</c>; not negative.</param>
    /// <param name="groupStrength">The strength of <c>||x||_2</c>; not negative.</param>
    public static void Nearest(ReadOnlySpan<double> x, Span<double> gradient, double strength, double groupStrength)
    {
        double length = VectorAlgebra.Norm(x);
        for (int i = 0; i < x.Length; i++)
        {
            gradient[i] = Nearest(x[i], length > 0 ? gradient[i] + (groupStrength * (x[i] / length)) : gradient[i], strength);
        }

        if (length == 0)
        {
            Shorten(gradient, groupStrength);
        }
    }

    /// <summary>Takes a length off a vector, which becomes 0 if it is no longer than that.</summary>
    public static void Shorten(Span<double> vector, double length)
    {
        double norm = VectorAlgebra.Norm(vector);
        if (norm <= length)
        {
            vector.Clear();
        }
        else if (length > 0)
        {
            VectorAlgebra.Scale(1 - (length / norm), vector, vector);
        }
    }
}
