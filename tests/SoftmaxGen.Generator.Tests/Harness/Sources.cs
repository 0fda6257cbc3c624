namespace SoftmaxGen.Generator.Tests.Harness;

/// <summary>Source texts that many tests start from.</summary>
internal static class Sources
{
    /// <summary>A small model.</summary>
    public const string Iris = """
        namespace Demo;

        [SoftmaxGen.SoftmaxModel(Classes = 3, Features = 4)]
        public sealed partial class Iris;
        """;

    /// <summary>A model with any arguments, which need not make sense.</summary>
    public static string WithArguments(string arguments) => $"[SoftmaxGen.SoftmaxModel({arguments})] public partial class Model;";

    /// <summary>A model with any declaration: <c>{0}</c> in it stands for the attribute.</summary>
    public static string WithDeclaration(string declaration) =>
        declaration.Replace("{0}", "[global::SoftmaxGen.SoftmaxModel(Classes = 3, Features = 2)]", StringComparison.Ordinal);
}
