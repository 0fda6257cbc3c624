using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SoftmaxGen.Generator.Reading.Weights;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Weights;

/// <summary>What is reported of weights that cannot be baked in, where, and that the generator bakes none of them.</summary>
public class WeightsDiagnosticTests
{
    /// <summary>
    /// Gets what is wrong in a weights file: the text to replace, its replacement, the id, line and column from 1, and a piece of the message.
    /// </summary>
    public static TheoryData<string, string, string, int, int, string> WrongFiles { get; } = new()
    {
        { "softmaxgen-model", "other", "SMG0042", 2, 13, "the format must be \"softmaxgen-model\"" },
        { "\"version\": 1", "\"version\": 2", "SMG0042", 3, 14, "the file is of version 2; this release reads version 1" },
        { "\"version\": 1", "\"version\": 1.5", "SMG0042", 3, 14, "the version must be an integer; it is 1.5" },
        { "\"version\": 1,", "", "SMG0042", 1, 1, "the field 'version' is missing" },
        { "\"classes\": 2", "\"classes\": 1", "SMG0042", 4, 14, "classes is 1; it must be from 2 to 4096" },
        { "\"features\": 2", "\"features\": 99999999999", "SMG0042", 5, 15, "the number of features must be an integer; it is 99999999999" },
        { "\"double\"", "\"half\"", "SMG0042", 6, 16, "the precision must be \"double\" or \"single\"" },
        { "\"double\"", "null", "SMG0042", 6, 16, "expected the precision, a string, found 'n'" },
        { "\"firstLabel\": 0", "\"firstlabel\": 0", "SMG0042", 7, 3, "the field 'firstlabel' is not known; fields of your own begin with 'x-'" },
        { "\"firstLabel\": 0", "\"firstLabel\": 0, \"features\": 2", "SMG0042", 7, 20, "the field 'features' occurs twice" },
        { "\"firstLabel\": 0,", "\"firstLabel\": 0", "SMG0042", 8, 3, "expected ',' or '}', found '\"'" },
        { "3e-2", "3e-2, 1", "SMG0042", 9, 24, "row 0 of the weights has more than 3 numbers" },
        { ", 3e-2", "", "SMG0042", 9, 5, "row 0 of the weights has 2 numbers; it must have 3" },
        { "7]", "7], [1, 2, 3]", "SMG0042", 10, 22, "there are more rows of weights than the 2 classes" },
        { "],\n    [-0.5, 1.25, 7]", "]", "SMG0042", 8, 14, "there are 1 rows of weights; there must be 2" },
        { "-1.25", "\"1\"", "SMG0042", 9, 11, "expected a number of row 0 of the weights, found '\"'" },
        { "-1.25", "-.5", "SMG0042", 9, 12, "expected a digit, found '.'" },
        { "-1.25", "01", "SMG0042", 9, 12, "expected ',' or ']', found '1'" },
        { "-1.25", "NaN", "SMG0042", 9, 11, "expected a value, found 'N'" },
        { "-1.25", "// a comment\n1", "SMG0042", 9, 11, "expected a value, found '/'" },
        { "7]", "7,]", "SMG0042", 10, 20, "expected a value, found ']'" },
        { "-1.25", "-1e999", "SMG0045", 9, 11, "-1e999 is beyond the range of double" },
        { "\"none\"", "\"0123456789abcdef\"", "SMG0046", 12, 15, "but that of the numbers is \"faf58244b376e066\"" },
        { "\"none\"", "\"none\", \"temperature\": 0", "SMG0042", 12, 38, "the temperature must be positive and finite" },
        { "\"none\"", "\"none\", \"temperature\": 1e-320", "SMG0045", 12, 38, "with the temperature folded in, a weight is beyond the range of its precision" },
        { "\"none\"", "\"none\", \"standardization\": {\"means\": [0, 0]}", "SMG0042", 12, 42, "a standardization must have 'means' and 'deviations'" },
        { "\"none\"", "\"none\", \"standardization\": {\"means\": [0, 0], \"deviations\": [1, 0]}", "SMG0042", 12, 74, "every deviation must be positive" },
        { "\"none\"", "\"none\", \"standardization\": {\"means\": [0], \"deviations\": [1, 1]}", "SMG0042", 12, 52, "'means' has 1 numbers; it must have 2" },
        { "\"none\"", "\"none\", \"training\": {\"featureMeans\": [1], \"featureDeviations\": [1, 1]}", "SMG0042", 12, 52, "'featureMeans' has 1 numbers; it must have 2" },
        { "\"none\"", "\"none\", \"training\": {\"featureDeviations\": [1, 2, 3], \"featureMeans\": [1, 2]}", "SMG0042", 12, 64, "'featureDeviations' has more than 2 numbers" },
        { "\"none\"", "\"none\", \"training\": {\"featureMeans\": [1, 1e999], \"featureDeviations\": [1, 1]}", "SMG0045", 12, 56, "1e999 is beyond the range of double" },
        { "\"none\"", "\"none\", \"training\": {\"featureMeans\": [1, 1], \"featureDeviations\": [1, -1]}", "SMG0042", 12, 81, "no deviation may be negative" },
        { "\"none\"", "\"none\", \"training\": {\"featureMeans\": [1, 1], \"featureMeans\": [1, 1]}", "SMG0042", 12, 60, "the field 'featureMeans' occurs twice" },
        { "\"none\"", "\"none\", \"classNames\": [\"a\"]", "SMG0042", 12, 37, "classNames has 1 names; it must have 2" },
        { "\"none\"", "\"none\", \"classNames\": [\"a\", \"b\", \"c\"]", "SMG0042", 12, 48, "classNames has more than 2 names" },
        { "\"none\"", "\"none\", \"classNames\": [\"\\ud800\", \"b\"]", "SMG0042", 12, 38, "the string has half of a surrogate pair" },
        { "\"none\"", "\"none\", \"x-own\": [[[[[[[[]]]]]]]]", "SMG0042", 12, 39, "objects and arrays are nested more than 8 deep" },
        { "\"none\"", "\"none\n\"", "SMG0042", 12, 20, "the string does not end on its line" },
        { "\"none\"", "\"no\\ne\\x\"", "SMG0042", 12, 21, "this is no escape sequence of JSON" },
        { "\"none\"\n}", "\"none\"\n} {", "SMG0042", 13, 3, "expected the end of the file, found '{'" },
        { "\"none\"\n}", "\"none\"", "SMG0042", 12, 21, "expected ',' or '}', found the end of the file" },
    };

    /// <summary>Gets files that are right but do not fit, or fit no more: the attribute, the file, the id and the message.</summary>
    public static TheoryData<string, string, string, string, string> Misfits { get; } = new()
    {
        {
            "Classes = 2, Features = 3", "7]", "7]", "SMG0043",
            "The weights of 'Model' do not fit: model.softmax.json has 2 classes x 2 features in double precision, the model has 2 classes x 3 features in double precision"
        },
        {
            "Classes = 2, Features = 2, Precision = SoftmaxGen.SoftmaxPrecision.Single", "7]", "7]", "SMG0043",
            "The weights of 'Model' do not fit: model.softmax.json has 2 classes x 2 features in double precision, the model has 2 classes x 2 features in single precision"
        },
        {
            "Classes = 2, Features = 2, FirstLabel = 1", "7]", "7]", "SMG0044",
            "The weights of 'Model' are of another model: labels begin at 0 in model.softmax.json and at 1 in the model"
        },
        {
            "Classes = 2, Features = 2, ClassNames = new[] { \"a\", \"b\" }", "\"none\"", "\"none\", \"classNames\": [\"a\", \"c\"]", "SMG0044",
            "The weights of 'Model' are of another model: class 1 is 'c' in model.softmax.json and 'b' in the model"
        },
        {
            "Classes = 2, Features = 2, FeatureNames = new[] { \"a\", \"b\" }", "7]", "7]", "SMG0044",
            "The weights of 'Model' are of another model: feature 0 is without a name in model.softmax.json and 'a' in the model"
        },
        {
            "Classes = 2, Features = 2", "\"none\"", "\"none\", \"featureNames\": [\"a\", \"b\"]", "SMG0044",
            "The weights of 'Model' are of another model: feature 0 is 'a' in model.softmax.json and without a name in the model"
        },
        {
            "Classes = 2, Features = 2", "\"none\"", "\"none\", \"fingerprint\": \"0000000000000000\"", "SMG0044",
            "The weights of 'Model' are of another model: the fingerprint is 0000000000000000 in model.softmax.json and a821de9a8db4976f in the model"
        },
    };

    /// <summary>Gets files that can be baked in, near the edge of not being so: what is replaced, and its replacement.</summary>
    public static TheoryData<string, string> Right { get; } = new()
    {
        { "7]", "7]" },
        { "\"none\"", "\"faf58244b376e066\"" },
        { "\"none\"", "\"none\", \"classNames\": [], \"featureNames\": []" },
        { "\"none\"", "\"none\", \"x-own\": [[[[[[[null, true, false, \"\\u00e9\\n\"]]]]]]]" },
        { "\"none\"", "\"none\", \"training\": {\"rows\": 7, \"date\": \"<&>\", \"x\": {}}" },
        { "\"none\"", "\"none\", \"training\": {\"featureMeans\": [1, 2], \"featureDeviations\": [0, 3e-7], \"rows\": 7}" },
        { "\"none\"", "\"none\", \"training\": {\"featureMeans\": [1]}" },
        { "\"none\"", "\"none\", \"training\": 7" },
        { "-1.25", "1.7976931348623157e308" },
        { "-1.25", "-0E-999" },
        { "\"format\"", "\r\n\t \"format\"" },
    };

    [LongTheory(every: 3)]
    [MemberData(nameof(WrongFiles))]
    public async Task A_wrong_file_is_reported_in_its_place(string old, string replacement, string id, int line, int column, string message)
    {
        TextFile file = WeightsFiles.File(old, replacement);

        Diagnostic diagnostic = Assert.Single(await WeightsFiles.AnalyzeAsync(WeightsFiles.Model, file));

        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Equal(file.Path, diagnostic.Location.GetLineSpan().Path);
        Assert.Equal(
            (line, column), (diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1, diagnostic.Location.GetLineSpan().StartLinePosition.Character + 1));
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"model.softmax.json, line {line}, column {column}: "),
            diagnostic.GetMessage(CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
        Assert.Contains(message, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Null(WeightsFiles.Pretrained(WeightsFiles.Model, file));
    }

    [Theory]
    [MemberData(nameof(Misfits))]
    public async Task A_file_of_another_model_is_reported_at_the_attribute(string arguments, string old, string replacement, string id, string message)
    {
        string source = Sources.WithArguments(arguments + ", Weights = \"model.softmax.json\"");
        TextFile file = WeightsFiles.File(old, replacement);

        Diagnostic diagnostic = Assert.Single(await WeightsFiles.AnalyzeAsync(source, file));

        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(message, diagnostic.GetMessage(CultureInfo.InvariantCulture));
        AssertAtAttribute(source, diagnostic, "Weights = \"model.softmax.json\"");
        Assert.Null(WeightsFiles.Pretrained(source, file));
        Assert.Empty(await WeightsFiles.AnalyzeAsync($"#pragma warning disable {id}\n{source}", file));
    }

    [Theory]
    [MemberData(nameof(Right))]
    public async Task A_right_file_is_baked_in_and_not_reported(string old, string replacement)
    {
        TextFile file = WeightsFiles.File(old, replacement);

        Assert.Empty(await WeightsFiles.AnalyzeAsync(WeightsFiles.Model, file));
        Assert.NotNull(WeightsFiles.Pretrained(WeightsFiles.Model, file));
    }

    [Theory]
    [InlineData("model.softmax.json")]
    [InlineData("weights/model.softmax.json")]
    [InlineData("weights\\\\model.softmax.json")]
    [InlineData("project/weights/model.softmax.json")]
    public async Task A_file_is_found_by_the_end_of_its_path(string name)
    {
        string source = Sources.WithArguments($"Classes = 2, Features = 2, Weights = \"{name}\"");

        Assert.Empty(await WeightsFiles.AnalyzeAsync(source, WeightsFiles.File(), new TextFile("/project/other.json", "")));
        Assert.NotNull(WeightsFiles.Pretrained(source, WeightsFiles.File()));
    }

    [Theory]
    [InlineData("odel.softmax.json")]
    [InlineData("Model.softmax.json")]
    [InlineData("other/model.softmax.json")]
    [InlineData("")]
    public async Task A_file_that_is_not_listed_is_reported(string name)
    {
        string source = Sources.WithArguments($"Classes = 2, Features = 2, Weights = \"{name}\"");

        Diagnostic diagnostic = Assert.Single(await WeightsFiles.AnalyzeAsync(source, WeightsFiles.File()));

        Assert.Equal("SMG0041", diagnostic.Id);
        Assert.Equal(
            $"Weights of 'Model' is \"{name}\", and no additional file of the project has this name: the file is missing, or it is not listed, or its path, "
                + $"which a Link does not change, ends otherwise; save a model there and add <AdditionalFiles Include=\"{name}\" />, or let WeightsOptional = true compile the program that trains it",
            diagnostic.GetMessage(CultureInfo.InvariantCulture));
        AssertAtAttribute(source, diagnostic, $"Weights = \"{name}\"");
        Assert.Null(WeightsFiles.Pretrained(source, WeightsFiles.File()));
    }

    [Fact]
    public async Task A_program_compiles_without_an_optional_file_and_with_it()
    {
        string model = WeightsFiles.Model.Replace(".json\"", ".json\", WeightsOptional = true", StringComparison.Ordinal);
        string source =
            $"#nullable enable\n{model} public static class Use {{ public static Model Get() => Model.Pretrained ?? Model.FromWeights(new double[6]); }}";

        Assert.Empty(await WeightsFiles.AnalyzeAsync(source));
        Assert.Empty(await WeightsFiles.AnalyzeAsync(source, WeightsFiles.File()));
        Assert.Contains("Model? Pretrained => null;", WeightsFiles.Pretrained(source), StringComparison.Ordinal);
        Assert.Contains("Model? Pretrained => __SoftmaxPretrained.Model;", WeightsFiles.Pretrained(source, WeightsFiles.File()), StringComparison.Ordinal);
        GeneratorHarness.AssertClean(WeightsFiles.CompileWithModels(Settings.Default, source));
        GeneratorHarness.AssertClean(WeightsFiles.CompileWithModels(Settings.Default, source, WeightsFiles.File()));
    }

    [Fact]
    public async Task An_optional_file_that_is_there_must_be_right()
    {
        string source = WeightsFiles.Model.Replace(".json\"", ".json\", WeightsOptional = true", StringComparison.Ordinal);
        TextFile other = new("/elsewhere/model.softmax.json", WeightsFiles.Text);

        Assert.Equal("SMG0042", Assert.Single(await WeightsFiles.AnalyzeAsync(source, WeightsFiles.File("\"classes\": 2", "\"classes\": true"))).Id);
        Assert.Equal("SMG0043", Assert.Single(await WeightsFiles.AnalyzeAsync(source, WeightsFiles.File("double", "single"))).Id);
        Assert.Equal("SMG0041", Assert.Single(await WeightsFiles.AnalyzeAsync(source, WeightsFiles.File(), other)).Id);
        Assert.Null(WeightsFiles.Pretrained(source, WeightsFiles.File("double", "single")));
    }

    [Theory]
    [InlineData("\"labels\": [0, 5], ", "labels are 0, 5 in model.softmax.json and counted from the first in the model", "")]
    [InlineData("\"labels\": [0, 7], ", "labels are 0, 7 in model.softmax.json and 0, 5 in the model", "Labels = new[] { 0, 5 }, ")]
    [InlineData("", "labels are counted from the first in model.softmax.json and 0, 5 in the model", "Labels = new[] { 0, 5 }, ")]
    public async Task Other_labels_are_reported(string labels, string message, string argument)
    {
        string source = WeightsFiles.Model.Replace("Classes", argument + "Classes", StringComparison.Ordinal);

        Diagnostic diagnostic = Assert.Single(await WeightsFiles.AnalyzeAsync(source, WeightsFiles.File("\"firstLabel\"", labels + "\"firstLabel\"")));

        Assert.Equal("SMG0044", diagnostic.Id);
        Assert.EndsWith(message, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listed_labels_are_baked_in()
    {
        string source = WeightsFiles.Model.Replace("Classes", "Labels = new[] { 0, 5 }, Classes", StringComparison.Ordinal);
        TextFile file = WeightsFiles.File("\"firstLabel\"", "\"labels\": [0, 5], \"firstLabel\"");

        Assert.Empty(await WeightsFiles.AnalyzeAsync(source, file));
        Assert.Contains("// 5\n", WeightsFiles.Pretrained(source, file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_of_two_files_is_reported_with_both()
    {
        TextFile other = new("/elsewhere/model.softmax.json", WeightsFiles.Text);

        Diagnostic diagnostic = Assert.Single(await WeightsFiles.AnalyzeAsync(WeightsFiles.Model, WeightsFiles.File(), other));

        Assert.Equal("SMG0041", diagnostic.Id);
        Assert.EndsWith(
            "say more of the path: /elsewhere/model.softmax.json, /project/weights/model.softmax.json", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Null(WeightsFiles.Pretrained(WeightsFiles.Model, WeightsFiles.File(), other));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_reported()
    {
        TextFile file = new(WeightsFiles.Name, text: null);

        Diagnostic diagnostic = Assert.Single(await WeightsFiles.AnalyzeAsync(WeightsFiles.Model, file));

        Assert.Equal("SMG0042", diagnostic.Id);
        Assert.Null(WeightsFiles.Pretrained(WeightsFiles.Model, file));
    }

    [Fact]
    public async Task More_weights_than_can_be_baked_in_are_reported_before_they_are_read()
    {
        TextFile file = WeightsFiles.File(
            WeightsFiles.Text.Replace("\"classes\": 2,\n  \"features\": 2", "\"classes\": 4096,\n  \"features\": 256", StringComparison.Ordinal));

        ImmutableArray<Diagnostic> diagnostics = await WeightsFiles.AnalyzeAsync(
            Sources.WithArguments("Classes = 4096, Features = 256, Weights = \"model.softmax.json\""), file);

        Diagnostic diagnostic = Assert.Single(diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal("SMG0047", diagnostic.Id);
        Assert.EndsWith("there are 1052672 weights", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_of_a_predecessor_is_baked_in()
    {
        string source = Sources.WithArguments(
            "Classes = 2, Features = 2, ClassNames = new[] { \"a\", \"b\" }, AcceptFingerprint = \"0123456789abcdef\", Weights = \"model.softmax.json\"");
        TextFile file = WeightsFiles.File("\"none\"", "\"none\", \"fingerprint\": \"0123456789abcdef\", \"classNames\": [\"c\", \"d\"]");

        Assert.Empty(await WeightsFiles.AnalyzeAsync(source, file));
        Assert.NotNull(WeightsFiles.Pretrained(source, file));
    }

    [Fact]
    public async Task A_member_called_Pretrained_is_reserved_where_weights_are_baked_in()
    {
        const string Member = "partial class Model { public int Pretrained; }";

        Diagnostic diagnostic = Assert.Single(await WeightsFiles.AnalyzeAsync(WeightsFiles.Model + Member, WeightsFiles.File()));

        Assert.Equal("SMG0009", diagnostic.Id);
        Assert.Empty(await WeightsFiles.AnalyzeAsync(Sources.WithArguments("Classes = 2, Features = 2") + Member, WeightsFiles.File()));
    }

    [Fact]
    public async Task The_generated_part_is_not_reported()
    {
        Compilation compilation = WeightsFiles.CompileWithModels(Settings.Default, WeightsFiles.Model, WeightsFiles.File());

        Assert.Empty(await WeightsFiles.AnalyzeAsync(compilation, WeightsFiles.File()));
    }

    [Fact]
    public async Task Weights_without_a_file_leave_the_rest_of_the_model_generated()
    {
        Compilation compilation = WeightsFiles.CompileWithModels(Settings.Default, WeightsFiles.Model);

        GeneratorHarness.AssertClean(compilation);
        Assert.NotEmpty(compilation.GetTypeByMetadataName("Model")!.GetMembers("Predict"));
        Assert.Single(await WeightsFiles.AnalyzeAsync(compilation));
    }

    [Fact]
    public void Changed_characters_give_weights_or_a_problem()
    {
        Random random = new(3);
        const string Alphabet = "{}[]\",:-+.eE0123456789 \n\\untrufalsx\0é";
        for (int trial = 0; trial < 3000; trial++)
        {
            char[] text = WeightsFiles.Text.ToCharArray();
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                text[random.Next(text.Length)] = Alphabet[random.Next(Alphabet.Length)];
            }

            var source = SourceText.From(new string(text, 0, random.Next(5) == 0 ? random.Next(text.Length) : text.Length));
            WeightsDocument document = WeightsReader.Read("x", source, CancellationToken.None);

            Assert.True(document.Contents is null != document.Problem is null);
        }
    }

    private static void AssertAtAttribute(string source, Diagnostic diagnostic, string argument) =>
        Assert.Equal(argument, source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
}
