using System.Globalization;

namespace SoftmaxGen.Benchmarks.Modes.Sweep.Cliffs;

/// <summary>Neighbours: shapes of which each has one class, or one feature, more than the one before.</summary>
/// <param name="Classes">The first and the last number of classes.</param>
/// <param name="Features">The first and the last number of features; either these or the classes are one number.</param>
internal readonly record struct ShapeLine((int First, int Last) Classes, (int First, int Last) Features)
{
    private const int MostClasses = 64;
    private const int MostFeatures = 128;
    private const int Seed = 20260101;
    private const int Triples = 24;

    /// <summary>Gets the lines that are looked at where none is asked for: whole lines along both axes, and neighbours by chance.</summary>
    public static IReadOnlyList<ShapeLine> Default { get; } =
    [
        new((2, MostClasses), (16, 16)),
        new((4, 4), (1, MostFeatures)),
        new((10, 10), (1, MostFeatures)),
        new((26, 26), (1, MostFeatures)),
        .. Random(),
    ];

    /// <summary>Gets the shapes of the line.</summary>
    public IEnumerable<(int Classes, int Features)> Shapes
    {
        get
        {
            for (int classes = Classes.First; classes <= Classes.Last; classes++)
            {
                for (int features = Features.First; features <= Features.Last; features++)
                {
                    yield return (classes, features);
                }
            }
        }
    }

    /// <summary>Reads a line.</summary>
    /// <param name="text">The text, such as <c>2-64x16</c> or <c>10x1-128</c>.</param>
    /// <returns>The line.</returns>
    /// <exception cref="FormatException">It is none.</exception>
    public static ShapeLine Parse(string text) =>
        text.Split('x') is [string classes, string features]
            && (!classes.Contains('-', StringComparison.Ordinal) || !features.Contains('-', StringComparison.Ordinal))
            ? new ShapeLine(ParseRange(classes), ParseRange(features))
            : throw new FormatException($"'{text}' is no line of shapes.");

    /// <inheritdoc/>
    public override string ToString() => $"{Text(Classes)} x {Text(Features)}";

    private static string Text((int First, int Last) range) =>
        range.First == range.Last ? $"{range.First}" : string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}");

    private static (int First, int Last) ParseRange(string text)
    {
        string[] ends = text.Split('-');
        return (int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[^1], CultureInfo.InvariantCulture));
    }

    // Three neighbours each, so that the one in the middle has two.
    private static IEnumerable<ShapeLine> Random()
    {
        var random = new Random(Seed);
        for (int i = 0; i < Triples; i++)
        {
            int classes = random.Next(2, MostClasses - 1);
            int features = random.Next(1, MostFeatures - 1);
            yield return i % 2 == 0
                ? new ShapeLine((classes, classes + 2), (features, features))
                : new ShapeLine((classes, classes), (features, features + 2));
        }
    }
}
