namespace SoftmaxGen;

/// <summary>A row as a curve of two classes sees it. Rows are ordered by descending score, and equal scores by ascending rest.</summary>
/// <param name="Score">The score; the higher, the more positive.</param>
/// <param name="Rest">
/// 1 less the score, where the score is a probability and the difference is known better than by subtraction; 0 elsewhere. Near 1, rows whose
/// probabilities are the same number still differ in this one.
/// </param>
/// <param name="IsPositive">Whether the row is positive.</param>
/// <param name="Weight">Its weight, finite and not negative.</param>
internal readonly record struct ScoredRow(double Score, double Rest, bool IsPositive, double Weight) : IComparable<ScoredRow>
{
    public int CompareTo(ScoredRow other) => Score != other.Score ? other.Score.CompareTo(Score) : Rest.CompareTo(other.Rest);
}
