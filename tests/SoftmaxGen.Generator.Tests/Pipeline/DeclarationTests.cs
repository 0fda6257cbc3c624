using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Pipeline;

/// <summary>Where and how a model may be declared: the generated parts fit, and compile without a warning.</summary>
public class DeclarationTests
{
    // The users' halves of these models say nothing about themselves.
    private static readonly Settings _strictWithoutDocumentation = Settings.Strict with { DocumentationMode = DocumentationMode.Parse };

    [LongTheory(every: 4)]
    [InlineData("{0} partial class Model;", "Model")]
    [InlineData("namespace Demo; {0} partial class Model;", "Demo.Model")]
    [InlineData("namespace Demo { namespace Sub { {0} internal sealed partial class Model { } } }", "Demo.Sub.Model")]
    [InlineData("namespace Demo.A { namespace B.C { {0} partial class Model; } }", "Demo.A.B.C.Model")]
    [InlineData("partial class A { partial struct B { partial interface C { {0} partial class Model; } } }", "A+B+C+Model")]
    [InlineData("static partial class A { {0} private partial class Model; }", "A+Model")]
    [InlineData("abstract partial class A { {0} protected internal partial class Model; }", "A+Model")]
    [InlineData("ref partial struct A { {0} partial class Model; }", "A+Model")]
    [InlineData("readonly partial struct A { {0} partial class Model; }", "A+Model")]
    [InlineData("partial record A(int X) { {0} partial class Model; }", "A+Model")]
    [InlineData("partial record struct A(int X) { {0} partial class Model; }", "A+Model")]
    [InlineData("partial class A<T, U> where T : class, new() where U : unmanaged { {0} partial class Model; }", "A`2+Model")]
    [InlineData("partial class A<T> { partial struct B<U> { {0} partial class Model<V> where V : notnull; } }", "A`1+B`1+Model`1")]
    [InlineData("{0} partial class Model<System, SoftmaxGen>;", "Model`2")]
    [InlineData("partial class Model { } {0} sealed partial class Model; partial class Model { public int Extra => 1; }", "Model")]
    [InlineData("{0} partial class @class;", "class")]
    [InlineData("{0} partial class @record;", "record")]
    [InlineData("{0} partial class @required<@int, @where>;", "required`2")]
    [InlineData("namespace @namespace.@event; partial struct @struct<@in> { {0} partial class @void; }", "namespace.event.struct`1+void")]
    [InlineData("{0} partial class Größe;", "Größe")]
    [InlineData("partial class @outer<@t> { {0} partial class @model; }", "outer`1+model")]
    [InlineData("using M = SoftmaxGen.SoftmaxModelAttribute; [type: M(Features = 2, Classes = 3)] partial class Model;", "Model")]
    public void A_model_compiles_wherever_it_is_declared(string declaration, string metadataName)
    {
        Compilation compilation = GeneratorHarness.CompileWithModels(_strictWithoutDocumentation, Sources.WithDeclaration(declaration));

        GeneratorHarness.AssertClean(compilation);
        INamedTypeSymbol model = compilation.GetTypeByMetadataName(metadataName)!;
        Assert.Contains(model.AllInterfaces, static type => type.Name == "ISoftmaxModel");
    }

    [LongTheory(every: 3)]
    [InlineData("namespace Demo.System { {0} partial class Model; }")]
    [InlineData("namespace Demo.System; {0} partial class Model;")]
    [InlineData("namespace Demo.SoftmaxGen { {0} partial class Model; } namespace Demo.SoftmaxGen.System.Runtime { class Intrinsics; }")]
    [InlineData("namespace Demo { class System; class SoftmaxGen; class Global; {0} partial class Model; }")]
    [InlineData("namespace Demo { class Double; class Int32; class Math; class Span; class Unsafe; class Vector; class Vector128; class Vector256; class Vector512; {0} partial class Model; }")]
    [InlineData("namespace Demo { partial class Outer { class System; class Vector512; {0} partial class Model; } }")]
    [InlineData("namespace Demo { class Base { protected class System; protected class Kernel; } {0} partial class Model : Base; }")]
    public void Names_of_the_user_do_not_disturb_generated_code(string declaration) =>
        GeneratorHarness.AssertClean(GeneratorHarness.CompileWithModels(_strictWithoutDocumentation, Sources.WithDeclaration(declaration)));

    [LongTheory(every: 3)]
    [InlineData("public string Name => \"iris\";")]
    [InlineData("public int Predict(string text) => text.Length;")]
    [InlineData("public static Model FromFile(string path) => FromWeights(new double[ParameterCount]);")]
    [InlineData("static Model() { }")]
    [InlineData("private readonly int _other = 1; public int Other => _other;")]
    [InlineData("public override string ToString() => \"model\";")]
    public void A_model_may_have_members_of_the_user(string member) =>
        GeneratorHarness.AssertClean(
            GeneratorHarness.CompileWithModels(_strictWithoutDocumentation, Sources.WithDeclaration($"{{0}} partial class Model {{ {member} }}")));

    [LongTheory(every: 3)]
    [InlineData("Classes = 2, Features = 1", NullableContextOptions.Enable, LanguageVersion.CSharp11)]
    [InlineData("Classes = 3, Features = 4", NullableContextOptions.Enable, LanguageVersion.CSharp13)]
    [InlineData("Classes = 3, Features = 4", NullableContextOptions.Disable, LanguageVersion.CSharp11)]
    [InlineData("Classes = 3, Features = 4, FirstLabel = -2147483648", NullableContextOptions.Enable, LanguageVersion.CSharp12)]
    [InlineData("Classes = 10, Features = 64", NullableContextOptions.Enable, LanguageVersion.Preview)]
    [InlineData("Classes = 2, Features = 30, Precision = SoftmaxGen.SoftmaxPrecision.Single", NullableContextOptions.Annotations, LanguageVersion.CSharp11)]
    [InlineData("Classes = 26, Features = 16, Precision = SoftmaxGen.SoftmaxPrecision.Single", NullableContextOptions.Warnings, LanguageVersion.CSharp11)]
    public void A_model_compiles_under_the_strictest_settings(string arguments, NullableContextOptions nullable, LanguageVersion version)
    {
        string source = $"/// <summary>A model.</summary>\n[SoftmaxGen.SoftmaxModel({arguments})]\npublic sealed partial class Model {{ }}";
        Settings settings = Settings.Strict with { Nullable = nullable, LanguageVersion = version };

        GeneratorHarness.AssertClean(GeneratorHarness.CompileWithModels(settings, source));
    }
}
