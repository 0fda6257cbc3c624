using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Reading;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Pipeline;

/// <summary>What the generator does with code that is wrong, half-typed or at the limits, and with cancellation.</summary>
public class RobustnessTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Classes = 0, Features = 0")]
    [InlineData("Classes = -1, Features = 4")]
    [InlineData("Classes = 3, Features = -1")]
    [InlineData("Classes = int.MaxValue, Features = int.MaxValue")]
    [InlineData("Classes = int.MinValue, Features = int.MinValue, FirstLabel = int.MinValue")]
    [InlineData("Classes = 3, Features = int.MaxValue")]
    [InlineData("Classes = 3, Features = 4, FirstLabel = int.MaxValue")]
    [InlineData("Classes = 4096, Features = 65536")]
    [InlineData("Classes = 3, Features = 4, Precision = (SoftmaxGen.SoftmaxPrecision)7")]
    [InlineData("Classes = , Features = 4")]
    [InlineData("Classes = 3, Features = ")]
    [InlineData("Classes = 3, Features")]
    [InlineData("Classes")]
    [InlineData("3, 4")]
    [InlineData("Classes = Undefined, Features = 4")]
    [InlineData("Classes = \"three\", Features = 4")]
    [InlineData("Classes = 2.5, Features = null")]
    [InlineData("Classes = int.MaxValue + 1, Features = 4")]
    [InlineData("Classes = 1 / 0, Features = 4")]
    [InlineData("Classes = new[] { 3 }, Features = 4")]
    [InlineData("Classes = typeof(int), Features = 4")]
    [InlineData("Classes = 3, Features = 4, Precision = ")]
    public void An_absurd_model_gives_no_output_and_no_exception(string arguments)
    {
        GeneratorRunResult result = GeneratorHarness.Run(GeneratorHarness.Compile(Sources.WithArguments(arguments)));

        Assert.Null(result.Exception);
        Assert.Empty(result.Diagnostics);
        Assert.Empty(result.GeneratedSources);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("{0} partial class")]
    [InlineData("{0} partial class {")]
    [InlineData("{0} partial class Model<")]
    [InlineData("namespace { {0} partial class Model; }")]
    [InlineData("partial class { {0} partial class Model; }")]
    [InlineData("{0} partial class Model : ")]
    [InlineData("{0} partial class Model<T, T>;")]
    [InlineData("class Model; {0} partial class Model;")]
    [InlineData("{0} enum Model;")]
    [InlineData("{0} interface Model;")]
    [InlineData("{0} delegate void Model();")]
    public void A_half_typed_declaration_gives_no_exception(string declaration)
    {
        GeneratorRunResult result = GeneratorHarness.Run(GeneratorHarness.Compile(Sources.WithDeclaration(declaration)));

        Assert.Null(result.Exception);
        Assert.Empty(result.Diagnostics);
    }

    [Theory]
    [InlineData("Classes = 2, Features = 1")]
    [InlineData("Classes = 4096, Features = 1")]
    [InlineData("Classes = 2, Features = 65536")]
    [InlineData("Classes = 256, Features = 65535")]
    [InlineData("Classes = 4096, Features = 4095, Precision = SoftmaxGen.SoftmaxPrecision.Single")]
    [InlineData("Classes = 3, Features = 4, FirstLabel = int.MaxValue - 2")]
    [InlineData("Classes = 3, Features = 4, FirstLabel = int.MinValue")]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void A_model_at_the_limits_is_generated_and_compiles(string arguments)
    {
        Compilation compilation = GeneratorHarness.CompileWithModels(Settings.Default, Sources.WithArguments(arguments));

        Assert.Equal(6, compilation.SyntaxTrees.Count());
        GeneratorHarness.AssertClean(compilation);
    }

    [Fact]
    public void A_project_without_models_gets_nothing()
    {
        GeneratorRunResult result = GeneratorHarness.Run(GeneratorHarness.Compile("[System.Obsolete] class SoftmaxModel;"));

        Assert.Null(result.Exception);
        Assert.Empty(result.GeneratedSources);
    }

    [Fact]
    public void Cancellation_ends_the_run()
    {
        using CancellationTokenSource cancellation = new();
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new CancelingGenerator(cancellation).AsSourceGenerator(), new SoftmaxModelGenerator().AsSourceGenerator()],
            parseOptions: Settings.Default.ParseOptions);

        Assert.ThrowsAny<OperationCanceledException>(() => driver.RunGenerators(GeneratorHarness.Compile(Sources.Iris), cancellation.Token));
    }

    [Fact]
    public void Cancellation_ends_the_reading_of_a_declaration()
    {
        Compilation compilation = GeneratorHarness.Compile(Sources.Iris);
        INamedTypeSymbol type = compilation.GetTypeByMetadataName("Demo.Iris")!;
        AttributeData attribute = ModelAttribute.Find(type)!;
        Assert.NotNull(DeclarationReader.Read(type, attribute, compilation, new HintNames(), CancellationToken.None));

        Assert.ThrowsAny<OperationCanceledException>(
            () => DeclarationReader.Read(type, attribute, compilation, new HintNames(), new CancellationToken(canceled: true)));
    }

    /// <summary>Cancels the run that it is part of.</summary>
    private sealed class CancelingGenerator(CancellationTokenSource cancellation) : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
            context.CompilationProvider.Select((_, _) =>
            {
                cancellation.Cancel();
                return 0;
            }),
            static (_, _) => { });
    }
}
