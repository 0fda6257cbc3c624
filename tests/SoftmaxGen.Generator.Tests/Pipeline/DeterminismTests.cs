using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Pipeline;

/// <summary>The same model gives the same bytes, anywhere.</summary>
public class DeterminismTests
{
    private const string Model = """
        [SoftmaxGen.SoftmaxModel(Classes = 10, Features = 20, FirstLabel = -1000)]
        partial class Model;
        """;

    [Fact]
    public void Two_fresh_drivers_write_the_same_bytes() => Assert.Equal(GeneratedFiles(), GeneratedFiles());

    [Theory]
    [InlineData("sv-SE")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void The_culture_does_not_matter(string culture) => AssertSameBytesUnder(CultureInfo.GetCultureInfo(culture));

    [Fact]
    public void A_hostile_culture_does_not_matter()
    {
        CultureInfo hostile = CultureScope.Hostile();
        Assert.Equal("\u22121,5", (-1.5).ToString(hostile));
        AssertSameBytesUnder(hostile);
    }

    [Fact]
    public void The_generator_restores_the_culture()
    {
        using CultureScope scope = new(CultureScope.Hostile());
        CultureInfo before = CultureInfo.CurrentCulture;

        GeneratorHarness.Generate(Model);

        Assert.Same(before, CultureInfo.CurrentCulture);
    }

    [Theory]
    [InlineData("Classes = 2, Features = 1")]
    [InlineData("Classes = 3, Features = 4")]
    [InlineData("Classes = 7, Features = 54, Precision = SoftmaxGen.SoftmaxPrecision.Single")]
    public void Lines_end_in_a_line_feed_alone(string arguments) => Assert.All(
        GeneratorHarness.Generate(Sources.WithArguments(arguments)),
        static file =>
        {
            string text = file.SourceText.ToString();
            Assert.EndsWith("\n", text, StringComparison.Ordinal);
            Assert.DoesNotContain(text, static character => character is '\r' or '\t' or '\u0085' or '\u2028' or '\u2029');
        });

    [Theory]
    [InlineData("Classes = 3, Features = 4")]
    [InlineData("Classes = 10, Features = 64")]
    [InlineData("Classes = 10, Features = 64, Precision = SoftmaxGen.SoftmaxPrecision.Single")]
    public void Generated_code_is_never_unsafe(string arguments) => Assert.All(
        GeneratorHarness.Generate(Sources.WithArguments(arguments)),
        static file => Assert.DoesNotContain(file.SyntaxTree.GetRoot().DescendantTokens(), static token => token.IsKind(SyntaxKind.UnsafeKeyword)));

    private static void AssertSameBytesUnder(CultureInfo culture)
    {
        IReadOnlyList<string> expected = GeneratedFiles();
        using CultureScope scope = new(culture);
        Assert.Equal(expected, GeneratedFiles());
    }

    // Names and texts: in the one encoding, the same text is the same bytes.
    private static List<string> GeneratedFiles()
    {
        List<string> files = [];
        foreach (GeneratedSourceResult file in GeneratorHarness.Generate(Model))
        {
            Assert.Equal(Encoding.UTF8, file.SourceText.Encoding);
            files.Add(file.HintName);
            files.Add(file.SourceText.ToString());
        }

        Assert.NotEmpty(files);
        return files;
    }
}
