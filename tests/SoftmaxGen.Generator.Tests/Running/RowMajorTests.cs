using System.Diagnostics.CodeAnalysis;

namespace SoftmaxGen.Generator.Tests.Running;

/// <summary>Tables of numbers, as the rows that models take.</summary>
[SuppressMessage("Performance", "CA1814:Prefer jagged arrays over multidimensional", Justification = "They are what is tested.")]
public class RowMajorTests
{
    [Fact]
    public void A_two_dimensional_array_is_looked_at()
    {
        double[,] table = { { 1, 2, 3 }, { 4, 5, 6 } };

        ReadOnlySpan<double> rows = table.AsRowMajor();
        table[1, 2] = 7;

        Assert.Equal([1, 2, 3, 4, 5, 7], rows);
    }

    [Fact]
    public void Its_lower_bounds_do_not_matter()
    {
        var table = (float[,])Array.CreateInstance(typeof(float), [2, 2], [-3, 5]);
        table[-3, 5] = 1;
        table[-2, 6] = 4;

        Assert.Equal([1, 0, 0, 4], table.AsRowMajor());
        Assert.True(new double[0, 3].AsRowMajor().IsEmpty);
    }

    [Fact]
    public void Arrays_of_arrays_and_lists_of_them_are_copied()
    {
        double[][] table = [[1, 2], [3, 4], [5, 6]];

        Assert.Equal([1, 2, 3, 4, 5, 6], table.ToRowMajor());
        Assert.Equal([1, 2, 3, 4, 5, 6], table.ToList().ToRowMajor());
        Assert.Empty(Array.Empty<double[]>().ToRowMajor());
    }

    [Fact]
    public void A_row_of_another_length_is_named()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>("rows", () => new double[][] { [1, 2], [3, 4], [5] }.ToRowMajor());

        Assert.StartsWith("Row 2 has 1 numbers; row 0 has 2.", refusal.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "Row 1 is null.", Assert.Throws<ArgumentException>("rows", () => new double[][] { [1], null! }.ToRowMajor()).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "Row 0 is null.", Assert.Throws<ArgumentException>("rows", () => new double[][] { null! }.ToRowMajor()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("rows", () => ((double[][])null!).ToRowMajor());
        Assert.Throws<ArgumentNullException>("table", () => ((double[,])null!).AsRowMajor().Length);
    }
}
