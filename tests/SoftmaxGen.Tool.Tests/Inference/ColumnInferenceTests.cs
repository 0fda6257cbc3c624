using SoftmaxGen.Compiler;
using SoftmaxGen.Tool.Inference;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Tests.Inference;

/// <summary>What columns are taken for, by their cells and nothing else.</summary>
public sealed class ColumnInferenceTests
{
    [Theory]
    [InlineData("1 2 3 5", "number")]
    [InlineData("1.5 -2e3 +.5", "number")]
    [InlineData("1 _ 3 7", "number?")]
    [InlineData("0 1 1 0", "number")]
    [InlineData("1 2 3 4", "ignored: counts the rows")]
    [InlineData("7 7 7", "ignored: always 7")]
    [InlineData("_ _", "ignored: every cell is blank")]
    [InlineData("yes No YES", "flag")]
    [InlineData("T f _ t", "flag?")]
    [InlineData("x _ x", "categories?: x")]
    [InlineData("b a b a", "categories: a, b")]
    [InlineData("10 9 b 9", "categories: 10, 9, b")]
    [InlineData("a b c", "ignored: another text in every row")]
    [InlineData("2024-01-02 2024-12-31", "ignored: dates: make a number of them, such as days or the weekday, in a column of its own")]
    [InlineData("31.12.2024 24.12.2023", "ignored: dates: make a number of them, such as days or the weekday, in a column of its own")]
    [InlineData("1,234 12,345.5", "number")]
    [InlineData("1,23 1,23 4", "categories: 1,23, 4")]
    public void Cells_decide(string cells, string expected) => Assert.Equal(expected, Tell(ColumnInference.Decide(Profile("x", cells), decimalComma: false)));

    [Theory]
    [InlineData("3 9 5", "id", "ignored: a number of each row's own, called like one")]
    [InlineData("3 9 5", "customerId", "ignored: a number of each row's own, called like one")]
    [InlineData("3 9 5", "customer_id", "ignored: a number of each row's own, called like one")]
    [InlineData("3 9 5 9", "id", "number")]
    [InlineData("3.5 9 5", "id", "number")]
    [InlineData("3 9 5", "liquid", "number")]
    public void Names_matter_for_numbers_of_rows_alone(string cells, string name, string expected) =>
        Assert.Equal(expected, Tell(ColumnInference.Decide(Profile(name, cells), decimalComma: false)));

    [Theory]
    [InlineData("1,5 2,25", "number")]
    [InlineData("1.234,5 2", "number")]
    [InlineData("1.5 1.5 2", "categories: 1.5, 2")]
    public void Decimal_commas_are_for_the_whole_table(string cells, string expected) =>
        Assert.Equal(expected, Tell(ColumnInference.Decide(Profile("x", cells), decimalComma: true)));

    [Theory]
    [InlineData("a b a b", "0 1 0 1", true)]
    [InlineData("a b a b", "0 1 0 0", false)]
    [InlineData("a b a c", "0 1 0 1", false)]
    [InlineData("1 2 2 1", "0 1 1 0", true)]
    public void A_column_that_tells_the_label_is_noted(string cells, string labels, bool expected)
    {
        ColumnProfile profile = Profile("x", cells, [.. labels.Split(' ').Select(int.Parse)]);

        Assert.Equal(expected, ColumnInference.Decide(profile, decimalComma: false).Warning is not null);
    }

    [Theory]
    [InlineData("a,b\n1,2\n", ',')]
    [InlineData("a;b\n1;2,5\n3;4,5\n", ';')]
    [InlineData("a\tb\n1,5\t2,5\n", '\t')]
    [InlineData("a|b\n1|2", '|')]
    [InlineData("\"a;b\",c\n\"1;2;3\",4\n", ',')]
    [InlineData("a\n1\n", ',')]
    public void Separators_are_found(string text, char expected) => Assert.Equal(expected, SeparatorSearch.Find(text));

    private static ColumnProfile Profile(string name, string cells, int[]? labels = null)
    {
        var profile = new ColumnProfile(name);
        string[] all = cells.Split(' ');
        for (int row = 0; row < all.Length; row++)
        {
            profile.Add(all[row], all[row] == "_", labels?[row] ?? LevelCount.Mixed, default);
        }

        return profile;
    }

    private static string Tell(ColumnDecision decision)
    {
        string blanks = decision.Feature is { IsOptional: true } ? "?" : "";
        return decision.Feature switch
        {
            null => $"ignored: {decision.Reason}",
            FlagFeature => $"flag{blanks}",
            CategoryFeature categories => $"categories{blanks}: {string.Join(", ", categories.Levels)}",
            _ => $"number{blanks}",
        };
    }
}
