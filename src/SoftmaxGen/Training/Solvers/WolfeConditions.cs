namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// When a step along a line is good enough: the strong Wolfe conditions (Nocedal and Wright, <i>Numerical Optimization</i>, 2nd edition,
/// (3.7)). Where the change of the value drowns in rounding, the slope alone decides, as in the approximate Wolfe conditions of Hager and
/// Zhang (<i>A new conjugate gradient method with guaranteed descent and an efficient line search</i>, SIAM J. Optim. 16, 2005, section 4):
/// they ask for <c>c2 phi'(0) &lt;= phi'(t) &lt;= (2 c1 - 1) phi'(0)</c>, which <see cref="Flattens"/> implies because <c>c2 &lt; 1 - 2 c1</c>.
/// </summary>
/// <param name="origin">The function at <c>t = 0</c>.</param>
/// <param name="noise">The change of the value that is within rounding.</param>
/// <param name="curvature">The share of the first slope that may be left, <c>c2</c>, above <see cref="SufficientDecrease"/> and below 1.</param>
internal readonly struct WolfeConditions(LinePoint origin, double noise, double curvature)
{
    /// <summary>The share of the decrease promised by the first slope that a step must keep, <c>c1</c>.</summary>
    public const double SufficientDecrease = 1e-4;

    /// <summary>The <c>c2</c> of quasi-Newton methods and of steepest descent, whose steps are as good as the search is cheap.</summary>
    public const double LooseCurvature = 0.9;

    /// <summary>Decides whether the value has decreased sufficiently, or cannot be told from the first. False for NaN.</summary>
    /// <param name="point">The point.</param>
    /// <returns>Whether <c>phi(t) &lt;= phi(0) + c1 t phi'(0)</c> or <c>|phi(t) - phi(0)| &lt;= noise</c>.</returns>
    public bool Decreases(LinePoint point) =>
        point.Value <= origin.Value + (SufficientDecrease * point.Step * origin.Slope) || AreAlike(point, origin);

    /// <summary>Decides whether the slope is sufficiently flat. False for NaN.</summary>
    /// <param name="point">The point.</param>
    /// <returns>Whether <c>|phi'(t)| &lt;= c2 |phi'(0)|</c>.</returns>
    public bool Flattens(LinePoint point) => Math.Abs(point.Slope) <= curvature * Math.Abs(origin.Slope);

    /// <summary>Decides whether the values of two points differ by no more than rounding. False for NaN.</summary>
    /// <param name="a">A point.</param>
    /// <param name="b">A point.</param>
    /// <returns>Whether <c>|phi(a) - phi(b)| &lt;= noise</c>.</returns>
    public bool AreAlike(LinePoint a, LinePoint b) => Math.Abs(a.Value - b.Value) <= noise;
}
