using System.Globalization;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Analyzers;

/// <summary>
/// Attributes on the field that the compiler makes for a property: another project, which sees the property alone, would take the label for a feature.
/// </summary>
public class BackingFieldTests
{
    [Theory]
    [InlineData("record Row(double X, [field: SoftmaxGen.Label] int L);", "SoftmaxGen.Label")]
    [InlineData("class Row { [field: SoftmaxGen.Feature(Ignore = true)] public double X { get; set; } }", "SoftmaxGen.Feature(Ignore = true)")]
    [InlineData("using SoftmaxGen; struct Row { [field: System.NonSerialized, LabelAttribute] public int L { get; set; } }", "LabelAttribute")]
    [InlineData("using Y = SoftmaxGen.LabelAttribute; record struct Row([field: Y] int L);", "Y")]
    public async Task An_attribute_on_the_field_of_a_property_is_reported(string source, string place)
    {
        Diagnostic diagnostic = Assert.Single(await AnalyzerHarness.AnalyzeAsync(source));

        Assert.Equal("SMG0038", diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Warning, diagnostic.Severity);
        Assert.Equal(place, source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Contains("write [property: ", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("record Row(double X, [property: SoftmaxGen.Label] int L, [param: SoftmaxGen.Feature] double Y, [SoftmaxGen.Feature] double Z);")]
    [InlineData("class Row { [field: SoftmaxGen.Feature(Ignore = true)] public double X; [field: System.Obsolete] public double Y { get; } }")]
    [InlineData("class LabelAttribute : System.Attribute; record Row([field: Label] int L);")]
    public async Task Others_are_not(string source) => Assert.Empty(await AnalyzerHarness.AnalyzeAsync(source));
}
