using System.Globalization;
using Microsoft.CodeAnalysis;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Analyzers;

/// <summary>A model's own members that nothing is assigned to: those that the compiler names in a class without a generated constructor.</summary>
public class NeverAssignedTests
{
    [LongTheory(every: 4)]
    [InlineData("public string Name { get; set; }")]
    [InlineData("private string _name; public object Tag { get; init; } internal int[] Numbers { get; private set; }")]
    [InlineData("public string? Name { get; set; } private int _count; public static string Title { get; set; } = \"\";")]
    [InlineData("public string Name { get; set; } = \"\"; private object _tag = null!; private readonly string _a = \"\", _b;")]
    [InlineData("public event System.Action Changed; public event System.Action? Ended;")]
    [InlineData("[System.Diagnostics.CodeAnalysis.MaybeNull] public string Name { get; set; } [System.Diagnostics.CodeAnalysis.AllowNull] private string _tag;")]
    [InlineData("private string _name = \"\"; public string Name { get => _name; set => _name = value; } public string Upper => Name.ToUpperInvariant();")]
    [InlineData("#nullable disable\npublic string Name { get; set; }\n#nullable restore\n")]
    [InlineData("public T Value { get; set; } public U Other; public V Number; public T? Maybe;")]
    public async Task They_are_named_where_they_are_declared(string members)
    {
        const string generics = "<T, U, V> where U : class where V : struct";
        string[] expected = [.. GeneratorHarness.Compile($"public class Twin{generics} {{ {members} }}").GetDiagnostics()
            .Where(static diagnostic => diagnostic.Id == "CS8618")
            .Select(static diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture).Split('\'')[1])
            .Order(StringComparer.Ordinal)];
        Compilation compilation = GeneratorHarness.CompileWithModels(
            Settings.Default, $"[SoftmaxGen.SoftmaxModel(Classes = 3, Features = 2)] public partial class Model{generics} {{ {members} }}");

        Diagnostic[] reported = [.. (await AnalyzerHarness.AnalyzeAsync(compilation)).Where(static diagnostic => diagnostic.Id == "SMG0049")];

        Assert.Equal(
            expected, reported.Select(static diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture).Split('\'')[1]).Order(StringComparer.Ordinal));
        Assert.All(reported, static diagnostic => Assert.Equal("File0.cs", diagnostic.Location.SourceTree!.FilePath));
        SyntaxTree constructor = compilation.SyntaxTrees.Single(static tree => tree.FilePath.EndsWith("Model`3.g.cs", StringComparison.Ordinal));
        Assert.Empty(compilation.GetSemanticModel(constructor).GetDiagnostics().Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
    }
}
