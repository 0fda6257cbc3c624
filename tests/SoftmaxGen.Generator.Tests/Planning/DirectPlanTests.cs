using SoftmaxGen.Generator.Planning;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Tests.Planning;

/// <summary>Which shapes add row-major rows as they stand, and where their vectors of features lie.</summary>
public class DirectPlanTests
{
    [Theory]
    [InlineData(2, 13, false, null)] // Short rows.
    [InlineData(2, 14, false, 2)]
    [InlineData(2, 30, false, 4)]
    [InlineData(2, 256, false, 32)] // As many weights as there are registers.
    [InlineData(2, 257, false, null)]
    [InlineData(3, 64, false, null)] // Two contrasts.
    [InlineData(2, 15, true, null)] // Shorter than a vector.
    [InlineData(2, 16, true, 1)]
    public void Long_rows_of_two_classes_are_not_packed(int classes, int features, bool single, int? vectors) =>
        Assert.Equal(vectors, (Plans.Of(classes, features, single ? Precision.Single : Precision.Double).Widest.Unpacked as DirectPlan)?.Vectors);

    [Fact]
    public void Vectors_cover_a_row_and_nothing_else()
    {
        foreach (DirectPlan direct in Plans.Grid().Select(static plan => plan.Widest.Unpacked).OfType<DirectPlan>())
        {
            int covered = 0;
            for (int v = 0; v < direct.Vectors; v++)
            {
                int first = direct.FirstFeature(v);
                Assert.InRange(first, 0, covered);
                covered = first + direct.Lanes;
            }

            Assert.Equal(direct.Shape.Features, covered);
            Assert.Equal(direct.Shape.Features - direct.FirstOfLastVector, direct.Lanes - direct.SharedLanes);
        }
    }
}
