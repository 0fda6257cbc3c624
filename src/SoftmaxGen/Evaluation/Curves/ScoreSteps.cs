using SoftmaxGen.CompilerServices;

namespace SoftmaxGen;

/// <summary>
/// The distinct scores of rows that are positive or negative, in descending order, with the weights of the rows at or above each: all that a curve of
/// two classes is made of. Rows of weight 0 are left out.
/// </summary>
internal sealed class ScoreSteps
{
    private readonly List<Step> _steps = [];

    // What messages say of a positive row.
    private readonly string _positive;

    private ScoreSteps(string positive) => _positive = positive;

    /// <summary>Gets the steps, in descending order of their thresholds; at least one.</summary>
    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>Gets the weight of all negative rows.</summary>
    public double Negatives => _steps[^1].FalsePositives;

    /// <summary>Gets the weight of all positive rows.</summary>
    public double Positives => _steps[^1].TruePositives;

    /// <summary>Makes the steps of scores.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit, there is no row, or a number is not valid.</exception>
    public static ScoreSteps Create(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive, ReadOnlySpan<double> rowWeights)
    {
        Guard.AtLeastOneRow(scores.Length, 1, nameof(scores));
        Guard.Length(isPositive.Length, scores.Length, nameof(isPositive));
        RowWeightRules.Require(rowWeights, scores.Length);
        var rows = new ScoredRow[scores.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            if (!double.IsFinite(scores[row]))
            {
                throw Refusal.Argument($"The score of row {row} is {scores[row]}; every score must be finite.", nameof(scores));
            }

            rows[row] = new ScoredRow(scores[row], 0, isPositive[row], rowWeights.IsEmpty ? 1 : rowWeights[row]);
        }

        return Create(rows);
    }

    /// <summary>Makes the steps of rows.</summary>
    /// <exception cref="ArgumentException">All rows weigh 0, or together more than a <see cref="double"/> holds.</exception>
    public static ScoreSteps Create(ScoredRow[] rows, string positive = "positive")
    {
        ScoredRow[] counted = Array.FindAll(rows, static row => row.Weight > 0);
        Array.Sort(counted);
        var steps = new ScoreSteps(positive);
        double negatives = 0;
        double positives = 0;
        for (int i = 0; i < counted.Length; i++)
        {
            ScoredRow row = counted[i];
            positives += row.IsPositive ? row.Weight : 0;
            negatives += row.IsPositive ? 0 : row.Weight;
            if (i == counted.Length - 1 || counted[i + 1].CompareTo(row) != 0)
            {
                steps._steps.Add(new Step(row.Score, negatives, positives));
            }
        }

        RowWeightRules.RequireTotal(negatives + positives, "rowWeights");
        return steps;
    }

    /// <summary>Requires rows of both kinds.</summary>
    /// <exception cref="ArgumentException">There is no positive row, or no negative one.</exception>
    public ScoreSteps RequireBoth(string what, string parameterName)
    {
        RequirePositive(what, parameterName);
        return Negatives > 0
            ? this
            : throw new ArgumentException($"Every row of positive weight is {_positive}; {what} needs a negative one as well.", parameterName);
    }

    /// <summary>Requires a positive row.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ScoreSteps RequirePositive(string what, string parameterName) => Positives > 0
        ? this
        : throw new ArgumentException($"No row of positive weight is {_positive}; {what} needs one.", parameterName);

    /// <summary>A distinct score.</summary>
    /// <param name="Threshold">The score.</param>
    /// <param name="FalsePositives">The weight of the negative rows with this score or a higher one.</param>
    /// <param name="TruePositives">The weight of the positive rows with this score or a higher one.</param>
    internal readonly record struct Step(double Threshold, double FalsePositives, double TruePositives);
}
