using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using SoftmaxGen.Generator.Reading;
using SoftmaxGen.Generator.Specs;
using SoftmaxGen.Generator.Tests.Fuzz;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Pipeline;

/// <summary>
/// Whatever is edited in whichever file, models that are not read again are what they would be if they were. What is declared elsewhere can change them in many
/// ways: constants, bases, parts, aliases, types that come between, and names that differ in case alone.
/// </summary>
public class NameEditTests
{
    private static readonly string[] _files =
    [
        "global using Alias = Shop.Rows.Item;",
        "namespace Shop; [SoftmaxGen.SoftmaxModel<Kind, Alias>] public sealed partial class Typed;",
        "namespace Shop { public enum Kind { First = Limits.Zero, Second = Limits.One, [SoftmaxGen.ClassName(Words.Last)] Third = 2 } }",
        "namespace Shop.Rows { public class Item : Shop.Base { public double Length; public Size? Size { get; set; } [SoftmaxGen.Label] public Kind Kind; } }",
        "namespace Shop; public abstract class Base { [SoftmaxGen.Feature(Order = Limits.One)] public float Weight { get; set; } [SoftmaxGen.Feature(Ignore = true)] internal Words Note => null!; }",
        "namespace Shop { public static class Limits { public const int Zero = 0; public const int One = Far.Off.Number; } }",
        "namespace Far { public class Off { public const int Number = 1; public double Area() => 2; } }",
        "namespace Shop; public class Words { public const string Last = \"the third\"; } public enum Size { Small, Large }",
        "using SoftmaxGen; namespace Shop; partial class Outer { [SoftmaxModel(Classes = 3, Features = Limits.One + 1)] internal sealed partial class Plain { } }",
        "namespace Shop; partial class Outer { public int Count() => 3; }",
        "namespace Apart; public class Decoy { public int Value { get; set; } public class Inner; } public enum Other { A, B }",
        "using Model = SoftmaxGen.SoftmaxModelAttribute; namespace Apart; [Model(Classes = 2, Features = 2)] public sealed partial class Lonely;",
    ];

    // What names may become: those of other files, of what the reader looks for, words that a type may be called, and others that differ in case.
    private static readonly string[] _names =
    [
        "Alias", "Shop", "Typed", "typed", "Kind", "Item", "Base", "Limits", "Zero", "One", "Far", "Off", "Number", "Words", "Last", "Size", "Outer", "Plain",
        "plain", "Decoy", "Inner", "Other", "Model", "Lonely", "var", "nint", "SoftmaxModel", "SoftmaxModelAttribute", "FeatureAttribute", "Feature", "Label",
        "ClassName", "SoftmaxGen", "Rows", "System", "Program",
    ];

    private static readonly string[] _declarations =
    [
        "public class @ { public const int One = 0, Zero = 1; public const string Last = \"another\"; }", "public enum @ { Small, Medium, Large }",
        "public struct @;", "public class @ : System.Attribute;", "namespace @ { class Inner; }", "partial class @ { public double Added; }", "interface @;",
        "delegate void @();", "public class Around { public class @; }", "System.Console.WriteLine(typeof(@));", "global using @ = System.Int32;", "global using static Shop.@;",
        "[assembly: System.Reflection.AssemblyTitle(nameof(@))]", "file class @;", "public record @(double Width);",
    ];

    [Theory]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    [InlineData(0, 40)]
    public void Models_are_those_of_a_fresh_reading(int seed, int sessions) => AssertSame(seed, sessions);

    [Theory]
    [InlineData(1, 600)]
    [InlineData(2, 600)]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Models_are_those_of_a_fresh_reading_however_much_is_typed(int seed, int sessions) => AssertSame(seed, sessions);

    [Theory]
    [InlineData(10, "Value", "Worth", true, true, true)]
    [InlineData(6, "Area", "Region", false, false, true)]
    [InlineData(9, "Count", "Number", true, false, true)]
    [InlineData(10, "Decoy", "Size", false, true, true)]
    [InlineData(10, "Decoy", "PLAIN", true, false, true)]
    [InlineData(10, "Decoy", "SoftmaxModel", false, false, false)]
    [InlineData(0, "Item", "Base", false, false, false)]
    public void Only_models_that_may_depend_on_a_file_are_read_again(
        int file, string old, string replacement, bool keepsTyped, bool keepsPlain, bool keepsLonely)
    {
        var finder = new ModelFinder();
        CSharpCompilation before = GeneratorHarness.Compile(_files);
        ImmutableArray<EquatableArray<ModelSpec>> first = finder.Find(before, default);
        CSharpCompilation after = Replace(before, file, _files[file].Replace(old, replacement, StringComparison.Ordinal));

        ImmutableArray<EquatableArray<ModelSpec>> second = finder.Find(after, default);

        Assert.Equal(keepsTyped, IsKept(1));
        Assert.Equal(keepsPlain, IsKept(8));
        Assert.Equal(keepsLonely, IsKept(11));

        bool IsKept(int model) => ReferenceEquals(first[model].Single(), second[model].SingleOrDefault());
    }

    private static void AssertSame(int seed, int sessions)
    {
        int changes = 0;
        for (int session = 0; session < sessions; session++)
        {
            var dice = new Dice((seed * 100_000) + session);
            var finder = new ModelFinder();
            CSharpCompilation compilation = GeneratorHarness.Compile(_files);
            ImmutableArray<EquatableArray<ModelSpec>> last = finder.Find(compilation, default);
            Assert.Equal(3, last.Sum(static file => file.Count));
            for (int edit = 0; edit < 10; edit++)
            {
                int file = dice.Below(_files.Length);
                compilation = Replace(compilation, file, Edit(_files[file], compilation.SyntaxTrees[file].ToString(), dice));
                ImmutableArray<EquatableArray<ModelSpec>> models = finder.Find(compilation, default);
                Assert.True(
                    new ModelFinder().Find(compilation, default).SequenceEqual(models),
                    $"Session {session} of seed {seed}, edit {edit} of file {file}: {compilation.SyntaxTrees[file]}");
                changes += models.SequenceEqual(last) ? 0 : 1;
                last = models;
            }
        }

        Assert.True(changes > sessions, $"{changes} edits changed a model.");
    }

    private static string Edit(string original, string text, Dice dice)
    {
        switch (dice.Below(5))
        {
            case 0:
                return original;
            case 1:
                return EditedSource.Write(text, dice);
            case 2:
                string declaration = dice.Pick(_declarations).Replace("@", dice.Pick(_names), StringComparison.Ordinal);
                return declaration.StartsWith("global", StringComparison.Ordinal) ? $"{declaration} {original}" : $"{original} {declaration}";
            default:
                SyntaxToken[] names =
                    [.. CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken))];
                TextSpan place = names.Length == 0 ? default : dice.Pick(names).Span;
                return text.Remove(place.Start, place.Length).Insert(place.Start, dice.Pick(_names));
        }
    }

    private static CSharpCompilation Replace(CSharpCompilation compilation, int file, string text)
    {
        SyntaxTree tree = compilation.SyntaxTrees[file];
        return compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(text)));
    }
}
