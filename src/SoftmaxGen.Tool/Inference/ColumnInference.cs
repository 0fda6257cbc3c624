using System.Globalization;
using SoftmaxGen.Compiler;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Inference;

/// <summary>Decides what columns are. Pure: the profile decides, and nothing else.</summary>
internal static class ColumnInference
{
    // More levels than these are hashed: a column for each would say little about each.
    private const int MostCategories = 50;

    private const int HashedColumns = 64;

    // A text that hardly ever comes again is a name, and none of the first rows alone tells so.
    private const double NameDistinctness = 0.9;
    private const int FewestNames = 20;

    // Where nearly all values are numbers, the others are mistakes or words for blanks.
    private const double NumberShare = 0.9;

    /// <summary>Decides what a column is.</summary>
    /// <exception cref="ToolException">Nearly all values are numbers, but not all.</exception>
    public static ColumnDecision Decide(ColumnProfile column, bool decimalComma)
    {
        int numbers = decimalComma ? column.CommaNumbers : column.PointNumbers;
        ColumnDecision decision = column switch
        {
            { Values: 0 } => Ignore(column, "every cell is blank"),
            { Levels.Count: 1, HasMoreLevels: false } => OneValue(column),
            _ when numbers == column.Values => Number(column),
            _ when column.Flags == column.Values => Keep(column, new FlagFeature(column.Name), $"the words {Words(column)}"),
            _ when column.Dates == column.Values => Ignore(column, "dates: make a number of them, such as days or the weekday, in a column of its own"),
            _ when numbers >= NumberShare * column.Values && column.Values >= FewestNames => throw NearlyNumber(column, numbers),
            _ => Text(column),
        };
        return decision.Feature is null || !Tells(column) ? decision : decision with
        {
            Warning = $"'{column.Name}' alone tells the label of every row: is it known before the label is? If not, --ignore \"{column.Name}\".",
        };
    }

    private static ColumnDecision OneValue(ColumnProfile column)
    {
        string value = column.Levels.Keys.Single();
        return column.Blanks == 0
            ? Ignore(column, $"always {value}")
            : Keep(column, new CategoryFeature(column.Name, [value]), $"{value} or blank");
    }

    private static ColumnDecision Number(ColumnProfile column)
    {
        bool isInteger = column.Integers == column.Values;
        if (isInteger && column.CountsRows && column.Values > 2)
        {
            return Ignore(column, "counts the rows");
        }

        if (isInteger && column.Distinctness == 1 && column.Values > 2 && IsCalledId(column.Name))
        {
            return Ignore(column, "a number of each row's own, called like one");
        }

        return Keep(column, new NumberFeature(column.Name), isInteger ? "integers" : "numbers");
    }

    private static ColumnDecision Text(ColumnProfile column)
    {
        if (column.Distinctness == 1 || (column.Distinctness > NameDistinctness && column.Values >= FewestNames))
        {
            return Ignore(column, column.Distinctness == 1 ? "another text in every row" : "another text in nearly every row");
        }

        if (column.Levels.Count <= MostCategories)
        {
            return Keep(column, new CategoryFeature(column.Name, SortedLevels(column)), Listing.Of(SortedLevels(column)));
        }

        string more = column.HasMoreLevels ? "more than " : "";
        return Keep(
            column,
            new HashedFeature(column.Name, HashedColumns),
            string.Create(CultureInfo.InvariantCulture, $"{more}{column.Levels.Count} texts share {HashedColumns} columns"));
    }

    /// <summary>Gets the values of a column as levels.</summary>
    /// <returns>The values, sorted: as numbers where all are.</returns>
    public static string[] SortedLevels(ColumnProfile column) => column.PointNumbers == column.Values
        ? [.. column.Levels.Keys.Order(StringComparer.Ordinal).OrderBy(static level => double.Parse(level, CultureInfo.InvariantCulture))]
        : [.. column.Levels.Keys.Order(StringComparer.Ordinal)];

    private static ColumnDecision Ignore(ColumnProfile column, string reason) => new(column.Name, null, reason);

    private static ColumnDecision Keep(ColumnProfile column, FeatureDefinition feature, string reason) => new(
        column.Name,
        feature with { IsOptional = column.Blanks > 0 },
        column.Blanks > 0 ? $"{reason}; {Listing.Count(column.Blanks, "blank")}" : reason);

    private static string Words(ColumnProfile column) => Listing.Of(SortedLevels(column));

    private static bool IsCalledId(string name)
    {
        string last = new([.. name.Reverse().TakeWhile(char.IsLetter).Reverse()]);
        return name.StartsWith("column ", StringComparison.Ordinal)
            || last.EndsWith("Id", StringComparison.Ordinal)
            || last.EndsWith("ID", StringComparison.Ordinal)
            || last.ToUpperInvariant() is "ID" or "NO" or "NR" or "KEY" or "INDEX" or "ROW" or "UUID";
    }

    // Every value comes again, and always with the same label.
    private static bool Tells(ColumnProfile column) =>
        !column.HasMoreLevels && column.Blanks == 0 && column.Levels.Count * 2 <= column.Values
        && column.Levels.Values.All(static level => level.Label != LevelCount.Mixed)
        && column.Levels.Values.Select(static level => level.Label).Distinct().Count() > 1;

    private static ToolException NearlyNumber(ColumnProfile column, int numbers)
    {
        (string text, Place place) = column.FirstText ?? ("", default);
        return place.Error(string.Create(
            CultureInfo.InvariantCulture,
            $"{numbers:#,0} of {column.Values:#,0} values of '{column.Name}' are numbers, but this one is '{text}'. Mend it; or, if it stands for a blank, "
            + $"--blank \"{text}\"; or --column \"{column.Name}=categories\"; or --ignore \"{column.Name}\"."));
    }
}
