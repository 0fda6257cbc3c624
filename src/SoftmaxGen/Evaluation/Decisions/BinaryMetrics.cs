using static System.FormattableString;

namespace SoftmaxGen;

/// <summary>
/// What comes of calling every row positive whose score is at least a threshold. Counts are sums of row weights: numbers of rows, where rows have no
/// weights. A share is 0 where its denominator is 0. Immutable.
/// </summary>
/// <param name="Threshold">The threshold; +∞ where no row is called positive.</param>
/// <param name="TruePositives">The positive rows that are called positive.</param>
/// <param name="FalsePositives">The negative rows that are called positive.</param>
/// <param name="TrueNegatives">The negative rows that are called negative.</param>
/// <param name="FalseNegatives">The positive rows that are called negative.</param>
public readonly record struct BinaryMetrics(
    double Threshold, double TruePositives, double FalsePositives, double TrueNegatives, double FalseNegatives)
{
    // Beyond, precision does not matter any more, and the square would overflow.
    private const double MostBeta = 1e150;

    /// <summary>Gets the share of the rows called positive that are.</summary>
    public double Precision => Share(TruePositives, TruePositives + FalsePositives);

    /// <summary>Gets the share of the positive rows that are called positive; also known as sensitivity or true positive rate.</summary>
    public double Recall => Share(TruePositives, TruePositives + FalseNegatives);

    /// <summary>Gets the share of the negative rows that are called negative; also known as true negative rate.</summary>
    public double Specificity => Share(TrueNegatives, TrueNegatives + FalsePositives);

    /// <summary>Gets the share of the rows called negative that are.</summary>
    public double NegativePredictiveValue => Share(TrueNegatives, TrueNegatives + FalseNegatives);

    /// <summary>Gets the share of all rows that are called what they are.</summary>
    public double Accuracy => Share(TruePositives + TrueNegatives, TruePositives + FalsePositives + TrueNegatives + FalseNegatives);

    /// <summary>Gets the mean of recall and specificity.</summary>
    public double BalancedAccuracy => (Recall + Specificity) / 2;

    /// <summary>Gets the harmonic mean of precision and recall.</summary>
    public double F1 => FScore(1);

    /// <summary>
    /// Gets the correlation of what rows are and what they are called (Matthews, 1975), from -1 to 1; 0 where all rows are the same or are called the
    /// same.
    /// </summary>
    public double MatthewsCorrelation
    {
        get
        {
            (double positive, double falsePositive, double negative, double falseNegative) = ScaledWeights();
            double scale = Math.Sqrt(positive + falsePositive) * Math.Sqrt(positive + falseNegative)
                * Math.Sqrt(negative + falsePositive) * Math.Sqrt(negative + falseNegative);
            return Share((positive * negative) - (falsePositive * falseNegative), scale);
        }
    }

    /// <summary>
    /// Computes the weighted harmonic mean of precision and recall, <c>(1 + b^2) TP / ((1 + b^2) TP + b^2 FN + FP)</c> (van Rijsbergen,
    /// <i>Information Retrieval</i>, 1979).
    /// </summary>
    /// <param name="beta">How many times as much recall matters as precision: finite and positive.</param>
    /// <returns>The score, from 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="beta"/> is not finite and positive.</exception>
    public double FScore(double beta)
    {
        RequireBeta(beta);
        (double positive, double falsePositive, _, double falseNegative) = ScaledWeights();
        double square = Math.Pow(Math.Min(beta, MostBeta), 2);
        return Share((1 + square) * positive, ((1 + square) * positive) + (square * falseNegative) + falsePositive);
    }

    /// <summary>Computes what the decisions cost altogether.</summary>
    /// <param name="costs">The costs of two classes: the negative one first, the positive one second.</param>
    /// <returns>The sum over the rows of their weights times their costs.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="costs"/> is null.</exception>
    /// <exception cref="ArgumentException">The costs are of more than two classes.</exception>
    public double Cost(CostMatrix costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        costs.RequireClasses(2, nameof(costs));
        return (TrueNegatives * costs[0, 0]) + (FalsePositives * costs[0, 1]) + (FalseNegatives * costs[1, 0]) + (TruePositives * costs[1, 1]);
    }

    /// <summary>Writes the metrics on one line, in the invariant culture.</summary>
    /// <returns>The line.</returns>
    public override string ToString() =>
        Invariant($"threshold {Threshold:G6}: precision {Precision:F4}, recall {Recall:F4}, F1 {F1:F4}, specificity {Specificity:F4}, accuracy {Accuracy:F4}");

    /// <summary>Checks a weight of recall against precision.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The weight is not finite and positive.</exception>
    internal static void RequireBeta(double beta)
    {
        if (!(beta > 0) || double.IsPositiveInfinity(beta))
        {
            throw new ArgumentOutOfRangeException(nameof(beta), beta, "Beta must be finite and positive.");
        }
    }

    // Scaled by a power of two to a sum near 1, which rounds nothing: of the smallest and the largest weights the products neither vanish nor overflow.
    private (double TruePositives, double FalsePositives, double TrueNegatives, double FalseNegatives) ScaledWeights()
    {
        double all = TruePositives + FalsePositives + TrueNegatives + FalseNegatives;
        int scale = all == 0 ? 0 : -Math.ILogB(all);
        return (Scaled(TruePositives), Scaled(FalsePositives), Scaled(TrueNegatives), Scaled(FalseNegatives));

        double Scaled(double weight) => Math.ScaleB(weight, scale);
    }

    private static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;
}
