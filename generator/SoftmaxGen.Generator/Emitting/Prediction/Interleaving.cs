namespace SoftmaxGen.Generator.Emitting.Prediction;

/// <summary>
/// Two lists of statements that do not depend on one another, mixed evenly: RyuJIT leaves them as they stand, and a core does not look far ahead.
/// </summary>
internal static class Interleaving
{
    /// <summary>Mixes two lists, each in its order.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        int taken = 0;
        for (int i = 0; i < first.Count; i++)
        {
            yield return first[i];
            for (; taken < second.Count * (i + 1) / first.Count; taken++)
            {
                yield return second[taken];
            }
        }
    }
}
