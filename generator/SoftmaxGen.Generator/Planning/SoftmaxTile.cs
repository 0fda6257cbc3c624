namespace SoftmaxGen.Generator.Planning;

/// <summary>The softmax stage takes one row vector at a time.</summary>
/// <param name="ContrastsPerTurn">Contrasts per turn of its loop over the contrasts; all of them when there is no loop.</param>
internal sealed record SoftmaxTile(int ContrastsPerTurn)
{
    /// <summary>Without a loop the exponentials stay in registers between the sum and the division; with one they are stored in between.</summary>
    public static SoftmaxTile Choose(int contrasts, int registers)
    {
        int inRegisters = registers / 3;
        const int PerTurn = 4;
        return new SoftmaxTile(contrasts <= inRegisters ? contrasts : PerTurn);
    }
}
