using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Specs;

/// <summary>Weights fit a row type as long as its columns mean the same: what changes them changes the fingerprint, and nothing else does.</summary>
public class EncodingFingerprintTests
{
    private const string Row = """
        [SoftmaxGen.Cross("A", "L")]
        record Row(
            double? A,
            Level L,
            [SoftmaxGen.Categories("x", "y")] string S,
            [SoftmaxGen.Buckets(1, 2)] double B,
            [SoftmaxGen.Knots(1)] double K,
            [SoftmaxGen.Hashed(4)] string H,
            [SoftmaxGen.Columns(2)] float[] V);
        """;

    private const string Level = "enum Level { Low, High }";

    /// <summary>Gets edits that change what a column means.</summary>
    public static TheoryData<string, string> Changes { get; } = new()
    {
        { "Low, High", "Low, Middle, High" },
        { "Low, High", "High, Low" },
        { "Low, High", "Low, Highest" },
        { "\"x\", \"y\"", "\"x\", \"z\"" },
        { "\"x\", \"y\"", "\"y\", \"x\"" },
        { "Buckets(1, 2)", "Buckets(1, 2.5)" },
        { "Buckets(1, 2)", "Buckets(1, 2, 3)" },
        { "Knots(1)", "Knots(1.5)" },
        { "Hashed(4)", "Hashed(5)" },
        { "Columns(2)", "Columns(3)" },
        { "double? A", "double A" },
        { "\"A\", \"L\"", "\"B\", \"L\"" },
        { "[SoftmaxGen.Cross(\"A\", \"L\")]", "" },
        { "Level L,", "[SoftmaxGen.Feature(Baseline = Level.Low)] Level L," },
        { "record Row(\n    double? A,\n    Level L", "record Row(\n    Level L,\n    double? A" },

        // The same names, and another meaning.
        { "[SoftmaxGen.Hashed(4)] string H", "[SoftmaxGen.Feature(Name = \"H#0\")] double H0, [SoftmaxGen.Feature(Name = \"H#1\")] double H1, [SoftmaxGen.Feature(Name = \"H#2\")] double H2, [SoftmaxGen.Feature(Name = \"H#3\")] double H3" },
    };

    /// <summary>Gets edits that change nothing of it.</summary>
    public static TheoryData<string, string> Others { get; } = new()
    {
        { "Low, High", "Low = -7, High = 3" },
        { "enum Level", "enum Level : byte" },
        { "record Row", "public record struct Row" },
        { "\"x\", \"y\"", "\"x\", \"y\", IgnoreCase = true" },
        { "Level L,", "[SoftmaxGen.Feature(Unknown = SoftmaxGen.UnknownValues.Ignore)] Level L," },
        { "double? A", "float? A" },
        { "double? A", "[SoftmaxGen.Feature(Missing = SoftmaxGen.MissingValue.NaN)] double A" },
        { "float[] V", "System.ReadOnlyMemory<double> V" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_a_column_means_is_part_of_the_fingerprint(string before, string after) =>
        Assert.NotEqual(Fingerprint(Source(before, before)), Fingerprint(Source(before, after)));

    [Theory]
    [MemberData(nameof(Others))]
    public void What_else_there_is_is_no_part_of_it(string before, string after) =>
        Assert.Equal(Fingerprint(Source(before, before)), Fingerprint(Source(before, after)));

    private static string Source(string before, string after)
    {
        string source = $"enum Kind {{ P, Q }} {Level} {Row} [SoftmaxGen.SoftmaxModel<Kind, Row>] partial class Model;";
        Assert.Contains(before, source, StringComparison.Ordinal);
        return source.Replace(before, after, StringComparison.Ordinal);
    }

    private static string Fingerprint(string source)
    {
        string file = GeneratorHarness.Generate(source).Single(static generated => generated.HintName == "Model.g.cs").SourceText.ToString();
        int start = file.IndexOf("Fingerprint = \"", StringComparison.Ordinal) + "Fingerprint = \"".Length;
        return file[start..(start + 16)];
    }
}
