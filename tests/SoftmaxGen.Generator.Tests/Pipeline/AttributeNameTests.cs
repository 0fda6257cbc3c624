using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Pipeline;

/// <summary>The names that the attribute may go by. The generator looks for them in the syntax; what they mean the compiler says.</summary>
public class AttributeNameTests
{
    private const string Numbers = "(Classes = 3, Features = 4)";

    [Theory]
    [InlineData("[SoftmaxGen.SoftmaxModel{0}] partial class Model;")]
    [InlineData("[SoftmaxGen.SoftmaxModelAttribute{0}] partial class Model;")]
    [InlineData("[global::SoftmaxGen.SoftmaxModel{0}] partial class Model;")]
    [InlineData("[type: SoftmaxGen.@SoftmaxModelAttribute{0}] partial class Model;")]
    [InlineData("[SoftmaxGen.Softmax\\u004dodel{0}] partial class Model;")]
    [InlineData("using SoftmaxGen; [System.Serializable, SoftmaxModel{0}] partial class Model;")]
    [InlineData("using S = SoftmaxGen; [S.SoftmaxModel{0}] partial class Model;")]
    [InlineData("using S = SoftmaxGen; [S::SoftmaxModel{0}] partial class Model;")]
    [InlineData("using M = SoftmaxGen.SoftmaxModelAttribute; [M{0}] partial class Model;")]
    [InlineData("using MAttribute = SoftmaxGen.SoftmaxModelAttribute; [M{0}] partial class Model;")]
    [InlineData("namespace N { using M = SoftmaxGen.SoftmaxModelAttribute; partial class Outer { [M{0}] partial class Model; } }")]
    [InlineData("using M = SoftmaxGen.SoftmaxModelAttribute; namespace N { using A = M; [A{0}] partial class Model; }")]
    [InlineData("partial record struct A { partial interface B { [System.Obsolete] [SoftmaxGen.SoftmaxModel{0}] partial class Model; } }")]
    public void A_name_in_the_model_s_own_file(string source) => AssertFound(source.Replace("{0}", Numbers, StringComparison.Ordinal));

    [Theory]
    [InlineData("global using SoftmaxGen;", "[SoftmaxModel{0}] partial class Model;")]
    [InlineData("global using M = SoftmaxGen.SoftmaxModelAttribute;", "[M{0}] partial class Model;")]
    [InlineData("global using MAttribute = SoftmaxGen.SoftmaxModelAttribute;", "[M{0}] partial class Model;")]
    [InlineData("global using S = SoftmaxGen;", "[S::SoftmaxModel{0}] partial class Model;")]
    [InlineData("global using M = SoftmaxGen.SoftmaxModelAttribute;", "namespace N { using A = M; [A{0}] partial class Model; }")]
    [InlineData("global using M = SoftmaxGen.SoftmaxModelAttribute<E>; enum E { A, B, C }", "[M(Features = 4)] partial class Model;")]
    [InlineData("global using M = SoftmaxGen.SoftmaxModelAttribute<E, R>; enum E { A, B } record struct R(double X);", "[M] partial class Model;")]
    public void A_name_from_another_file(string other, string source)
    {
        string model = source.Replace("{0}", Numbers, StringComparison.Ordinal);

        AssertFound(other, model);
        AssertFound(model, other);
    }

    [Theory]
    [InlineData("using M = System.ObsoleteAttribute; [M] partial class Model;")]
    [InlineData("using SoftmaxModel = System.ObsoleteAttribute; [SoftmaxModel] partial class Model;")]
    [InlineData("[SoftmaxModel(Classes = 3)] partial class Model; class SoftmaxModelAttribute : System.Attribute { public int Classes; }")]
    [InlineData("[assembly: SoftmaxGen.SoftmaxModel(Classes = 3, Features = 4)] partial class Model;")]
    [InlineData("partial class Model { [SoftmaxGen.SoftmaxModel(Classes = 3, Features = 4)] int _field; }")]
    public void What_only_looks_like_the_attribute_is_none(string source) => Assert.Empty(GeneratorHarness.Generate(source));

    [Theory]
    [InlineData("", "global using M = SoftmaxGen.SoftmaxModelAttribute;")]
    [InlineData("global using M = System.ObsoleteAttribute;", "global using M = SoftmaxGen.SoftmaxModelAttribute;")]
    [InlineData("global using Other = SoftmaxGen.SoftmaxModelAttribute;", "global using M = SoftmaxGen.SoftmaxModelAttribute;")]
    public void An_alias_in_another_file_comes_and_goes(string without, string with)
    {
        SyntaxTree model = CSharpSyntaxTree.ParseText($"[M{Numbers}] partial class Model;", Settings.Default.ParseOptions, "Model.cs");
        CSharpCompilation compilation = GeneratorHarness.Compile(without).AddSyntaxTrees(model);
        GeneratorDriver driver = GeneratorHarness.CreateDriver().RunGenerators(compilation);
        Assert.Empty(driver.GetRunResult().GeneratedTrees);

        driver = driver.RunGenerators(GeneratorHarness.Compile(with).AddSyntaxTrees(model));
        Assert.NotEmpty(driver.GetRunResult().GeneratedTrees);

        driver = driver.RunGenerators(compilation);
        Assert.Empty(driver.GetRunResult().GeneratedTrees);
    }

    private static void AssertFound(params string[] sources) =>
        Assert.Contains(GeneratorHarness.Generate(sources), static file => file.HintName.EndsWith("Model.g.cs", StringComparison.Ordinal));
}
