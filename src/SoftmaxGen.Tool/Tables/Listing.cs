using System.Globalization;

namespace SoftmaxGen.Tool.Tables;

/// <summary>Lists of names, and numbers of things, in messages.</summary>
internal static class Listing
{
    private const int Most = 12;

    /// <summary>Lists names; of many the first ones.</summary>
    public static string Of(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Most)) + (names.Count > Most ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - Most} more") : "");

    /// <summary>Writes a number of things.</summary>
    /// <param name="count">The number.</param>
    /// <param name="thing">One of them; an s makes more of it.</param>
    public static string Count(long count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {thing}{(count == 1 ? "" : "s")}");
}
