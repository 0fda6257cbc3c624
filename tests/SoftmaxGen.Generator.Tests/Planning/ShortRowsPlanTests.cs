using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Tests.Planning;

/// <summary>Which shapes add row-major rows block by block, and where their weights are found.</summary>
public class ShortRowsPlanTests
{
    [Theory]
    [InlineData(2, 1, false)] // Rows of one number are packed as they stand.
    [InlineData(2, 2, true)]
    [InlineData(2, 13, true)]
    [InlineData(2, 14, false)] // Faster as they stand.
    [InlineData(3, 7, true)] // 16 sums.
    [InlineData(3, 8, false)]
    [InlineData(4, 4, true)]
    [InlineData(4, 5, false)]
    [InlineData(6, 2, true)]
    [InlineData(7, 2, false)]
    public void Sums_of_short_rows_fit_the_registers(int classes, int features, bool areShort)
    {
        Assert.Equal(areShort, Plans.Of(classes, features, Precision.Double).Widest.Unpacked is ShortRowsPlan);
        Assert.Equal(areShort, Plans.Of(classes, features, Precision.Single).Widest.Unpacked is ShortRowsPlan);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(13)]
    public void Rows_that_could_go_both_ways_go_block_by_block(int features)
    {
        var shape = new Shape(2, features, Precision.Double);

        Assert.True(DirectPlan.IsFaster(shape) && ShortRowsPlan.IsFaster(shape));
        Assert.Equal(new ShortRowsPlan(shape), UnpackedForm.Choose(shape, VectorTarget.Avx512));
    }

    [Fact]
    public void Narrower_vectors_pack_all_rows() =>
        Assert.All(Plans.Grid().SelectMany(static plan => plan.Widths.Skip(1)), static width => Assert.Null(width.Unpacked));

    [Theory]
    [InlineData(1, 4, 1)]
    [InlineData(5, 2, 2)]
    [InlineData(5, 3, 5)]
    [InlineData(7, 3, 4)]
    public void Weights_lie_pass_by_pass_column_by_column(int contrasts, int features, int perPass)
    {
        var shape = new Shape(contrasts + 1, features, Precision.Double);
        var tile = new ScoreTile(1, perPass, 1, features);
        int offset = 0;
        for (int first = 1; first <= contrasts; first += perPass)
        {
            for (int column = 0; column <= features; column++)
            {
                for (int contrast = first; contrast < Math.Min(first + perPass, contrasts + 1); contrast++)
                {
                    Assert.Equal(offset, tile.WeightOffset(shape, contrast, column));
                    offset++;
                }
            }
        }
    }
}
