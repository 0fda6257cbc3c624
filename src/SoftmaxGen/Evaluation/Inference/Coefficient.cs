using SoftmaxGen.Numerics;
using static System.FormattableString;

namespace SoftmaxGen;

/// <summary>
/// The weight of a feature for a class less that for the first class, <c>B_jk = W_jk - W_0k</c>: by how much one unit of the feature raises the logarithm of
/// the odds of the class against the first. Immutable.
/// </summary>
public sealed record Coefficient
{
    /// <summary>Gets the label of the class.</summary>
    public required int Label { get; init; }

    /// <summary>Gets the name of the class, or its label where classes have no names.</summary>
    public required string ClassName { get; init; }

    /// <summary>Gets the column of the weights: 0 for the bias, <c>k</c> for the <c>k</c>-th feature.</summary>
    public required int Column { get; init; }

    /// <summary>Gets the name of the feature, or <c>(bias)</c>.</summary>
    public required string FeatureName { get; init; }

    /// <summary>Gets the coefficient.</summary>
    public required double Estimate { get; init; }

    /// <summary>Gets its standard error.</summary>
    public required double StandardError { get; init; }

    /// <summary>Gets the estimate in standard errors, the Wald statistic: about standard normal where the true coefficient is 0.</summary>
    public double Z => Estimate == 0 ? 0 : Estimate / StandardError;

    /// <summary>Gets the probability of a statistic as far from 0 on either side where the true coefficient is 0.</summary>
    public double PValue => NormalDistribution.TwoSidedTail(Z);

    /// <summary>Computes a confidence interval, <c>estimate ± quantile * standard error</c>.</summary>
    /// <param name="level">The confidence, above 0 and below 1. The default is 0.95.</param>
    /// <returns>The interval.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not above 0 and below 1.</exception>
    public ConfidenceInterval Interval(double level = 0.95)
    {
        if (!(level > 0 && level < 1))
        {
            throw Refusal.OutOfRange(nameof(level), level, $"The level is {level}; it must be above 0 and below 1.");
        }

        double reach = NormalDistribution.UpperQuantile((1 - level) / 2) * StandardError;
        return new ConfidenceInterval(Estimate - reach, Estimate + reach);
    }

    /// <summary>Writes the coefficient on one line, in the invariant culture.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => Invariant($"{ClassName}, {FeatureName}: {Estimate:G5}, standard error {StandardError:G5}, z {Z:G4}, p {PValue:G3}");
}
