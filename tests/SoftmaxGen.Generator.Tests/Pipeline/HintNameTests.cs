using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Pipeline;

/// <summary>The names of the generated files: two models never meet in one.</summary>
public class HintNameTests
{
    [Fact]
    public void A_hint_name_is_the_metadata_name() => AssertHintNames(
        "namespace Demo.Sub { partial class Outer<T> { {0} partial class Inner<U, V>; } }",
        "Demo.Sub.Outer`1+Inner`2");

    [Fact]
    public void A_keyword_carries_no_at_sign() => AssertHintNames("namespace @namespace { {0} partial class @class; }", "namespace.class");

    [Fact]
    public void One_name_in_two_namespaces() => AssertHintNames(
        "namespace A { {0} partial class Foo; } namespace B { {0} partial class Foo; } {0} partial class Foo;",
        "A.Foo", "B.Foo", "Foo");

    [Fact]
    public void One_name_in_two_enclosing_types() => AssertHintNames(
        "partial class A { {0} partial class Foo; } partial struct B { {0} partial class Foo; } {0} partial class Foo;",
        "A+Foo", "B+Foo", "Foo");

    [Fact]
    public void An_enclosing_type_and_a_namespace() => AssertHintNames(
        "namespace N { partial class A { {0} partial class Foo; } } namespace N.a { {0} partial class Foo; }",
        "N.A+Foo", "N.a-1.Foo");

    [Fact]
    public void Generic_and_not() => AssertHintNames(
        "{0} partial class Foo; {0} partial class Foo<T>; {0} partial class Foo<T, U>; {0} partial class Foo_1;",
        "Foo", "Foo`1", "Foo`2", "Foo_1");

    [Fact]
    public void Names_that_differ_in_case_alone() => AssertHintNames(
        "{0} partial class Foo; {0} partial class FOO; {0} partial class foo; {0} partial class Foo<T>;",
        "FOO", "Foo-1", "foo-2", "Foo`1");

    [Fact]
    public void Namespaces_that_differ_in_case_alone() => AssertHintNames(
        "namespace Ns { {0} partial class Foo; } namespace NS { {0} partial class Foo; }",
        "NS.Foo", "Ns-1.Foo");

    [Fact]
    public void Enclosing_types_that_differ_in_case_alone() => AssertHintNames(
        "partial class Outer { {0} partial class Foo; } partial class OUTER { {0} partial class Foo; }",
        "OUTER+Foo", "Outer-1+Foo");

    [Fact]
    public void A_neighbour_that_is_no_model_may_take_the_plain_name() => AssertHintNames("class FOO; {0} partial class Foo;", "Foo-1");

    [Fact]
    public void Names_beyond_ascii() => AssertHintNames("namespace Δ { {0} partial class Größe; {0} partial class größe; }", "Δ.Größe", "Δ.größe-1");

    [Fact]
    public void The_second_file_of_a_model_and_a_model_called_Kernels() => AssertHintNames(
        "namespace A.Foo { {0} partial class Kernels; } namespace A { {0} partial class foo; }",
        "A.Foo.Kernels", "A.foo-1");

    [Fact]
    public void The_attribute_on_two_parts() => AssertHintNames("{0} partial class Foo; {0} partial class Foo;", "Foo");

    [Fact]
    public void The_attribute_twice_on_one_part() => AssertHintNames("{0} {0} partial class Foo;", "Foo");

    [Fact]
    public void The_attribute_on_parts_in_two_files()
    {
        string part = Sources.WithDeclaration("{0} partial class Foo;");
        Assert.Equal(FilesOf("Foo"), GeneratorHarness.Generate(part, part).Select(static file => file.HintName));
    }

    private static void AssertHintNames(string declaration, params string[] stems)
    {
        IEnumerable<string> names = GeneratorHarness.Generate(Sources.WithDeclaration(declaration)).Select(static file => file.HintName).ToArray();

        Assert.Equal(names.Count(), names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(
            stems.SelectMany(FilesOf).Order(StringComparer.Ordinal),
            names.Order(StringComparer.Ordinal));
    }

    private static string[] FilesOf(string stem) =>
        [$"{stem}.g.cs", $"{stem}.Kernels.g.cs", $"{stem}.Kernels512.g.cs", $"{stem}.Kernels256.g.cs", $"{stem}.Kernels128.g.cs"];
}
