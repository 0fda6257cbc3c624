using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Pipeline;

/// <summary>
/// What the steps hand on: nothing of the compiler's, which would keep whole compilations in memory and compare as different after
/// every edit.
/// </summary>
public class StepOutputTests
{
    [Theory]
    [InlineData(TrackingNames.Files)]
    [InlineData(TrackingNames.Models)]
    [InlineData(TrackingNames.Plans)]
    public void No_step_hands_on_objects_of_the_compiler(string step)
    {
        const string source = """
            namespace Demo;

            public partial class Outer<T>
            {
                [SoftmaxGen.SoftmaxModel(Classes = 3, Features = 4)]
                public sealed partial class Inner<U>;
            }
            """;
        GeneratorRunResult result = GeneratorHarness.Run(GeneratorHarness.Compile(source));

        object[] outputs = [.. result.TrackedSteps[step].SelectMany(static run => run.Outputs).Select(static output => output.Value)];

        Assert.NotEmpty(outputs);
        Assert.DoesNotContain(ObjectGraph.Reachable(outputs), BelongsToCompiler);
    }

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void The_walk_finds_what_it_looks_for()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Sources.Iris);
        SyntaxTree tree = compilation.SyntaxTrees[0];
        object[] forbidden =
        [
            compilation,
            tree,
            tree.GetRoot(),
            tree.GetRoot().GetLocation(),
            compilation.GetSemanticModel(tree),
            compilation.GetTypeByMetadataName("Demo.Iris")!,
        ];

        Assert.All(forbidden, hidden => Assert.Contains(ObjectGraph.Reachable(Tuple.Create(1, new List<object> { hidden })), BelongsToCompiler));
    }

    private static bool BelongsToCompiler(object value) =>
        value is ISymbol or SyntaxNode or SyntaxTree or SyntaxReference or Compilation or SemanticModel or Location or AttributeData;
}
