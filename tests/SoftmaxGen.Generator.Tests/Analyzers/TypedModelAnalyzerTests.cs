using System.Globalization;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Analyzers;

/// <summary>What the analyzer reports of enums, row types and names, where, and that the generator declines exactly that.</summary>
public class TypedModelAnalyzerTests
{
    private const string Kinds = "enum Kind { A, B, C } ";
    private const string OnKind = "[SoftmaxGen.SoftmaxModel<Kind>(Features = 4)] partial class Model;";
    private const string OnRow = "[SoftmaxGen.SoftmaxModel<Kind, Row>] partial class Model;";

    /// <summary>Gets wrong code, the id of what is reported, the source that the report points to, and a part of the message.</summary>
    public static TheoryData<string, string, string, string> Wrong { get; } = new()
    {
        // Forms of the attribute.
        { Kinds + "[SoftmaxGen.SoftmaxModel<Kind>(Features = 4), SoftmaxGen.SoftmaxModel(Classes = 3, Features = 4)] partial class Model;", "SMG0014", "Model", "" },
        { Kinds + "[SoftmaxGen.SoftmaxModel(Classes = 3, Features = 4)] partial class Model; " + OnKind, "SMG0014", "Model", "" },

        // Names.
        { Names("ClassNames", "\"a\", \"b\""), "SMG0015", "ClassNames = new[] { \"a\", \"b\" }", "holds 2 names; it must hold 3, one for each class" },
        { Names("FeatureNames", "\"a\", \"b\", \"c\""), "SMG0015", "FeatureNames = new[] { \"a\", \"b\", \"c\" }", "holds 3 names; it must hold 2, one for each feature" },
        { Names("ClassNames", "\"a\", \"b\", \" \""), "SMG0016", "ClassNames = new[] { \"a\", \"b\", \" \" }", "holds no text at index 2" },
        { Names("ClassNames", "\"a\", null, \"c\""), "SMG0016", "ClassNames = new[] { \"a\", null, \"c\" }", "holds no text at index 1" },
        { Names("FeatureNames", "\"a\", \"a\""), "SMG0016", "FeatureNames = new[] { \"a\", \"a\" }", "holds 'a' more than once" },
        { Names("ClassNames", "\"a\", \"a\", \"a\""), "SMG0016", "ClassNames = new[] { \"a\", \"a\", \"a\" }", "holds 'a' more than once" },
        { Kinds + OnKind.Replace("4", "4, ClassNames = new[] { \"a\" }", StringComparison.Ordinal), "SMG0017", "ClassNames = new[] { \"a\" }", "'Kind'" },
        { Row("struct Row { public double X; }", "(FeatureNames = new[] { \"a\" })"), "SMG0017", "FeatureNames = new[] { \"a\" }", "'Row'" },

        { "enum Kind { A, [SoftmaxGen.ClassName(\" \")] B } " + OnKind, "SMG0016", "Kind", "ClassNames of 'Model' holds no text for 'Kind.B'" },
        { "enum Kind { A, [SoftmaxGen.ClassName(null)] B } " + OnKind, "SMG0016", "Kind", "holds no text for 'Kind.B'" },
        { "enum Kind { A, [SoftmaxGen.ClassName(\"A\")] B } " + OnKind, "SMG0016", "Kind", "holds 'A' more than once, for 'Kind.A', 'Kind.B'" },
        { "enum Kind { [System.ComponentModel.Description(\"x y\")] A, [SoftmaxGen.ClassName(\"x y\")] B } " + OnKind, "SMG0016", "Kind", "holds 'x y' more than once" },
        { Row("record Row([SoftmaxGen.Feature(Name = \"\")] double X);"), "SMG0016", "Row", "FeatureNames of 'Model' holds no text for 'Row.X'" },
        { Row("class Row { [SoftmaxGen.Feature(Name = \"Y\")] public double X; public double Y; }"), "SMG0016", "Row", "holds 'Y' more than once, for 'Row.X', 'Row.Y'" },

        // Numbers that contradict the types.
        { Kinds + OnKind.Replace("4", "4, Classes = 2", StringComparison.Ordinal), "SMG0018", "Classes = 2", "Classes of 'Model' is 2, but 'Kind' makes it 3" },
        { Kinds + OnKind.Replace("4", "4, FirstLabel = 1", StringComparison.Ordinal), "SMG0018", "FirstLabel = 1", "FirstLabel of 'Model' is 1, but 'Kind' makes it 0" },
        { "enum Kind { A = 1, B } " + OnKind.Replace("4", "4, FirstLabel = 0", StringComparison.Ordinal), "SMG0018", "FirstLabel = 0", "'Kind' makes it 1" },
        { Row("struct Row { public double X; }", "(Features = 2)"), "SMG0018", "Features = 2", "Features of 'Model' is 2, but 'Row' makes it 1" },

        { Kinds + OnKind.Replace("4", "4, Labels = new[] { 0, 1, 2 }", StringComparison.Ordinal), "SMG0029", "Labels = new[] { 0, 1, 2 }", "the values of 'Kind' are the labels" },

        // Enums.
        { "[System.Flags] enum Kind { A, B, C } " + OnKind, "SMG0019", "Kind", "[Flags]" },
        { "[System.Flags] enum Kind { A = 1, B = 2, C = 4, All = 7, Same = 7 } " + OnKind, "SMG0019", "Kind", "[Flags]" },
        { "enum Kind { A, B, C = 1 } " + OnKind, "SMG0020", "Kind", "'B' and 'C' are both 1" },
        { "enum Kind : uint { A = 2147483647, B } " + OnKind, "SMG0022", "Kind", "'B' is 2147483648" },
        { "enum Kind : ulong { A = 18446744073709551614, B } " + OnKind, "SMG0022", "Kind", "'A' is 18446744073709551614" },
        { "enum Kind : long { A = -2147483649, B } " + OnKind, "SMG0022", "Kind", "'A' is -2147483649" },
        { "enum Kind { A, [SoftmaxGen.NotAClass] B } " + OnKind, "SMG0004", "SoftmaxGen.SoftmaxModel<Kind>(Features = 4)", "is 1;" },
        { "enum Kind { A } " + OnKind, "SMG0004", "SoftmaxGen.SoftmaxModel<Kind>(Features = 4)", "is 1;" },
        { "enum Kind { } " + OnKind, "SMG0004", "SoftmaxGen.SoftmaxModel<Kind>(Features = 4)", "is 0;" },
        { $"enum Kind {{ {string.Join(", ", Enumerable.Range(0, 4097).Select(static i => $"K{i}"))} }} {OnKind}", "SMG0004", "SoftmaxGen.SoftmaxModel<Kind>(Features = 4)", "is 4097;" },
        { Kinds + "[SoftmaxGen.SoftmaxModel<Kind>] partial class Model;", "SMG0005", "SoftmaxGen.SoftmaxModel<Kind>", "is missing;" },

        // Reach.
        { Kinds + "[SoftmaxGen.SoftmaxModel<Kind>(Features = 4)] public partial class Model;", "SMG0023", "Kind", "less accessible than the model" },
        { "file " + Kinds + OnKind, "SMG0023", "Kind", "local to its file" },
        { "public " + Kinds + "class Row { public double X; } [SoftmaxGen.SoftmaxModel<Kind, Row>] public partial class Model;", "SMG0023", "Row", "less accessible" },
        { "public " + Kinds + "struct Secret; public class Row<T> { public double X; } [SoftmaxGen.SoftmaxModel<Kind, Row<Secret[]>>] public partial class Model;", "SMG0023", "Row<Secret[]>", "less accessible" },
        { "public partial class Outer { private " + Kinds + "[SoftmaxGen.SoftmaxModel<Kind>(Features = 4)] internal partial class Model; }", "SMG0023", "Kind", "less accessible" },
        { "public partial class Outer { [SoftmaxGen.SoftmaxModel<Model.Kind>(Features = 4)] private partial class Model { private " + Kinds + "} }", "SMG0023", "Model.Kind", "less accessible" },

        // Rows that are none.
        { Row("interface Row { double X { get; } }"), "SMG0024", "Row", "'Row'" },
        { Row("enum Row { X }"), "SMG0024", "Row", "'Row'" },
        { Row("delegate double Row();"), "SMG0024", "Row", "'Row'" },
        { Row("", "", "double"), "SMG0024", "double", "'double'" },
        { Row("", "", "double[]"), "SMG0024", "double[]", "'double[]'" },
        { Row("", "", "(double, double)"), "SMG0024", "(double, double)", "'(double, double)'" },
        { Row("struct Row { public double X; }", "", "Row?"), "SMG0024", "Row?", "'Row?'" },

        // Members that are no features.
        { Row("record Row(double X, string S);"), "SMG0025", "Row", "'Row.S' cannot be a feature of 'Model', because it is a string; list its levels, [Categories(\"…\", \"…\")], hash it into columns, [Hashed(64)]" },
        { Row("struct Row { public double X; public object? Y; }"), "SMG0025", "Row", "'Row.Y' cannot be a feature of 'Model', because it is of type 'object'" },
        { Row("struct Row { public double X; public char C; }"), "SMG0025", "Row", "'[Categories(\"…\", \"…\")] string Text => C.ToString()'" },
        { Row("struct Row { public double X; public System.DateTime T { get; } }"), "SMG0025", "Row", "'double Days => (T - DateTime.UnixEpoch).TotalDays', or its Hour or DayOfWeek, and mark the member itself [Feature(Ignore = true)]" },
        { Row("struct Row { public double X; public System.DateTimeOffset? T { get; } }"), "SMG0025", "Row", "(T - DateTimeOffset.UnixEpoch)" },
        { Row("struct Row { public double X; public System.DateOnly T { get; } }"), "SMG0025", "Row", "'int Days => T.DayNumber'" },
        { Row("struct Row { public double X; public System.TimeOnly T { get; } }"), "SMG0025", "Row", "T.ToTimeSpan()" },
        { Row("struct Row { public double X; public System.TimeSpan T { get; } }"), "SMG0025", "Row", "'double Hours => T.TotalHours'" },
        { Row("struct Row { public double X; public System.Guid Id { get; } }"), "SMG0025", "Row", "'[Hashed(64)] string Key => Id.ToString()'" },
        { Row("record Row(double X, float[] V);"), "SMG0025", "Row", "a vector; say how long it is, [Columns(16)]" },
        { Row("record Row(double X, System.ReadOnlyMemory<string> V);"), "SMG0025", "Row", "which is neither a number nor categories" },
        { Row("record Row(double X, double[,] V);"), "SMG0025", "Row", "which is neither a number nor categories" },
        { Row("enum None { } record Row(double X, None N);"), "SMG0025", "Row", "an enum without members" },
        { Row("[System.Flags] enum None { Nothing } record Row(double X, None N);"), "SMG0025", "Row", "which has no flags" },
        { Row("struct Row { public double X; public Kind Kind; }"), "SMG0025", "Row", "mark it [Label], or [Feature] if the label does not follow from it" },

        // Encodings.
        { Row("record Row([SoftmaxGen.Categories] string S);"), "SMG0052", "Row", "'Row.S' cannot be encoded for 'Model': [Categories] lists no level" },
        { Row("record Row([SoftmaxGen.Categories(null)] string S);"), "SMG0052", "Row", "lists no level" },
        { Row("record Row([SoftmaxGen.Categories(\"a\", null)] string S);"), "SMG0052", "Row", "a level that is null or blank" },
        { Row("record Row([SoftmaxGen.Categories(\"a\", \"b\", \"a\")] string S);"), "SMG0052", "Row", "lists 'a' more than once" },
        { Row("record Row([SoftmaxGen.Categories(\"a\", \"A\", IgnoreCase = true)] string S);"), "SMG0052", "Row", "lists 'a' more than once, case ignored" },
        { Row("record Row([SoftmaxGen.Categories(\"a\")] int S);"), "SMG0052", "Row", "[Categories] is for strings, and it is of type 'int'" },
        { Row("record Row([SoftmaxGen.Categories(\"a\", \"b\"), SoftmaxGen.Hashed(4)] string S);"), "SMG0052", "Row", "it has both [Categories] and [Hashed]" },
        { Row("record Row([SoftmaxGen.Categories(\"a\", \"b\"), SoftmaxGen.Feature(Baseline = \"c\")] string S);"), "SMG0052", "Row", "its Baseline is \"c\", which is none of its levels" },
        { Row("record Row([SoftmaxGen.Categories(\"a\"), SoftmaxGen.Feature(Baseline = \"a\")] string S);"), "SMG0052", "Row", "its Baseline is its only level" },
        { Row("enum Level { Low, High } record Row([SoftmaxGen.Feature(Baseline = Kind.A)] Level L);"), "SMG0052", "Row", "its Baseline is Kind.A, which is no member of 'Level'" },
        { Row("enum Level { Low, High } record Row([SoftmaxGen.Feature(Baseline = (Level)5)] Level L);"), "SMG0052", "Row", "which is no member of 'Level'" },
        { Row("[System.Flags] enum Level { Low = 1, High = 2 } record Row([SoftmaxGen.Feature(Baseline = Level.Low)] Level L);"), "SMG0052", "Row", "it has a Baseline, but flags have none" },
        { Row("record Row([SoftmaxGen.Feature(Baseline = 1)] double X);"), "SMG0052", "Row", "it has a Baseline, but no levels" },
        { Row("record Row([SoftmaxGen.Buckets] double X);"), "SMG0052", "Row", "[Buckets] lists no edge" },
        { Row("record Row([SoftmaxGen.Buckets(1, 3, 3)] double X);"), "SMG0052", "Row", "[Buckets] lists 3 after 3; each edge must be above the one before" },
        { Row("record Row([SoftmaxGen.Buckets(1, double.NaN)] double X);"), "SMG0052", "Row", "[Buckets] lists a number that is not finite" },
        { Row("record Row([SoftmaxGen.Buckets(1)] bool X);"), "SMG0052", "Row", "[Buckets] is for numbers, and it is of type 'bool'" },
        { Row("record Row([SoftmaxGen.Buckets(1), SoftmaxGen.Feature(Baseline = \"<1\")] double X);"), "SMG0052", "Row", "of buckets it is a number in one of the intervals" },
        { Row("record Row([SoftmaxGen.Buckets(1), SoftmaxGen.Feature(Unknown = SoftmaxGen.UnknownValues.Ignore)] double X);"), "SMG0052", "Row", "no levels that a value could miss" },
        { Row("record Row([SoftmaxGen.Knots(2, 1)] double X);"), "SMG0052", "Row", "[Knots] lists 1 after 2; each knot must be above" },
        { Row("record Row([SoftmaxGen.Knots(1)] string X);"), "SMG0052", "Row", "[Knots] is for numbers" },
        { Row("record Row([SoftmaxGen.Hashed(1)] string X);"), "SMG0052", "Row", "[Hashed] asks for 1 columns; there are from 2 to 65536" },
        { Row("record Row([SoftmaxGen.Hashed(4)] double X);"), "SMG0052", "Row", "[Hashed] is for strings and integers" },
        { Row("record Row([SoftmaxGen.Columns(0)] float[] X);"), "SMG0052", "Row", "[Columns] asks for 0 columns" },
        { Row("record Row([SoftmaxGen.Columns(3)] string[] X);"), "SMG0052", "Row", "[Columns] is for arrays" },
        { Row("[System.Runtime.CompilerServices.InlineArray(4)] struct Four { float _first; } record Row([SoftmaxGen.Columns(3)] Four X);"), "SMG0052", "Row", "but 'Four' holds 4 numbers" },
        { Row("record Row([SoftmaxGen.Feature(Missing = SoftmaxGen.MissingValue.NaN)] int X);"), "SMG0052", "Row", "its missing value is NaN, which no value of type 'int' is" },
        { Row("record Row([SoftmaxGen.Feature(Missing = (SoftmaxGen.MissingValue)2)] double X);"), "SMG0052", "Row", "2, which is undefined" },
        { Row("record Row([SoftmaxGen.Feature(Unknown = (SoftmaxGen.UnknownValues)(-1))] System.DayOfWeek X);"), "SMG0052", "Row", "its Unknown is" },
        { Row("[SoftmaxGen.Cross(\"X\", \"Z\")] record Row(double X, double Y);"), "SMG0052", "Row", "'Row by [Cross(\"X\", \"Z\")]' cannot be encoded for 'Model': 'Z' is no member that is a feature" },
        { Row("[SoftmaxGen.Cross(\"X\", \"X\")] record Row(double X, double Y);"), "SMG0052", "Row", "two different members" },
        { Row("[SoftmaxGen.Cross(null, \"X\")] record Row(double X, double Y);"), "SMG0052", "Row", "'' is no member" },
        { Row("[SoftmaxGen.Cross(\"X\", \"Y\"), SoftmaxGen.Cross(\"Y\", \"X\")] record Row(double X, double Y);"), "SMG0052", "Row", "the same cross as another one" },
        { Row("[SoftmaxGen.Cross(\"X\", \"Y\")] record Row([SoftmaxGen.Hashed(1024)] string X, [SoftmaxGen.Hashed(1024)] string Y);"), "SMG0052", "Row", "it makes 1048576 columns" },
        { Row("record Row([SoftmaxGen.Hashed(40000)] string X, [SoftmaxGen.Hashed(40001)] string Y);"), "SMG0005", "SoftmaxGen.SoftmaxModel<Kind, Row>", "is 80001, of which 'Y' makes 40001; it must be from" },
        { Row("record Row(double? X, [SoftmaxGen.Feature(Name = \"X?\")] double Y);"), "SMG0016", "Row", "holds 'X?' more than once, for 'Row.X', 'Row.Y'" },
        { Row("class Row { public double X; [SoftmaxGen.Feature] private double Y; }"), "SMG0025", "Row", "'Row.Y' cannot be a feature of 'Model', because it cannot be read" },
        { Row("class Row { public double X; [SoftmaxGen.Feature(Order = 1)] public double Y { set { } } }"), "SMG0025", "Row", "cannot be read" },
        { Row("class Row { }"), "SMG0024", "Row", "no member of it is a feature" },
        { Row("class Row { public static double X; public const int Y = 1; double Z { get; set; } public double this[int i] => i; [SoftmaxGen.Feature(Ignore = true)] public string S; [SoftmaxGen.Label] public Kind Kind; }"), "SMG0024", "Row", "no member of it is a feature" },

        // Order.
        { Row("record Row([SoftmaxGen.Feature(Order = 3)] double X, double Y, [property: SoftmaxGen.Feature(Order = 3)] double Z);"), "SMG0026", "Row", "'X', 'Z' have the same Order, 3" },

        // Labels.
        { Row("record Row(double X, [SoftmaxGen.Label] string S);"), "SMG0027", "Row", "'Row.S' cannot be the label of 'Model', because it is of type 'string'" },
        { Row("record Row(double X, [SoftmaxGen.Label] Kind? K);"), "SMG0027", "Row", "'Kind?'" },
        { Row("record Row(double X, [SoftmaxGen.Label] long K);"), "SMG0027", "Row", "'long'; a label is of type 'Kind' or int" },
        { Row("record Row(double X, [SoftmaxGen.Label] Kind K, [SoftmaxGen.Label] int L);"), "SMG0027", "Row", "'Row.L' cannot be the label of 'Model', because 'K' is the label already" },
        { Row("class Row { public double X; [SoftmaxGen.Label] private Kind K; }"), "SMG0027", "Row", "cannot be read" },
        { Row("class Row { public double X; [SoftmaxGen.Label, SoftmaxGen.Feature(Order = 1)] public int K; }"), "SMG0027", "Row", "has an Order" },

        // Missing values.
        { "[SoftmaxGen.SoftmaxModel(Classes = 3, Features = 4, MissingValues = (SoftmaxGen.MissingValues)2)] partial class Model;", "SMG0028", "MissingValues = (SoftmaxGen.MissingValues)2", "is 2;" },
        { "[SoftmaxGen.SoftmaxModel(Classes = 3, Features = 4, MissingValues = (SoftmaxGen.MissingValues)(-1))] partial class Model;", "SMG0028", "MissingValues = (SoftmaxGen.MissingValues)(-1)", "is -1;" },
    };

    /// <summary>Gets wrong code alone.</summary>
    public static TheoryData<string> WrongSources { get; } = [.. Wrong.Select(static row => (string)row[0])];

    /// <summary>Gets right code, near the edge of being wrong.</summary>
    public static TheoryData<string> Right { get; } = new()
    {
        Kinds + OnKind,
        "enum Kind { A, B, C = 3 } " + OnKind,
        "enum Kind : sbyte { B = 127, A = -128 } " + OnKind,
        "enum Kind : ulong { A = 2147483647, B = 0, C = 7 } " + OnKind,
        "enum Kind { A = int.MinValue, B = int.MaxValue } " + OnKind,
        "enum Kind : long { [SoftmaxGen.NotAClass] Unknown = long.MinValue, A = 30, B = 10, C = 20, [SoftmaxGen.NotAClass] Other = C } " + OnKind.Replace("4", "4, Classes = 3, FirstLabel = 10", StringComparison.Ordinal),
        "enum Kind : sbyte { C = -126, A = -128, B } " + OnKind,
        "enum Kind : ulong { A = 2147483646, B } " + OnKind,
        "enum Kind { A = int.MinValue, B } " + OnKind,
        Kinds + OnKind.Replace("4", "4, Classes = 3, FirstLabel = 0", StringComparison.Ordinal),
        Kinds + OnKind.Replace("4", "4, ClassNames = new string[0], FeatureNames = new[] { \"a\", \"b\", \"c\", \"A\" }", StringComparison.Ordinal),
        Names("ClassNames", "\"a\", \"b\", \"c\""),
        Names("FeatureNames", "\"a\", \"A\""),
        "public " + Kinds + "public struct Row { public double X; } [SoftmaxGen.SoftmaxModel<Kind, Row>(Classes = 3, Features = 1)] public partial class Model;",
        "public partial class Outer { private " + Kinds + "[SoftmaxGen.SoftmaxModel<Kind>(Features = 4)] private partial class Model; }",
        "public partial class Outer { protected " + Kinds + "[SoftmaxGen.SoftmaxModel<Kind>(Features = 4)] protected partial class Model; }",
        "public partial class Outer { internal " + Kinds + "} [SoftmaxGen.SoftmaxModel<Outer.Kind>(Features = 4)] partial class Model;",
        Row("struct Row { [SoftmaxGen.Feature(Order = 1)] public double X; public double Y; [SoftmaxGen.Feature(Order = -1)] public double Z; }"),
        Row("record Row(double X, [SoftmaxGen.Label] Kind K, [SoftmaxGen.Feature(Ignore = true)] string S);"),
        Row("record Row(double X, [SoftmaxGen.Label] int K);"),
        Row("record Row([SoftmaxGen.Feature(Name = \"Y\")] double X, [property: SoftmaxGen.Feature(Name = \"X\")] double Y, [SoftmaxGen.Feature(Ignore = true, Name = \"X\")] double Z);"),
        "enum Kind { [SoftmaxGen.ClassName(\"B\")] A, [SoftmaxGen.ClassName(\"A\")] B, [SoftmaxGen.ClassName(\"A\"), SoftmaxGen.NotAClass] C } " + OnKind,
        Row("class Row { public double X; public double W { set { } } public double V { private get; set; } public double this[int i] => i; }"),
        Row("class Row { public double X; [SoftmaxGen.Label, SoftmaxGen.Feature(Ignore = true)] public Kind K; }"),
        Row("class Row { [SoftmaxGen.Feature] public Kind Before; [SoftmaxGen.Label] public Kind K; }"),
        Row("class Row { public double? X; public System.DayOfWeek D; public bool? B; public Kind? K; }")
            .Replace("Kind? K", "System.DayOfWeek? K", StringComparison.Ordinal),
        Row("record Row([SoftmaxGen.Categories(\"a\\r\\n\\\"b\", \"x\\u2028y\", \"{0}\")] string S, [SoftmaxGen.Buckets(1e-300, 0.1, 1e300), SoftmaxGen.Feature(Baseline = 0)] float X);"),
        Row("[SoftmaxGen.Cross(nameof(X), nameof(Y))] record Row(double X, [SoftmaxGen.Knots(-1, 0)] nint Y) { [SoftmaxGen.Columns(2)] public int[] Z => new int[2]; }"),
        Row("record Row([property: SoftmaxGen.Hashed(2)] ulong @class, [SoftmaxGen.Buckets(1)] double @int);"),
        Row("class Base { [SoftmaxGen.Categories(\"a\", \"b\")] public virtual string S => \"a\"; } class Row : Base { public override string S => \"b\"; }"),
        "[SoftmaxGen.SoftmaxModel(Classes = 3, Features = 4, MissingValues = SoftmaxGen.MissingValues.Propagate)] partial class Model;",
    };

    [LongTheory(every: 2)]
    [MemberData(nameof(Wrong))]
    public async Task Wrong_code_is_reported_in_its_place(string source, string id, string place, string message)
    {
        Diagnostic diagnostic = Assert.Single(await AnalyzerHarness.AnalyzeAsync(source));

        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Equal(place, source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Contains(message, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.DoesNotContain("{", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [LongTheory(every: 5)]
    [MemberData(nameof(WrongSources))]
    public void The_generator_declines_wrong_code(string source) => Assert.Empty(GeneratorHarness.Generate(source));

    [LongTheory(every: 5)]
    [MemberData(nameof(Wrong))]
    public async Task A_pragma_suppresses_the_report(string source, string id, string place, string message) =>
        Assert.True((await AnalyzerHarness.AnalyzeAsync($"#pragma warning disable {id}\n{source}")).IsEmpty, $"{place}: {message}");

    [Theory]
    [MemberData(nameof(Right))]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public async Task Right_code_is_not_reported_and_compiles(string source)
    {
        Assert.Empty(await AnalyzerHarness.AnalyzeAsync(source));
        Compilation compilation = GeneratorHarness.CompileWithModels(Settings.Default, source);

        await AnalyzerHarness.AssertCleanAsync(compilation, DiagnosticSeverity.Error);
        Assert.True(compilation.SyntaxTrees.Count() > 1);
    }

    [Theory]
    [InlineData("[SoftmaxGen.SoftmaxModel<int>(Features = 4)] partial class Model;")]
    [InlineData("[SoftmaxGen.SoftmaxModel<System.Enum>(Features = 4)] partial class Model;")]
    [InlineData("[SoftmaxGen.SoftmaxModel<Undefined>(Features = 4)] partial class Model;")]
    [InlineData("[SoftmaxGen.SoftmaxModel<>(Features = 4)] partial class Model;")]
    [InlineData("enum Kind { A, B = Undefined } [SoftmaxGen.SoftmaxModel<Kind>(Features = 4)] partial class Model;")]
    [InlineData("enum Kind { A, B } [SoftmaxGen.SoftmaxModel<Kind, Undefined>] partial class Model;")]
    [InlineData("enum Kind { A, B } [SoftmaxGen.SoftmaxModel<Kind, >] partial class Model;")]
    [InlineData("enum Kind { A, B } [SoftmaxGen.SoftmaxModel<Kind, int*>] partial class Model;")]
    [InlineData("enum Kind { A, B } [SoftmaxGen.SoftmaxModel<Kind>(Features = 4)] [SoftmaxGen.SoftmaxModel<Kind, Kind, Kind>] partial class Model;")]
    public async Task Types_that_do_not_compile_are_left_to_the_compiler(string source)
    {
        Assert.Contains(GeneratorHarness.Compile(source).GetDiagnostics(), static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.All(await AnalyzerHarness.AnalyzeAsync(source), static diagnostic => Assert.StartsWith("SMG", diagnostic.Id, StringComparison.Ordinal));
        Assert.Null(GeneratorHarness.Run(GeneratorHarness.Compile(source)).Exception);
    }

    [Fact]
    public async Task Features_in_several_files_need_an_order()
    {
        const string other = "public partial class Row { public double Y; public double Z; }";

        Diagnostic diagnostic = Assert.Single(await AnalyzerHarness.AnalyzeAsync(
            GeneratorHarness.Compile(Row("public partial class Row { public double X; }"), other)));
        Assert.Equal("SMG0026", diagnostic.Id);
        Assert.Contains("'X', 'Y', 'Z' are declared in several files", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);

        Assert.Empty(await AnalyzerHarness.AnalyzeAsync(GeneratorHarness.Compile(
            Row("public partial class Row { [SoftmaxGen.Feature(Order = 1)] public double X; }"), other)));
        Assert.Empty(await AnalyzerHarness.AnalyzeAsync(GeneratorHarness.Compile(
            Row("public partial class Row { public double X; } public partial class Row { public double W; }"), "public partial class Row { public double M() => X; }")));
    }

    [Fact]
    public async Task A_base_type_in_another_file_needs_no_order() => Assert.Empty(await AnalyzerHarness.AnalyzeAsync(
        GeneratorHarness.Compile(Row("class Row : Base { public double X; }"), "class Base { public double Y; }")));

    [Theory]
    [InlineData("public double X; public double Y { get; set; }", true)]
    [InlineData("public double X; public double Y;", false)]
    [InlineData("public double X { get; set; } public double Y { get; set; }", false)]
    [InlineData("[SoftmaxGen.Feature(Order = 1)] public double X; public double Y { get; set; }", false)]
    public async Task Fields_and_properties_of_a_compiled_type_need_an_order(string members, bool isAmbiguous)
    {
        using MemoryStream image = new();
        Assert.True(GeneratorHarness.Compile($"public class Row {{ {members} }}").WithAssemblyName("Rows").Emit(image).Success);
        Compilation compilation = GeneratorHarness.Compile(Row("")).AddReferences(MetadataReference.CreateFromImage(image.ToArray()));

        Assert.Equal(isAmbiguous ? ["SMG0026"] : [], (await AnalyzerHarness.AnalyzeAsync(compilation)).Select(static diagnostic => diagnostic.Id));
    }

    [Fact]
    public async Task Through_an_alias_the_attribute_is_reported_as_a_whole()
    {
        const string source = "using M = SoftmaxGen.SoftmaxModelAttribute<Kind>; enum Kind { A, B, C = 1 } [M(Features = 4)] partial class Model;";

        Diagnostic diagnostic = Assert.Single(await AnalyzerHarness.AnalyzeAsync(source));

        Assert.Equal("M(Features = 4)", source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
    }

    private static string Names(string argument, string names) =>
        $"[SoftmaxGen.SoftmaxModel(Classes = 3, Features = 2, {argument} = new[] {{ {names} }})] partial class Model;";

    private static string Row(string declaration, string arguments = "", string row = "Row") =>
        Kinds + declaration + OnRow.Replace("Row>", $"{row}>{arguments}", StringComparison.Ordinal);
}
