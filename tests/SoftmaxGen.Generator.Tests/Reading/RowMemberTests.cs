using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Reading;

/// <summary>Which members of a row type are features, which one is the label, and that generated code reads the members that were meant.</summary>
public partial class RowMemberTests
{
    private const string Model = "public enum Kind { A, B } [SoftmaxGen.SoftmaxModel<Kind, Row>] public partial class Model { } ";

    /// <summary>Gets rows with their features in order; the label stands behind a slash.</summary>
    public static TheoryData<string, string> Rows { get; } = new()
    {
        // What the name means in the row type counts. What is private or protected there hides nothing from the model.
        { "public class Base { public double X, Y; } public class Row : Base { private new double X; public double Z => X; }", "X Y Z" },
        { "public class Base { public double X, Y; } public class Row : Base { protected new string X = \"\"; }", "X Y" },
        { "public class Base { public double X, Y; } public class Row : Base { private new double X() => 1; public double Z => X(); }", "X Y Z" },
        { "public class Base { public double X, Y; } public class Row : Base { private new const double X = 1; public double Z => X; }", "X Y Z" },
        { "public class Base { public double X, Y; } public class Row : Base { private new class X { } }", "X Y" },
        { "public class Base { public double X, Y; } public class Row : Base { public class X<T> { } }", "X Y" },
        { "public class Base { public double X, Y; } public class Middle : Base { private new double X; public double Z => X; } public class Row : Middle { }", "X Y Z" },
        { "public class Base { [SoftmaxGen.Feature(Ignore = true)] public double X; public double Y; } public class Row : Base { public new const int X = 1; }", "Y" },
        { "public class Base { public double X; public double Y; } public class Row : Base { public new double X; }", "Y X" },
        { "public class Base { [SoftmaxGen.Label] public Kind L; } public class Row : Base { private new int L; public double X => L; }", "X / L" },

        // Overrides.
        { "public class Base { public virtual double X { get; set; } } public class Row : Base { public override double X { set { } } public double Y; }", "X Y" },
        { "public class Base { public virtual double X { get; set; } } public class Middle : Base { public override double X { set { } } } public class Row : Middle { public override double X { set { } } public double Y; }", "X Y" },
        { "public class Base { public virtual double X { protected get; set; } public double Y; } public class Row : Base { public override double X { set { } } }", "Y" },
        { "public abstract class Base { [SoftmaxGen.Label] public abstract Kind L { get; } } public class Row : Base { public override Kind L => Kind.A; public double X; }", "X / L" },
        { "public class Base { [SoftmaxGen.Feature(Ignore = true)] public virtual double X => 1; } public class Row : Base { public override double X => 2; public double Y; }", "Y" },
        { "public class Base { [SoftmaxGen.Feature(Order = 1)] public virtual double X => 1; } public class Row : Base { public double Y; [SoftmaxGen.Feature(Order = 0)] public double Z; public override double X => 2; }", "Z X Y" },

        // Attributes that speak of a member from elsewhere.
        { "public record Row(double X, [field: SoftmaxGen.Label] int L);", "X / L" },
        { "public class Row { public double X; [field: SoftmaxGen.Label] public int L { get; set; } }", "X / L" },
        { "public record struct Row(double X, [field: SoftmaxGen.Feature(Ignore = true)] double Y);", "X" },
        { "public class Row { [field: SoftmaxGen.Feature(Order = 1)] public double X { get; } public double Y; [SoftmaxGen.Feature(Order = 0)] public double Z; }", "Z X Y" },
        { "public class Row(double x, [SoftmaxGen.Label] int l) { public double X => x; public int L => l; }", "X / L" },
        { "public class Row(double x, [SoftmaxGen.Feature(Ignore = true)] double y) { public double X => x; public double Y { get; } = y; }", "X" },
        { "public struct Row { public double X; public int L; public Row(double x, [SoftmaxGen.Label] int l) { X = x; L = l; } }", "X / L" },
        { "public record Base(int L); public record Row(double X, [SoftmaxGen.Label] int L) : Base(L);", "X / L" },
        { "public record Base([SoftmaxGen.Label] int L); public record Row(double X, int L) : Base(L);", "X / L" },
        { "public class Base { public int L; } public class Row : Base { public double X; public Row([SoftmaxGen.Label] int l) => L = l; }", "X / L" },

        // Experimental members are read like others, as obsolete ones are.
        { "public record Row([property: System.Diagnostics.CodeAnalysis.Experimental(\"X01\")] double X, [property: System.Obsolete] double Y) { [System.Diagnostics.CodeAnalysis.Experimental(\"X02\"), SoftmaxGen.Label] public int L; }", "X Y / L" },
        { "public class Row { public double X { [System.Diagnostics.CodeAnalysis.Experimental(\"X01\")] get; set; } }", "X" },
        { "public class Row { public double X; [System.Obsolete(\"\", true), SoftmaxGen.Feature(Ignore = true)] public double Y; [System.Obsolete(\"\", true)] public static double Z; }", "X" },
        { "public class Base { public virtual double X => 1; } public class Row : Base { [System.Obsolete(\"\", true)] public override double X => 2; public double Y; }", "X Y" },
    };

    /// <summary>Gets rows that no model can have, with the id of what is reported and a part of the message.</summary>
    public static TheoryData<string, string, string> Refused { get; } = new()
    {
        { "public class Base { public double X, Y; } public class Row : Base { public new static double X; }", "SMG0025", "'Row.X' cannot be a feature of 'Model', because it is hidden by a static member of 'Row'" },
        { "public class Base { public double X, Y; } public class Row : Base { public new const double X = 1; }", "SMG0025", "hidden by a constant of 'Row'" },
        { "public class Base { public double X, Y; } public class Row : Base { public new double X() => 1; }", "SMG0025", "hidden by a method of 'Row'" },
        { "public class Base { public double X, Y; } public class Row : Base { public new class X { } }", "SMG0025", "hidden by a type of 'Row'" },
        { "public class Base { public double X, Y; } public class Row : Base { public new event System.Action X { add { } remove { } } }", "SMG0025", "hidden by an event of 'Row'" },
        { "public class Base { public double X, Y; } public class Row : Base { public new double X { set { } } }", "SMG0025", "hidden by a member that cannot be read of 'Row'" },
        { "public class Base { public double X, Y; } public class Row : Base { public new double X { private get; set; } }", "SMG0025", "hidden by a member that cannot be read of 'Row'" },
        { "public class Base { public double X, Y; } public class Middle : Base { public new double X() => 1; } public class Row : Middle { private new double X; }", "SMG0025", "hidden by a method of 'Middle'" },
        { "public class Base { public double X, Y; } public class Middle : Base { public new double X; } public class Row : Middle { public new double X() => 1; }", "SMG0025", "hidden by a method of 'Row'" },
        { "public class Base { [SoftmaxGen.Label] public Kind L; } public class Row : Base { public double X; public new static Kind L; }", "SMG0027", "because it is hidden by a static member of 'Row'" },
        { "public class Row(double x, [SoftmaxGen.Label] int label) { public double X => x; public int L => label; }", "SMG0027", "'Row.label' cannot be the label of 'Model', because it is a parameter, and no member is called like it" },
        { "public class Row(double x, [SoftmaxGen.Feature(Ignore = true)] double id) { public double X => x; public double Number => id; }", "SMG0025", "'Row.id' cannot be a feature of 'Model', because it is a parameter" },
        { "public class Row { public double X; [System.Obsolete(\"\", true)] public double Y; }", "SMG0025", "'Row.Y' cannot be a feature of 'Model', because it is marked [Obsolete] as an error" },
        { "public class Row { public double X; public double Y { [System.Obsolete(\"\", true)] get; set; } }", "SMG0025", "'Row.Y' cannot be a feature of 'Model', because it is marked [Obsolete] as an error" },
        { "public class Base { [System.Obsolete(\"\", true)] public virtual double X => 1; } public class Row : Base { public override double X => 2; public double Y; }", "SMG0025", "'Row.X' cannot be a feature of 'Model', because it is marked [Obsolete] as an error" },
        { "public class Row { public double X; [System.Obsolete(\"\", true), SoftmaxGen.Label] public Kind L; }", "SMG0027", "because it is marked [Obsolete] as an error" },
        { "public class Row { }", "SMG0024", "because no member of it is a feature" },
        { "public class Row { double X; protected double Y; public double Z { set { } } public static double W; public double this[int i] => i; }", "SMG0024", "because no member of it is a feature" },
        { "public record Row([SoftmaxGen.Feature(Ignore = true)] double X, [SoftmaxGen.Label] Kind L);", "SMG0024", "because no member of it is a feature" },
    };

    [LongTheory(every: 4)]
    [MemberData(nameof(Rows))]
    public async Task Rows_have_the_features_that_were_meant(string rows, string features)
    {
        string source = Model + rows;
        Compilation compilation = GeneratorHarness.CompileWithModels(Settings.Default, source);

        Assert.DoesNotContain(
            await AnalyzerHarness.AnalyzeAsync(GeneratorHarness.Compile(source)), static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        AssertReads(compilation, features);
    }

    [LongTheory(every: 2)]
    [MemberData(nameof(Refused))]
    public async Task Rows_that_would_lose_a_member_in_silence_are_refused(string rows, string id, string message)
    {
        Diagnostic diagnostic = Assert.Single(await AnalyzerHarness.AnalyzeAsync(Model + rows));

        Assert.Equal(id, diagnostic.Id);
        Assert.Contains(message, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Empty(GeneratorHarness.Generate(Model + rows));
    }

    [Theory]
    [InlineData("public ref struct Row { public double X; }", "because it is a ref struct")]
    [InlineData("public partial class Row { public double X; } [SoftmaxGen.SoftmaxModel<Kind, Row>] public partial class Row;", "because it is a softmax model itself")]
    [InlineData("[SoftmaxGen.SoftmaxModel(Classes = 2, Features = 1)] public partial class Other { public double X; public class Row : Other { } } class Row { }", "because it is a softmax model itself", "Other.Row")]
    public async Task Types_that_can_never_be_rows_are_refused(string rows, string message, string name = "Row")
    {
        string source = Model.Replace("Kind, Row", $"Kind, {name}", StringComparison.Ordinal) + rows;

        Diagnostic diagnostic = (await AnalyzerHarness.AnalyzeAsync(source)).First(static diagnostic => diagnostic.Id == "SMG0024");

        Assert.Contains(message, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.DoesNotContain(GeneratorHarness.Generate(source),
            static file => file.HintName.StartsWith("Model", StringComparison.Ordinal) || file.HintName.StartsWith("Row", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("[System.Obsolete(\"\")]", true)]
    [InlineData("[System.Obsolete(\"\", true)]", true)]
    public async Task What_is_obsolete_itself_may_use_what_is(string model, bool isAllowed)
    {
        string source = "[System.Obsolete(\"\", true)] public enum Kind { A, B } [System.Obsolete(\"\", true)] public class Row { [System.Obsolete(\"\", true)] public double X; } "
            + $"{model} [SoftmaxGen.SoftmaxModel<Kind, Row>] public partial class Model {{ }}";

        Assert.Equal(isAllowed, (await AnalyzerHarness.AnalyzeAsync(source)).IsEmpty);
        if (isAllowed)
        {
            AssertReads(GeneratorHarness.CompileWithModels(Settings.Default, source), "X");
        }
    }

    [LongTheory(every: 3)]
    [InlineData("[Experimental(\"X01\")] public enum Kind { A, B } public class Row { public double X; }")]
    [InlineData("public enum Kind { A, B } [Experimental(\"X01\")] public class Row { public double X; }")]
    [InlineData("[Experimental(\"X01\")] public class Outer { public enum Kind { A, B } } public class Row { public double X; }", "Outer.Kind, Row")]
    [InlineData("public enum Kind { A, B } [Experimental(\"X01\")] public class Some; public class Row<T> { public double X; }", "Kind, Row<Some>")]
    [InlineData("[assembly: Experimental(\"X01\")] public enum Kind { A, B } public class Row { public double X; }")]
    [InlineData("[module: Experimental(\"X01\")] public enum Kind { A, B } public class Row { public double X; }")]
    public void Who_accepts_an_experiment_gets_no_errors_in_generated_code(string types, string names = "Kind, Row")
    {
        using MemoryStream image = new();
        Assert.True(GeneratorHarness.Compile("using System.Diagnostics.CodeAnalysis; " + types).WithAssemblyName("Types").Emit(image).Success);
        string source = $"#pragma warning disable X01\n[SoftmaxGen.SoftmaxModel<{names}>] public partial class Model {{ }}";
        GeneratorHarness.CreateDriver().RunGeneratorsAndUpdateCompilation(
            GeneratorHarness.Compile(source).AddReferences(MetadataReference.CreateFromImage(image.ToArray())), out Compilation compilation, out _);

        AssertReads(compilation, "X");
    }

    [Theory]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"X01\")] public partial class Model { }")]
    [InlineData("[System.Obsolete(\"\", true)] public partial class Model { }")]
    [InlineData("[System.Obsolete(\"\", true)] public partial class Outer { [SoftmaxGen.SoftmaxModel<Kind, Row>] public partial class Inner { } }")]
    public void A_model_may_be_obsolete_or_experimental_itself(string part) => AssertReads(
        GeneratorHarness.CompileWithModels(Settings.Default, Model + "public class Row { public double X; } " + part), "X");

    private static void AssertReads(Compilation compilation, string features)
    {
        SyntaxTree[] generated = [.. compilation.SyntaxTrees.Where(static tree => tree.FilePath.EndsWith("Model.g.cs", StringComparison.Ordinal) || tree.FilePath.EndsWith("Rows.g.cs", StringComparison.Ordinal))];
        Assert.NotEmpty(generated);
        Assert.All(
            generated, tree => Assert.Empty(
                compilation.GetSemanticModel(tree).GetDiagnostics().Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)));

        string text = generated[^1].ToString();
        IEnumerable<string> read = Read().Matches(text).Select(static match => match.Groups[1].Value);
        IEnumerable<string> label = Label().Matches(text).Select(static match => "/ " + match.Groups[1].Value);
        Assert.Equal(features, string.Join(' ', read.Concat(label)));
    }

    [GeneratedRegex(@"features\[\d+\] = \(double\)[^;]*\.@?(\w+);")]
    private static partial Regex Read();

    [GeneratedRegex(@"labels\[row\] = [^;]*\.@?(\w+);")]
    private static partial Regex Label();
}
