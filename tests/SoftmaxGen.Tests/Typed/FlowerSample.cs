using SoftmaxGen.TestModels.Typed;

namespace SoftmaxGen.Tests.Typed;

/// <summary>The same flowers in every form a model takes them.</summary>
internal sealed class FlowerSample
{
    public const int Features = 4;

    private FlowerSample(int count)
    {
        Random random = new(20_260_101);
        Rows = [.. Enumerable.Range(0, count * Features).Select(_ => random.Next(-64, 65) / 16.0)];
        Labels = [.. Enumerable.Range(0, count).Select(i => (Species)(i % 3))];
        Weights = [.. Enumerable.Range(0, 15).Select(_ => random.Next(-32, 33) / 16.0)];
        Flowers = [.. Rows.Chunk(Features).Zip(Labels, static (x, species) => new Flower(x[0], x[1], x[2], x[3], species))];
        Objects = [.. Flowers.Select(static flower => new FlowerClass
        {
            SepalLength = flower.SepalLength,
            SepalWidth = flower.SepalWidth,
            PetalLength = flower.PetalLength,
            PetalWidth = flower.PetalWidth,
            Species = flower.Species,
        })];
    }

    /// <summary>Gets the features, row-major.</summary>
    public double[] Rows { get; }

    public Species[] Labels { get; }

    public double[] Weights { get; }

    public Flower[] Flowers { get; }

    public FlowerClass[] Objects { get; }

    /// <summary>Gets the labels as numbers.</summary>
    public int[] Numbers => [.. Labels.Select(static label => (int)label)];

    public static FlowerSample Of(int count) => new(count);

    /// <summary>Computes the scores of each flower as a textbook does. Sixteenths are exact, and so is every sum of theirs here.</summary>
    public double[][] Scores() =>
    [
        .. Rows.Chunk(Features).Select(x => Weights.Chunk(Features + 1)
            .Select(w => w[0] + w.Skip(1).Zip(x, static (weight, feature) => weight * feature).Sum())
            .ToArray()),
    ];

    /// <summary>Finds the class of each flower: the first of the largest scores.</summary>
    public Species[] Expected() => [.. Scores().Select(static scores => (Species)Array.IndexOf(scores, scores.Max()))];
}
