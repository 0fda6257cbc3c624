using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Reading;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Reading;

/// <summary>
/// Whether a model's members may speak of a type, for every accessibility of the two and of the types around them, against the compiler: the same member
/// written by hand draws CS0050 and CS0051 or does not.
/// </summary>
public class AccessibilityTests
{
    private static readonly string[] _outer = ["public", "internal"];
    private static readonly string[] _nested = ["public", "internal", "protected", "protected internal", "private protected", "private"];

    // {0} to {2}: the accessibilities of the class around, of the type, of the model; {3}: what the model has inside.
    private static readonly string[] _places =
    [
        "{0} class A { {1} enum E { } {2} class Model { {3} } }",
        "{0} class A { {1} enum E { } {4} class B { {2} class Model { {3} } } }",
        "{0} class A { {4} class B { {1} enum E { } } {2} class Model { {5} } }",
        "{0} class A { {1} enum E { } } {4} class B : A { {2} class Model { {3} } }",
        "{0} class A { {1} enum E { } {4} class B : A { {2} class Model { {3} } } }",
        "{0} class A<T> { {1} enum E { } } {4} class B : A<int> { {2} class Model { {3} } }",
        "{0} interface A { {1} enum E { } {2} class Model { {3} } }",
        "{0} struct A { {1} enum E { } {2} class Model { {3} } }",
    ];

    [Fact]
    public void The_reach_of_a_type_is_what_the_compiler_takes_it_for()
    {
        StringBuilder source = new();
        int count = 0;
        foreach (string place in _places)
        {
            bool isTopLevel = place.Contains("} {4}", StringComparison.Ordinal) && !place.Contains("{2} class Model { {3} } } }", StringComparison.Ordinal);
            string[] between = !place.Contains("{4}", StringComparison.Ordinal) ? [""] : isTopLevel ? _outer : _nested;
            foreach (string outer in _outer)
            {
                foreach (string type in _nested)
                {
                    foreach (string model in _nested)
                    {
                        foreach (string middle in between)
                        {
                            string text = place
                                .Replace("{0}", outer, StringComparison.Ordinal)
                                .Replace("{1}", type, StringComparison.Ordinal)
                                .Replace("{2}", model, StringComparison.Ordinal)
                                .Replace("{3}", "public static E M(E e) => e;", StringComparison.Ordinal)
                                .Replace("{4}", middle, StringComparison.Ordinal)
                                .Replace("{5}", "public static B.E M(B.E e) => e;", StringComparison.Ordinal);
                            source.Append("namespace N").Append(count++).Append(" { ").Append(text).Append(" }\n");
                        }
                    }
                }
            }
        }

        CSharpCompilation compilation = GeneratorHarness.Compile(source.ToString());
        SyntaxTree tree = compilation.SyntaxTrees.Single();

        // What cannot be declared at all, or be seen by the model, is no case.
        ILookup<int, string> errors = compilation.GetDiagnostics()
            .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .ToLookup(static diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition.Line, static diagnostic => diagnostic.Id);
        Dictionary<string, INamedTypeSymbol> models = compilation.GetSymbolsWithName("Model", SymbolFilter.Type)
            .OfType<INamedTypeSymbol>()
            .ToDictionary(static type => type.ContainingNamespace.Name);
        List<string> wrong = [];
        int judged = 0;
        for (int i = 0; i < count; i++)
        {
            if (errors[i].Any(static id => id is not ("CS0050" or "CS0051" or "CS0052" or "CS0060")))
            {
                continue;
            }

            INamedTypeSymbol model = models[$"N{i}"];
            var spoken = (INamedTypeSymbol)model.GetMembers("M").OfType<IMethodSymbol>().Single().ReturnType;
            bool isRefused = errors[i].Any(static id => id is "CS0050" or "CS0051");
            judged++;
            if (TypeReachReader.Read(spoken, model, compilation) != (isRefused ? TypeReach.LessAccessible : TypeReach.Full))
            {
                wrong.Add($"{(isRefused ? "refused" : "taken")} by the compiler: {tree.GetText().Lines[i]}");
            }
        }

        Assert.True(judged > 1000, $"{judged} cases of {count}");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {judged}:\n{string.Join('\n', wrong.Take(20))}");
    }
}
