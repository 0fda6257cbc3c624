using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Pipeline;

/// <summary>Static members of the user's parts run before those of the generated part, or after them, as the compiler happens to be given the files.</summary>
public class StaticStateTests
{
    private const string User = """
        public enum Kind { A, B }
        public class Row { public double X; }
        {0}
        public partial class Model
        {
            private static readonly string _names = string.Join(',', Shape.ClassNames);
            public static Model Default { get; } = FromWeights(new double[ParameterCount]);
            private static readonly int _features = Default.Weights.Length - (Shape.Classes * (Shape.Features + 1));
            private static readonly Model _trained = Train(new double[] { 0, 1, 1, 0 }, {1}).Model;
            public static string Run() => $"{_names} {_features} {Default.Predict([1])} {_trained.Predict([1])}";
        }
        """;

    [Theory]
    [InlineData("[SoftmaxGen.SoftmaxModel(Classes = 2, Features = 1, ClassNames = new[] { \"A\", \"B\" })]", "new int[] { 0, 1, 1, 0 }", "A,B 0 0 1")]
    [InlineData("[SoftmaxGen.SoftmaxModel<Kind>(Features = 1)]", "new Kind[] { Kind.A, Kind.B, Kind.B, Kind.A }", "A,B 0 A B")]
    [InlineData("[SoftmaxGen.SoftmaxModel<Kind, Row>]", "new Kind[] { Kind.A, Kind.B, Kind.B, Kind.A }", "A,B 0 A B")]
    public void Initializers_of_the_user_find_the_model_complete(string attribute, string labels, string result)
    {
        Compilation compilation = GeneratorHarness.CompileWithModels(
            Settings.Default, User.Replace("{0}", attribute, StringComparison.Ordinal).Replace("{1}", labels, StringComparison.Ordinal));
        SyntaxTree[] trees = [.. compilation.SyntaxTrees];

        foreach (SyntaxTree[] order in (SyntaxTree[][])[trees, [.. trees.Reverse()]])
        {
            using LoadedAssembly assembly = new(compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(order));
            Assert.Equal(result, assembly.Method<Func<string>>("Model", "Run")());
        }
    }

    // A static field of the generated part would be set in its turn among those of the user.
    [Theory]
    [InlineData("[SoftmaxGen.SoftmaxModel(Classes = 30, Features = 3)]")]
    [InlineData("[SoftmaxGen.SoftmaxModel(Features = 3, Labels = new[] { 4, 2 }, Precision = SoftmaxGen.SoftmaxPrecision.Single)]")]
    [InlineData("[SoftmaxGen.SoftmaxModel(Classes = 3, Features = 2, Weights = \"model.json\")]")]
    [InlineData("[SoftmaxGen.SoftmaxModel<System.DayOfWeek, System.Numerics.Vector3>]")]
    public void A_generated_part_has_no_static_fields(string attribute) => Assert.DoesNotContain(
        GeneratorHarness.CompileWithModels(Settings.Default, $"{attribute} public partial class Model;").GetTypeByMetadataName("Model")!.GetMembers(),
        static member => member is IFieldSymbol { IsStatic: true, IsConst: false });
}
