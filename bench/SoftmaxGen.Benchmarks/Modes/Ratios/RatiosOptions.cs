using System.Globalization;

namespace SoftmaxGen.Benchmarks.Modes.Ratios;

/// <summary>The options of the <c>ratios</c> mode.</summary>
internal sealed record RatiosOptions
{
    /// <summary>How to call the mode.</summary>
    public const string Usage = "ratios [--rows N] [--width 512|256|128] [--markdown FILE] [--json FILE]";

    /// <summary>Gets the number of rows of every shape.</summary>
    public int Rows { get; private init; } = 8192;

    /// <summary>Gets the vector width to measure, in bits; null for the widest there is.</summary>
    public int? Width { get; private init; }

    /// <summary>Gets the file to write the report to, or null.</summary>
    public string? MarkdownFile { get; private init; }

    /// <summary>Gets the file to write the numbers to, or null.</summary>
    public string? JsonFile { get; private init; }

    /// <summary>Reads options.</summary>
    /// <param name="args">The arguments after the name of the mode.</param>
    /// <returns>The options.</returns>
    /// <exception cref="FormatException">The arguments make no sense.</exception>
    public static RatiosOptions Parse(ReadOnlySpan<string> args)
    {
        var options = new RatiosOptions();
        while (args is [string name, string value, .. ReadOnlySpan<string> rest])
        {
            options = options.With(name, value);
            args = rest;
        }

        return args.IsEmpty ? options : throw new FormatException($"{args[0]} needs a value.");
    }

    private RatiosOptions With(string name, string value) => name switch
    {
        "--rows" when TryParse(value, out int rows) && rows > 0 => this with { Rows = rows },
        "--width" when TryParse(value, out int width) && width is 512 or 256 or 128 => this with { Width = width },
        "--markdown" => this with { MarkdownFile = value },
        "--json" => this with { JsonFile = value },
        _ => throw new FormatException($"'{name} {value}' is not understood."),
    };

    private static bool TryParse(string value, out int number) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
