using static System.FormattableString;

namespace SoftmaxGen;

/// <summary>A metric over the folds of a cross-validation. Immutable.</summary>
public sealed record FoldStatistic
{
    internal FoldStatistic(double[] values)
    {
        Mean = values.Average();
        Deviation = Math.Sqrt(values.Sum(value => (value - Mean) * (value - Mean)) / (values.Length - 1));
        StandardError = Deviation / Math.Sqrt(values.Length);
    }

    /// <summary>Gets the mean over the folds.</summary>
    public double Mean { get; }

    /// <summary>Gets the standard deviation between the folds, with the divisor <c>folds - 1</c>.</summary>
    public double Deviation { get; }

    /// <summary>
    /// Gets the standard error of the mean, <c>deviation / sqrt(folds)</c>: as if the folds were independent, although their training rows overlap.
    /// </summary>
    public double StandardError { get; }

    /// <summary>Writes mean and deviation, in the invariant culture.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Invariant($"{Mean:G5} (deviation {Deviation:G3})");
}
