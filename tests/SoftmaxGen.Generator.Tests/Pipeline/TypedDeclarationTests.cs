using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Pipeline;

/// <summary>The types that classes and rows may be, wherever they are declared: the generated parts compile without a warning.</summary>
public class TypedDeclarationTests
{
    // The users' types say nothing about themselves, and have no need of the fields they declare.
    private static readonly Settings _strict = Settings.Strict with { DocumentationMode = DocumentationMode.Parse };

    [LongTheory(every: 4)]
    [InlineData("public enum E { A, B } public record R(double X, float Y); [M<E, R>] public partial class Model;")]
    [InlineData("public enum E { A, B } public sealed record R(double X, [SoftmaxGen.Label] E Y); [M<E, R>] public partial class Model;")]
    [InlineData("public enum E { A, B } public readonly record struct R(decimal X, System.Half Y, bool Z, [SoftmaxGen.Label] int L); [M<E, R>] public partial class Model;")]
    [InlineData("public enum E { A, B } public class R { public nint X; public ulong Y { get; init; } [SoftmaxGen.Label] public E L; } [M<E, R>(Precision = SoftmaxGen.SoftmaxPrecision.Single)] public partial class Model;")]
    [InlineData("public enum E { A, B } public abstract class R { public abstract double X { get; } public ref readonly double Y => throw null!; } [M<E, R>] public partial class Model;")]
    [InlineData("public enum E { A, B } public class G<T> { public record struct R(T X, [property: SoftmaxGen.Feature(Ignore = true)] string Y); } [M<E, G<long>.R>] public partial class Model;")]
    [InlineData("namespace @namespace { public enum @enum { @class, @record } public struct @struct { public double @int, @required; [SoftmaxGen.Label] public @enum @event; } [M<@enum, @struct>] partial class @void; }")]
    [InlineData("namespace Demo.System { enum Int32 { Double, String } class Span { public double features, row, labels, rows; [SoftmaxGen.Label] public Int32 label; } [M<Int32, Span>] partial class Model; }")]
    [InlineData("public partial class Model { public enum E { A, B } public struct R { public double X; } } [M<Model.E, Model.R>] public partial class Model;")]
    [InlineData("partial struct Outer<T> { [M<E, R>] private partial class Model<U>; } enum E : ulong { A = 3, B } class R { public double X; [SoftmaxGen.Label] public E L; }")]
    [InlineData("enum E : sbyte { A = -128, B } class R { public double X; } [M<E, R>(MissingValues = SoftmaxGen.MissingValues.Propagate)] partial class Model { double Predict(string s) => s.Length; }")]
    [InlineData("[System.Obsolete(\"No.\")] enum E { [System.Obsolete] A, B } class R { [System.Obsolete(\"No.\")] public double X; }\n#pragma warning disable CS0618\n[M<E, R>] partial class Model;\n#pragma warning restore CS0618")]
    [InlineData("enum E { A, B } class R { public double X; public static bool operator ==(R a, R b) => throw null!; public static bool operator !=(R a, R b) => throw null!; public override bool Equals(object? o) => true; public override int GetHashCode() => 0; } [M<E, R>] partial class Model;")]
    [InlineData("enum E { A, B } [M<E>(Features = 3)] partial class Model;")]
    [InlineData("enum E : byte { A = 5, B } [M<E>(Features = 3, MissingValues = SoftmaxGen.MissingValues.Propagate)] partial class Model;")]
    public void A_model_of_types_compiles(string declaration)
    {
        string source = declaration.Replace("[M<", "[SoftmaxGen.SoftmaxModel<", StringComparison.Ordinal)
            .Replace("using M", "using N", StringComparison.Ordinal);

        foreach (NullableContextOptions nullable in (NullableContextOptions[])[NullableContextOptions.Enable, NullableContextOptions.Disable])
        {
            Compilation compilation = GeneratorHarness.CompileWithModels(
                _strict with { Nullable = nullable, LanguageVersion = LanguageVersion.CSharp12 }, source);

            Assert.True(compilation.SyntaxTrees.Count() > 1);
            Assert.Empty(compilation.GetDiagnostics().Where(static diagnostic =>
                diagnostic.Severity >= DiagnosticSeverity.Warning
                    && diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) != false));
        }
    }

    [Theory]
    [InlineData("Enable", "")]
    [InlineData("Disable", "MissingValues = SoftmaxGen.MissingValues.Propagate, Precision = SoftmaxGen.SoftmaxPrecision.Single")]
    public void A_model_of_types_compiles_under_the_strictest_settings(string nullable, string arguments)
    {
        string source = $$"""
            /// <summary>Classes.</summary>
            public enum E
            {
                /// <summary>One.</summary>
                A,

                /// <summary>Other.</summary>
                B,
            }

            /// <summary>A row.</summary>
            /// <param name="X">A feature.</param>
            /// <param name="L">Its label.</param>
            public sealed record R(double X, [SoftmaxGen.Label] E L);

            /// <summary>A model.</summary>
            [SoftmaxGen.SoftmaxModel<E, R>({{arguments}})]
            public sealed partial class Model { }
            """;
        Settings settings = Settings.Strict with { Nullable = Enum.Parse<NullableContextOptions>(nullable), LanguageVersion = LanguageVersion.CSharp11 };

        GeneratorHarness.AssertClean(GeneratorHarness.CompileWithModels(settings, source));
    }

    [Fact]
    public void Members_of_a_base_come_first_and_hidden_ones_not_at_all()
    {
        string text = GeneratorHarness.Generate("""
            enum E { A, B }
            class Base { public double X; public double Y; }
            class R : Base { public double Z; public new double X; }
            [SoftmaxGen.SoftmaxModel<E, R>] partial class Model;
            """)[0].SourceText.ToString();

        Assert.Contains("FeatureNames = new string[] { \"Y\", \"Z\", \"X\" }", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Internal_members_of_another_project_are_no_features()
    {
        CSharpCompilation types = GeneratorHarness.Compile("public enum E { A, B } public record struct R(double X) { internal double Z => 1; }");
        CSharpCompilation compilation = GeneratorHarness.Compile("[SoftmaxGen.SoftmaxModel<E, R>] public partial class Model;")
            .AddReferences(types.WithAssemblyName("Types").ToMetadataReference());

        string text = GeneratorHarness.Run(compilation).GeneratedSources[0].SourceText.ToString();

        Assert.Contains("FeatureNames = new string[] { \"X\" }", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_and_rows_of_another_assembly_will_do()
    {
        using MemoryStream image = new();
        const string types = "public enum E { B = 1, A = 0 } public record struct R(double X, [SoftmaxGen.Feature(Ignore = true)] string S, double Y, [property: SoftmaxGen.Label] E L) { internal double Z => 1; }";
        Assert.True(GeneratorHarness.Compile(types).WithAssemblyName("Types").Emit(image).Success);
        CSharpCompilation compilation = GeneratorHarness.Compile("[SoftmaxGen.SoftmaxModel<E, R>] public partial class Model;")
            .AddReferences(MetadataReference.CreateFromImage(image.ToArray()));

        string text = GeneratorHarness.Run(compilation).GeneratedSources[0].SourceText.ToString();

        Assert.Contains("ClassNames = new string[] { \"A\", \"B\" }", text, StringComparison.Ordinal);
        Assert.Contains("FeatureNames = new string[] { \"X\", \"Y\" }", text, StringComparison.Ordinal);
    }
}
