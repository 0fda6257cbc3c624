namespace SoftmaxGen.Generator.Planning;

/// <summary>The softmax stage takes one row vector at a time.</summary>
/// <param name="ContrastsPerTurn">Contrasts per turn of its loop over the contrasts; all of them when there is no loop.</param>
/// <param name="OverlapsDivision">Whether the loop divides the exponentials of the row vector before by their sum, beside its own exponentials.</param>
internal sealed record SoftmaxTile(int ContrastsPerTurn, bool OverlapsDivision)
{
    // Two row vectors at once need more than 16 registers.
    private const int EnoughToOverlap = 31;

    // In straight code, where more are taken one by one.
    private const int MostBesideOneAnother = 2;

    // A turn of few contrasts waits for the latency of the exponential, one of many runs out of registers.
    private const int FewestPerTurn = 3;
    private const int MostPerTurn = 6;

    /// <summary>
    /// Without a loop, when the contrasts are few or just one full turn, the exponentials stay in registers between the sum and the division; with
    /// one they are stored in between.
    /// </summary>
    public static SoftmaxTile Choose(Shape shape, VectorTarget target)
    {
        if (target.TakesExponentialsOneByOne(shape))
        {
            return new SoftmaxTile(shape.Contrasts <= MostBesideOneAnother ? shape.Contrasts : 1, OverlapsDivision: false);
        }

        return shape.Contrasts <= target.FreeRegisters / 3
            ? new SoftmaxTile(shape.Contrasts, OverlapsDivision: false)
            : new SoftmaxTile(EvenTurns(shape.Contrasts), target.FreeRegisters >= EnoughToOverlap);
    }

    // The number that leaves the fullest last turn.
    private static int EvenTurns(int contrasts) => Enumerable
        .Range(FewestPerTurn, MostPerTurn - FewestPerTurn + 1)
        .OrderByDescending(perTurn => (double)(((contrasts - 1) % perTurn) + 1) / perTurn)
        .ThenByDescending(static perTurn => perTurn)
        .First();
}
