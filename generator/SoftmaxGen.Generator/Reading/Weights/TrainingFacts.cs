namespace SoftmaxGen.Generator.Reading.Weights;

/// <summary>Puts the training summary of a weights file into words.</summary>
internal static class TrainingFacts
{
    private static readonly (string Name, string Words)[] _phrases =
    [
        ("rows", "rows: {0}"),
        ("objective", "objective: {0}"),
        ("loss", "loss: {0}"),
        ("l2", "L2: {0}"),
        ("solver", "solver: {0}"),
        ("iterations", "iterations: {0}"),
        ("stopReason", "stopped: {0}"),
        ("date", "date: {0}"),
    ];

    /// <summary>Lists what is known.</summary>
    /// <returns>A phrase for each field that is understood, in a fixed order.</returns>
    public static IEnumerable<string> Describe(IReadOnlyDictionary<string, string> facts) =>
        _phrases.Where(phrase => facts.ContainsKey(phrase.Name)).Select(phrase => phrase.Words.Replace("{0}", facts[phrase.Name]));
}
