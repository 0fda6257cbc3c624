namespace SoftmaxGen.Online;

/// <summary>
/// How far the weights learned are trusted against those of the start: the share <c>1 / (1 + exp(-e))</c>, where <c>e</c> is by how much they predicted the
/// rows better so far, in loss, each row before it was learned from. That is the posterior probability of the better of two models (the aggregating
/// algorithm: Vovk, <i>Aggregating strategies</i>, 1990), kept within bounds so that the past never outweighs what the stream has become (Herbster and
/// Warmuth, <i>Tracking the best expert</i>, 1998). The loss is convex: between two weights it is never above their chord.
/// </summary>
internal sealed class Trust
{
    // At first an eighth: what was learned has to earn the rest.
    private const double First = -2;

    // Trusted least, the weights learned count for a fiftieth; trusted most, those of the start for a ten-millionth.
    private const double Least = -4;
    private const double Most = 16;

    private double _advantage = First;

    /// <summary>Gets the share of the weights learned.</summary>
    public double Share => 1 / (1 + Math.Exp(-_advantage));

    /// <summary>Counts a row.</summary>
    public void Count(double lossOfStart, double lossOfLearned) =>
        _advantage = Math.Clamp(_advantage + (lossOfStart - lossOfLearned), Least, Most);

    /// <summary>Writes or reads the trust.</summary>
    public void Exchange(IStateExchange state) => state.Numbers(new Span<double>(ref _advantage));
}
