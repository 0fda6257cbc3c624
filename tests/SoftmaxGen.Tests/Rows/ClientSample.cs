using SoftmaxGen.TestModels.Rows;

namespace SoftmaxGen.Tests.Rows;

/// <summary>Random clients: every level, blank and interval, edges and unknown values among them.</summary>
internal static class ClientSample
{
    /// <summary>Makes clients.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The clients.</returns>
    public static Client[] Make(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Make(random))];
    }

    private static Client Make(Random random)
    {
        var position = default(Triple);
        for (int i = 0; i < 3; i++)
        {
            position[i] = random.NextSingle() - 0.5f;
        }

        return new Client(
            random.Next(-3, 4),
            random.Next(3) == 0 ? null : random.Next(-100, 100) / 8m,
            random.Next(3) == 0 ? double.NaN : random.NextDouble(),
            random.Next(4) switch { 0 => null, 1 => float.NaN, _ => random.NextSingle() },
            random.Next(2) == 0,
            random.Next(3) switch { 0 => null, 1 => true, _ => false },
            Any<Contract>(random),
            random.Next(3) == 0 ? null : Any<Internet>(random),
            random.Next(4) == 0 ? (Region)random.Next(5) : Any<Region>(random),
            random.Next(4) == 0 ? (Mood)random.Next(2, 9) : Any<Mood>(random),
            (Services)(random.Next(4) + (8 * random.Next(2))),
            Any(random, "DE", "FR", "IT"),
            Any(random, "web", "Web", "SHOP", "shop", null)!,
            Any(random, "Rome", "Paris \"east\"", "Köln", "rome", ""),
            Any(random, 17, 18, 24, 25, 35, 36, int.MinValue, int.MaxValue),
            Any(random, double.NaN, -1.5, -1, -0.25, 0, double.MaxValue, Math.BitDecrement(0)),
            Any(random, -0.5, 0, 2, 3.25, -4),
            random.Next(3) == 0 ? null : (Half)random.Next(5, 15),
            $"user-{random.Next(20)}",
            random.Next(3) == 0 ? null : new string((char)random.Next('a', 0x3000), random.Next(3)),
            random.NextInt64(long.MinValue, long.MaxValue),
            [random.NextSingle(), -random.NextSingle(), 0],
            random.Next(3) == 0 ? null : [random.NextDouble(), random.NextDouble()],
            new[] { 99, random.Next(5), random.Next(5) }.AsMemory(1),
            position,
            default);
    }

    private static T Any<T>(Random random)
        where T : struct, Enum => Any(random, Enum.GetValues<T>());

    private static T Any<T>(Random random, params T[] values) => values[random.Next(values.Length)];
}
