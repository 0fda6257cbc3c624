using System.Globalization;
using SoftmaxGen.Benchmarks.Timing;

namespace SoftmaxGen.Benchmarks.Modes.Sweep.Cliffs;

/// <summary>
/// Times shapes that differ by one class or one feature: is there one that costs more than the next larger one, or much more for a multiplication than both of
/// its neighbours?
/// </summary>
internal static class CliffMode
{
    private const int FirstRounds = 30;
    private const int Rounds = 100;
    private const int Looks = 4;

    /// <summary>Runs the mode.</summary>
    /// <param name="args">The arguments after its name.</param>
    /// <returns>The exit code: 0 when there is no cliff.</returns>
    public static int Run(string[] args)
    {
        string? file = args is ["--markdown", string name, ..] ? name : null;
        string[] texts = file is null ? args : args[2..];
        IReadOnlyList<ShapeLine> lines = texts.Length == 0 ? ShapeLine.Default : [.. texts.Select(ShapeLine.Parse)];
        WarmUp();
        Cliff[] cliffs = [.. lines.SelectMany(Look)];
        string report = CliffReport.Write(lines, cliffs);
        Console.Write(report);
        if (file is not null)
        {
            File.WriteAllText(file, report);
        }

        return cliffs.Length == 0 ? 0 : 1;
    }

    // What the library shares among models is at its highest tier before any is timed.
    private static void WarmUp()
    {
        var clock = ShapeClock.Of(3, 3);
        Stopclock.WarmUp(() =>
        {
            ShapeClock.TakeTurns([clock], 1);
            return 0;
        });
    }

    // A short look at all, and long ones, with the neighbours by turns, at those that seem to cost more.
    private static IEnumerable<Cliff> Look(ShapeLine line)
    {
        ShapeClock[] clocks = [.. line.Shapes.Select(static shape => Load(shape.Classes, shape.Features))];
        for (int look = 0; look < Looks; look++)
        {
            foreach (Cliff suspect in Cliff.Find(clocks).DistinctBy(static cliff => cliff.Shape).ToArray())
            {
                ShapeClock.TakeTurns([.. suspect.Clocks], Rounds);
            }
        }

        return Cliff.Find(clocks);
    }

    private static ShapeClock Load(int classes, int features)
    {
        var clock = ShapeClock.Of(classes, features);
        ShapeClock.TakeTurns([clock], FirstRounds);
        IEnumerable<string> times = Measure.All.Select(
            measure => string.Create(CultureInfo.InvariantCulture, $"{measure.Name} {clock.Nanoseconds(measure):F2}"));
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{classes} x {features}: {string.Join(", ", times)}"));
        return clock;
    }
}
