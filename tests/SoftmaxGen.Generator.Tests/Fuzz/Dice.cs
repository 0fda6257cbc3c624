namespace SoftmaxGen.Generator.Tests.Fuzz;

/// <summary>Choices that a seed determines.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Says yes with a probability.</summary>
    public bool Chance(double probability) => _random.NextDouble() < probability;

    /// <summary>Draws a number from 0 up to but not including a bound.</summary>
    public int Below(int bound) => _random.Next(bound);

    /// <summary>Draws one of several.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>Draws the usual with a probability, or else one of several.</summary>
    public string Mostly(double probability, string usual, IReadOnlyList<string> others) => Chance(probability) ? usual : Pick(others);

    /// <summary>Puts items into a random order.</summary>
    public T[] Shuffle<T>(IEnumerable<T> items)
    {
        T[] shuffled = [.. items];
        _random.Shuffle(shuffled);
        return shuffled;
    }
}
