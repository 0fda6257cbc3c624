using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Tests.Planning;

/// <summary>
/// When a prediction skips the zeros among baked weights. Ten classes are two vectors of eight: class 0 is in the first alone, class 9 in the second alone.
/// A feature takes a step for itself and one for each of its live vectors; eight features without a weight take one together.
/// </summary>
public class LiveProductsTests
{
    private const int Classes = 10;

    [Theory]
    [InlineData(64, 47, 0, true)] // 47 * 3 + 3 = 144 steps of 192: three quarters.
    [InlineData(64, 47, 1, false)] // 47 * 3 + 2 + 2 = 145.
    [InlineData(784, 226, 1, true)] // 226 * 3 + 2 + 70 = 750: as much straight code as the JIT inlines into.
    [InlineData(784, 227, 0, false)] // 227 * 3 + 70 = 751.
    public void Zeros_are_skipped_where_that_leaves_few_steps(int features, int live, int halfLive, bool skips)
    {
        IReadOnlyList<LiveProducts> chosen = LiveProducts.Choose(Plans.Of(Classes, features), Weights(features, live, halfLive));

        Assert.Equal(skips, chosen.Any(static products => products.Bits == 512));
    }

    [Fact]
    public void A_product_is_live_where_one_of_its_classes_has_a_weight()
    {
        KernelPlan plan = Plans.Of(Classes, 64);
        LiveProducts products = LiveProducts.Choose(plan, Weights(64, live: 3, halfLive: 2)).Single(static products => products.Bits == 512);
        EquatableArray<ClassVector> vectors = plan.Widths[0].Row!.Vectors;

        Assert.Equal((8, 128), (products.Count, products.All));
        Assert.Equal([true, true, true, true, true, false], Enumerable.Range(0, 6).Select(k => products.IsLive(vectors[0], k)));
        Assert.Equal([true, true, true, false, false, false], Enumerable.Range(0, 6).Select(k => products.IsLive(vectors[1], k)));

        // Features 5 to 63: the last look begins early, to end with the row.
        Assert.True(products.LooksAreVectors);
        Assert.Equal([5, 13, 21, 29, 37, 45, 53, 56], products.Looks);
    }

    // The first features have weights for classes 0 and 9, the next ones for class 0 alone, the others for none: some of these zeros are negative.
    private static BakedWeights Weights(int features, int live, int halfLive)
    {
        var bits = new long[Classes * (features + 1)];
        for (int column = 0; column <= features; column++)
        {
            bits[column] = BitConverter.DoubleToInt64Bits(column <= live + halfLive ? 0.5 : -0.0);
            bits[(9 * (features + 1)) + column] = BitConverter.DoubleToInt64Bits(column <= live ? -0.25 : 0);
        }

        return new BakedWeights(Classes, features, Precision.Double, 0, "", default, default, new EquatableArray<long>([.. bits]), default);
    }
}
