using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Pipeline;

/// <summary>
/// The traps that a generator may fall into and that no other class of tests is about. Edits and caching: <see cref="IncrementalityTests"/> and
/// <see cref="OtherFileTests"/>. What steps hand on: <see cref="StepOutputTests"/>. Names of the attribute: <see cref="AttributeNameTests"/>; of files,
/// parts: <see cref="HintNameTests"/>. Places, names, settings: <see cref="DeclarationTests"/>. Cultures and bytes: <see cref="DeterminismTests"/>.
/// Cancellation, absurd numbers, half-typed code: <see cref="RobustnessTests"/>. What the package carries and ahead-of-time compilation have test projects of
/// their own.
/// </summary>
public class TrapTests
{
    // A call that names in full all it passes has some 120 tokens; an expression with a hundred multiplications would have a thousand.
    private const int LargestStatement = 250;

    [Fact]
    public void The_attribute_is_in_the_runtime_assembly_and_never_injected()
    {
        Compilation compilation = GeneratorHarness.CompileWithModels(
            Settings.Default, "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"User\")]", Sources.Iris);

        INamedTypeSymbol attribute = compilation.GetTypesByMetadataName("SoftmaxGen.SoftmaxModelAttribute").Single();
        Assert.Equal("SoftmaxGen", attribute.ContainingAssembly.Name);
        Assert.All(
            compilation.SyntaxTrees.Where(static tree => tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)),
            static tree => Assert.DoesNotContain(
                tree.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>(),
                static space =>
                    space.Name.ToString().StartsWith("SoftmaxGen", StringComparison.Ordinal) && space.Name.ToString() != "SoftmaxGen.Generated.Demo_Iris"));
    }

    [Fact]
    public void Two_assemblies_with_models_that_see_each_others_internals_do_not_quarrel()
    {
        const string model = "[SoftmaxGen.SoftmaxModel(Classes = 3, Features = 4)] internal sealed partial class Iris;";
        Settings settings = Settings.Strict with { DocumentationMode = DocumentationMode.Parse };
        Compilation library = GeneratorHarness.CompileWithModels(
            settings, $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"User\")] namespace A {{ {model} }}");
        CSharpCompilation user = GeneratorHarness
            .Compile(settings, $"namespace B {{ {model} class Both {{ public A.Iris? Theirs {{ get; set; }} public Iris? Own {{ get; set; }} }} }}")
            .AddReferences(library.WithAssemblyName("Library").ToMetadataReference());

        GeneratorHarness.CreateDriver().RunGeneratorsAndUpdateCompilation(user, out Compilation complete, out _);

        GeneratorHarness.AssertClean(complete);
    }

    [Theory]
    [InlineData("Classes = 2, Features = 1")]
    [InlineData("Classes = 10, Features = 64")]
    [InlineData("Classes = 26, Features = 16, Precision = SoftmaxGen.SoftmaxPrecision.Single")]
    [InlineData("Classes = 100, Features = 784")]
    [InlineData("Classes = 4096, Features = 100")]
    public void Each_step_is_a_statement_and_no_expression_is_giant(string arguments) => Assert.All(
        GeneratorHarness.Generate(Sources.WithArguments(arguments)),
        static file =>
        {
            IEnumerable<StatementSyntax> steps = file.SyntaxTree.GetRoot().DescendantNodes().OfType<StatementSyntax>()
                .Where(static statement => statement is ExpressionStatementSyntax or LocalDeclarationStatementSyntax or ReturnStatementSyntax);
            Assert.All(steps, static step => Assert.InRange(step.DescendantTokens().Count(), 1, LargestStatement));
        });
}
