using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Pipeline;

/// <summary>
/// What an edit of a row with encodings, or of the types of its members, makes the pipeline do again, and what becomes of the files of its model.
/// </summary>
public class EncodedIncrementalityTests
{
    private const string Model = "namespace Demo; [SoftmaxGen.SoftmaxModel<Churn, Client>] public sealed partial class ChurnModel;";

    private const string Enums = """
        namespace Demo;
        public enum Churn { Stays, Leaves }
        public enum Contract { Monthly, OneYear, TwoYears }
        [System.Flags] public enum Services { Phone = 1, Backup = 2 }
        """;

    private const string Row = """
        namespace Demo;
        [SoftmaxGen.Cross("Contract", "Age")]
        public sealed record Client(
            double? Charges,
            Contract Contract,
            Services Services,
            [SoftmaxGen.Categories("DE", "FR")] string Country,
            [SoftmaxGen.Buckets(18, Edges.Old)] double Age,
            [SoftmaxGen.Knots(10)] double Usage,
            [SoftmaxGen.Hashed(4)] string User,
            [SoftmaxGen.Columns(2)] float[] Embedding,
            [SoftmaxGen.Feature(Ignore = true)] System.DateTime Noted)
        {
            public double Yearly() => 12 * Usage;
        }
        """;

    private const string Other = "namespace Demo; public static class Edges { public const int Old = 60; public static int Twice(int x) => 2 * x; }";

    private static readonly string[] _sources = [Model, Enums, Row, Other];

    /// <summary>Gets edits that change nothing of what a column means: the file, what is replaced, and by what.</summary>
    public static TheoryData<int, string, string> Others { get; } = new()
    {
        { 0, "public sealed", "// A comment.\npublic   sealed" },
        { 0, "class ChurnModel;", "class ChurnModel { public override string ToString() => \"churn\"; }" },
        { 1, "Monthly, OneYear", "Monthly, /* one */\n    OneYear" },
        { 1, "public enum Contract", "public enum Unrelated { A } /// <summary>A contract.</summary>\npublic enum Contract" },
        { 1, "Monthly, OneYear, TwoYears", "TwoYears = 2, OneYear = 1, Monthly = 0" },
        { 2, "12 * Usage", "Usage * 12" },
        { 2, "public double Yearly()", "private int _hidden; public static int Count; public double Yearly()" },
        { 2, "\"DE\", \"FR\"", "\"D\" + \"E\", // Germany\n        \"FR\"" },
        { 2, "Buckets(18, Edges.Old)", "Buckets(18.0, 60)" },
        { 2, "Knots(10)", "Knots( 1e1 )" },
        { 2, "double Age", "int Age" },
        { 2, "System.DateTime Noted", "System.Guid Noted" },
        { 2, "record Client(", "record Client /* a client */ (" },
        { 3, "2 * x", "x + x" },
        { 3, "Edges {", "Edges { public const int Young = 3;" },
        { 3, "public static class Edges", "public class New { } public static class Edges" },
    };

    /// <summary>Gets edits that change a column: the file, what is replaced, by what, and what a refused file is told.</summary>
    public static TheoryData<int, string, string, string> Changes { get; } = new()
    {
        { 1, "OneYear", "HalfYear", "\"Contract=OneYear\" in the file and 'Contract=HalfYear' in the model" },
        { 1, "TwoYears", "TwoYears, FiveYears", "'Contract=FiveYears' in the model" },
        { 1, "Monthly, OneYear", "Monthly = 1, OneYear = 0", "\"Contract=Monthly\" in the file and 'Contract=OneYear' in the model" },
        { 1, "Backup = 2", "Backup = 2, Cloud = 4", "'Services=Cloud' in the model" },
        { 2, "\"FR\"", "\"ES\"", "\"Country=FR\" in the file and 'Country=ES' in the model" },
        { 2, "Buckets(18, Edges.Old)", "Buckets(21, Edges.Old)", "\"Age<18\" in the file and 'Age<21' in the model" },
        { 2, "Knots(10)", "Knots(12)", "\"Usage>10\" in the file and 'Usage>12' in the model" },
        { 2, "Hashed(4)", "Hashed(3)", "\"User#3\" in the file" },
        { 2, "double? Charges", "double Charges", "\"Charges?\" in the file" },
        { 2, "\"Contract\", \"Age\"", "\"Services\", \"Age\"", "\"Contract=Monthly*Age<18\" in the file and 'Services=Phone*Age<18' in the model" },
        { 3, "Old = 60", "Old = 65", "\"Age[18,60)\" in the file and 'Age[18,65)' in the model" },
    };

    /// <summary>Gets edits that change the code, and leave the columns as they are.</summary>
    public static TheoryData<int, string, string> OtherCode { get; } = new()
    {
        { 1, "Monthly, OneYear, TwoYears", "Monthly = 10, OneYear = 20, TwoYears = 30" },
        { 1, "enum Contract", "enum Contract : byte" },
        { 2, "Contract Contract", "[SoftmaxGen.Feature(Unknown = SoftmaxGen.UnknownValues.Ignore)] Contract Contract" },
        { 2, "\"DE\", \"FR\"", "\"DE\", \"FR\", IgnoreCase = true" },
        { 2, "float[] Embedding", "System.ReadOnlyMemory<double> Embedding" },
        { 2, "sealed record Client", "record struct Client" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void What_means_the_same_runs_nothing_again(int file, string old, string replacement)
    {
        GeneratorRunResult result = RunTwice(file, old, replacement, out _);

        AssertReasons(result, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_column_that_changes_regenerates_the_model_under_another_fingerprint(int file, string old, string replacement, string message)
    {
        GeneratorRunResult result = RunTwice(file, old, replacement, out string fingerprint);

        AssertReasons(result, IncrementalStepRunReason.Modified);
        Assert.NotEqual(fingerprint, Fingerprint(result));
        Assert.NotEmpty(message);
    }

    [Theory]
    [MemberData(nameof(OtherCode))]
    public void Other_code_for_the_same_columns_keeps_the_fingerprint(int file, string old, string replacement)
    {
        GeneratorRunResult result = RunTwice(file, old, replacement, out string fingerprint);

        AssertReasons(result, IncrementalStepRunReason.Modified);
        Assert.Equal(fingerprint, Fingerprint(result));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void A_file_of_the_other_columns_is_refused_by_the_one_that_changed(int file, string old, string replacement, string message)
    {
        using var edited = new LoadedAssembly(GeneratorHarness.CompileWithModels(Settings.Default, [.. Edit(file, old, replacement), Probe]));

        Assert.Contains(message, edited.Method<Func<string, string>>("Probe", "Load")(_file.Value), StringComparison.Ordinal);
    }

    private const string Probe = """
        using System;
        using System.IO;
        using System.Text;
        using Demo;
        using SoftmaxGen;

        public static class Probe
        {
            public static string Save()
            {
                using var stream = new MemoryStream();
                ChurnModel.FromWeights(new double[ChurnModel.ParameterCount]).Save(stream);
                return Encoding.UTF8.GetString(stream.ToArray());
            }

            public static string Load(string file)
            {
                try
                {
                    ChurnModel.Load(new MemoryStream(Encoding.UTF8.GetBytes(file)));
                    return "";
                }
                catch (ModelFormatException error)
                {
                    return error.Message;
                }
            }
        }
        """;

    private static readonly Lazy<string> _file = new(static () =>
    {
        using var original = new LoadedAssembly(GeneratorHarness.CompileWithModels(Settings.Default, [.. _sources, Probe]));
        string file = original.Method<Func<string>>("Probe", "Save")();
        Assert.Equal("", original.Method<Func<string, string>>("Probe", "Load")(file));
        return file;
    });

    private static string[] Edit(int file, string old, string replacement)
    {
        Assert.Contains(old, _sources[file], StringComparison.Ordinal);
        return [.. _sources.Select((source, index) => index == file ? source.Replace(old, replacement, StringComparison.Ordinal) : source)];
    }

    private static GeneratorRunResult RunTwice(int file, string old, string replacement, out string fingerprint)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(_sources);
        GeneratorDriver driver = GeneratorHarness.CreateDriver().RunGenerators(compilation);
        fingerprint = Fingerprint(driver.GetRunResult().Results.Single());
        SyntaxTree tree = compilation.SyntaxTrees[file];
        SyntaxTree edited = tree.WithChangedText(SourceText.From(Edit(file, old, replacement)[file]));
        CSharpCompilation next = compilation.ReplaceSyntaxTree(tree, edited);
        GeneratorRunResult result = driver.RunGenerators(next).GetRunResult().Results.Single();

        // What a driver that has seen other text before generates is what a fresh one does.
        Assert.Equal(Texts(GeneratorHarness.CreateDriver().RunGenerators(next).GetRunResult().Results.Single()), Texts(result));
        return result;
    }

    private static IEnumerable<string> Texts(GeneratorRunResult result) => result.GeneratedSources.Select(static file => file.SourceText.ToString());

    private static string Fingerprint(GeneratorRunResult result) =>
        Texts(result).First(static text => text.Contains("Fingerprint = \"", StringComparison.Ordinal)).Split("Fingerprint = \"")[1].Split('"')[0];

    private static void AssertReasons(GeneratorRunResult result, params IncrementalStepRunReason[] allowed)
    {
        foreach (string step in new[] { TrackingNames.Models, TrackingNames.Plans })
        {
            Assert.Contains(Assert.Single(result.TrackedSteps[step].SelectMany(static run => run.Outputs)).Reason, allowed);
        }
    }
}
