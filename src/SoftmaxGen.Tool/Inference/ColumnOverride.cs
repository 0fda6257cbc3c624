using System.Globalization;
using SoftmaxGen.Compiler;
using SoftmaxGen.Tool.Tables;

namespace SoftmaxGen.Tool.Inference;

/// <summary>What the user says of a column: <c>age=buckets(18,25,35)</c>. A question mark behind the kind allows blanks though there are none.</summary>
/// <param name="Column">The name of the column.</param>
/// <param name="Kind">The kind of the feature.</param>
/// <param name="IsOptional">Whether blanks are allowed in any case.</param>
/// <param name="Arguments">What stands in the parentheses.</param>
internal sealed record ColumnOverride(string Column, string Kind, bool IsOptional, IReadOnlyList<string> Arguments)
{
    private const string Forms =
        "number, flag, categories, categories(a,b), buckets(1,2), knots(1,2) or hashed(64); each may have a ? behind its name, for blanks";

    /// <summary>Reads an option.</summary>
    /// <exception cref="ToolException">It is none.</exception>
    public static ColumnOverride Parse(string text)
    {
        // The last sign of equality: names of columns may have some.
        int equals = text.LastIndexOf('=');
        if (equals <= 0)
        {
            throw ToolException.Usage($"--column \"{text}\": write NAME=KIND, where KIND is {Forms}.");
        }

        string kind = text[(equals + 1)..].Trim();
        string[] arguments = [];
        int open = kind.IndexOf('(', StringComparison.Ordinal);
        if (open >= 0 && kind.EndsWith(')'))
        {
            arguments = kind[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            kind = kind[..open].Trim();
        }

        bool isOptional = kind.EndsWith('?');
        kind = kind.TrimEnd('?');
        bool isRight = kind switch
        {
            "number" or "flag" => arguments.Length == 0,
            "categories" => true,
            "buckets" or "knots" => arguments.Length > 0,
            "hashed" => arguments.Length == 1,
            _ => false,
        };
        return isRight
            ? new ColumnOverride(text[..equals].Trim(), kind, isOptional, arguments)
            : throw ToolException.Usage($"--column \"{text}\": the kind must be {Forms}.");
    }

    /// <summary>Decides what the column is.</summary>
    /// <exception cref="ToolException">An argument does not fit.</exception>
    public ColumnDecision Decide(ColumnProfile profile)
    {
        FeatureDefinition feature = Kind switch
        {
            "number" => new NumberFeature(Column),
            "flag" => new FlagFeature(Column),
            "buckets" => new BucketFeature(Column, Numbers()),
            "knots" => new KnotFeature(Column, Numbers()),
            "hashed" => new HashedFeature(Column, (int)Numbers()[0]),
            _ => new CategoryFeature(Column, Arguments.Count > 0 ? Arguments : Levels(profile)),
        };
        return new ColumnDecision(Column, feature with { IsOptional = IsOptional || profile.Blanks > 0 }, "as you said");
    }

    private static string[] Levels(ColumnProfile profile) => profile.HasMoreLevels
        ? throw ToolException.Usage(
            $"--column \"{profile.Name}=categories\": there are more than {Listing.Count(ColumnProfile.MostLevels, "level")}; "
            + "list those that count, or take hashed(64).")
        : ColumnInference.SortedLevels(profile);

    private double[] Numbers() =>
    [
        .. Arguments.Select(argument => double.TryParse(argument, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw ToolException.Usage($"--column \"{Column}={Kind}(...)\": '{argument}' is no number.")),
    ];
}
