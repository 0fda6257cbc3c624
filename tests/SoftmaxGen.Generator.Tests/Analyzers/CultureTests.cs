using System.Globalization;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Tests.Harness;
using SoftmaxGen.Generator.Tests.Weights;

namespace SoftmaxGen.Generator.Tests.Analyzers;

/// <summary>Editors run the analyzers in the user's culture, whose minus may be U+2212: what they compute must be what the generator computes.</summary>
public class CultureTests
{
    [Theory]
    [InlineData("hostile")]
    [InlineData("sv-SE")]
    [InlineData("fi-FI")]
    [InlineData("nb-NO")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public async Task A_file_of_the_models_own_fingerprint_fits_in_every_culture(string name)
    {
        foreach (string labels in (string[])["FirstLabel = -3", "Labels = new[] { -7, 12345678 }", "Labels = new[] { -1, -5 }"])
        {
            string source = WeightsFiles.Model.Replace("Classes = 2", "Classes = 2, " + labels, StringComparison.Ordinal);
            string shape = GeneratorHarness.Generate(source)[0].SourceText.ToString();
            string fingerprint = shape.Split("Fingerprint = \"")[1].Split('"')[0];
            string numbers = labels.StartsWith("FirstLabel", StringComparison.Ordinal)
                ? "\"firstLabel\": -3"
                : $"\"firstLabel\": {labels.Split('{')[1].Split(',')[0].Trim()}, \"labels\": [{labels.Split('{')[1].TrimEnd('}', ' ')}]";
            TextFile file = WeightsFiles.File("\"firstLabel\": 0", $"{numbers}, \"fingerprint\": \"{fingerprint}\"");

            using CultureScope culture = new(name == "hostile" ? CultureScope.Hostile() : CultureInfo.GetCultureInfo(name));

            Assert.Empty(await WeightsFiles.AnalyzeAsync(source, file));
            Assert.NotNull(WeightsFiles.Pretrained(source, file));
            Assert.Equal(shape, GeneratorHarness.Generate(source)[0].SourceText.ToString());
        }
    }
}
