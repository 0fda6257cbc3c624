using Microsoft.CodeAnalysis.CodeFixes;
using SoftmaxGen.CodeFixes;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.CodeFixes;

/// <summary>The fix that writes <c>partial</c>.</summary>
public class MakePartialCodeFixTests
{
    private const string Attribute = "[SoftmaxGen.SoftmaxModel(Classes = 3, Features = 4)]";

    [Theory]
    [InlineData("SMG0001", "{0} class Model;", "{0} partial class Model;")]
    [InlineData("SMG0001", "{0}\npublic sealed class Model { }", "{0}\npublic sealed partial class Model { }")]
    [InlineData("SMG0001", "{0}\n// A comment.\nclass Model { }", "{0}\n// A comment.\npartial class Model { }")]
    [InlineData("SMG0001", "/// <summary>A model.</summary>\n{0} internal class Model<T> where T : class;", "/// <summary>A model.</summary>\n{0} internal partial class Model<T> where T : class;")]
    [InlineData("SMG0001", "class Model; {0} partial class Model;", "partial class Model; {0} partial class Model;")]
    [InlineData("SMG0001", "class A { struct B { {0} class Model; } }", "partial class A { partial struct B { {0} partial class Model; } }")]
    [InlineData("SMG0002", "class A { {0} partial class Model; }", "partial class A { {0} partial class Model; }")]
    [InlineData("SMG0002", "// First.\nclass A\n{\n    record B { {0} partial class Model; }\n}", "// First.\npartial class A\n{\n    partial record B { {0} partial class Model; }\n}")]
    [InlineData("SMG0002", "public interface A { readonly struct B { {0} class Model; } }", "public partial interface A { readonly partial struct B { {0} partial class Model; } }")]
    [InlineData("SMG0002", "record struct A(int X) { {0} partial class Model; }", "partial record struct A(int X) { {0} partial class Model; }")]
    public async Task It_writes_partial_wherever_it_lacks(string id, string before, string after)
    {
        using CodeFixHarness harness = new(new MakePartialCodeFix(), Write(before));

        await harness.FixFirstAsync(id);

        Assert.Equal([Write(after)], await harness.TextsAsync());
        Assert.Empty(await harness.DiagnosticsAsync());
    }

    [Fact]
    public async Task It_reaches_parts_in_other_files()
    {
        using CodeFixHarness harness = new(new MakePartialCodeFix(), Write("class A { {0} class Model; }"), "class A { class Model; }", "class A;");

        await harness.FixFirstAsync("SMG0001");

        Assert.Equal(
            [Write("partial class A { {0} partial class Model; }"), "partial class A { partial class Model; }", "partial class A;"],
            await harness.TextsAsync());
    }

    [Theory]
    [InlineData(FixAllScope.Document, false)]
    [InlineData(FixAllScope.Project, true)]
    [InlineData(FixAllScope.Solution, true)]
    public async Task It_fixes_all_in_a_scope(FixAllScope scope, bool reachesOtherFiles)
    {
        const string other = "class C { {0} class Model; }";
        using CodeFixHarness harness = new(
            new MakePartialCodeFix(), Write("class A { {0} class Model; {0} class Other; class B { {0} class Model; } }"), Write(other));

        await harness.FixAllAsync("SMG0001", scope);

        Assert.Equal(
            [
                Write("partial class A { {0} partial class Model; {0} partial class Other; partial class B { {0} partial class Model; } }"),
                Write(reachesOtherFiles ? "partial class C { {0} partial class Model; }" : other),
            ],
            await harness.TextsAsync());
    }

    private static string Write(string source) => source.Replace("{0}", Attribute, StringComparison.Ordinal);
}
