using System.ComponentModel;
using System.Reflection;
using Microsoft.CodeAnalysis;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Generator.Tests.Harness;
using SoftmaxGen.Generator.Tests.Snapshots;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Generator.Tests.Releases;

/// <summary>What generated code uses of the runtime: a list that was read and accepted, so that a change of it shows.</summary>
public class RuntimeMemberTests
{
    private static readonly Lazy<string> _current = new(static () => string.Concat(RuntimeMembers
        .UsedBy([ReleaseModels.Compile(), .. ModelSnapshotTests.Models.Select(static model => model.Compile()), .. Declarations.Select(Compile)])
        .Select(static member => member + "\n")));

    // Small shapes have forms of their own for each number of features, and each precision its way to transpose, to store and to sum.
    private static IEnumerable<string> Declarations =>
    [
        .. from precision in new[] { "Single", "Double" }
           from shape in new[] { (3, 2), (3, 3), (3, 4), (5, 7), (33, 4) }
           select Sources.WithArguments($"Classes = {shape.Item1}, Features = {shape.Item2}, Precision = SoftmaxGen.SoftmaxPrecision.{precision}"),

        // Scores in memory that are not checked.
        Sources.WithArguments("Classes = 65, Features = 2, MissingValues = SoftmaxGen.MissingValues.Propagate"),

        // Labels that are counted, and rows that are values.
        """
        public enum Kind : short { A, B, C }
        public struct Row { public double X; public float Y; public bool Z; [SoftmaxGen.Label] public Kind Kind; }
        [SoftmaxGen.SoftmaxModel<Kind, Row>(MissingValues = SoftmaxGen.MissingValues.Propagate)] public partial class Model;
        """,
    ];

    /// <summary>Gets the list as it is now, of models that between them show every form of generated code.</summary>
    public static string Current => _current.Value;

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Generated_code_uses_the_accepted_members() => Snapshot.AssertMatches(Current, nameof(RuntimeMembers), ".txt");

    [Fact]
    public void What_only_generated_code_uses_is_hidden_in_the_editor()
    {
        string[] rooms = [typeof(Guard).Namespace!, typeof(MultiplyAdd).Namespace!];
        Type[] types = [.. typeof(SoftmaxModelAttribute).Assembly.GetExportedTypes().Where(type => rooms.Contains(type.Namespace))];

        Assert.True(types.Length > 20);
        Assert.All(types, static type => Assert.Equal(EditorBrowsableState.Never, type.GetCustomAttribute<EditorBrowsableAttribute>()?.State));
    }

    private static Compilation Compile(string declaration) => GeneratorHarness.CompileWithModels(Settings.Default, declaration);
}
