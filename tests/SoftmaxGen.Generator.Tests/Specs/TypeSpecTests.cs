using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Tests.Specs;

public class TypeSpecTests
{
    [Fact]
    public void A_type_in_the_global_namespace_refers_to_itself() =>
        Assert.Equal("global::Foo", new TypeSpec("", default, "Foo", default, "Foo").SelfReference);

    [Fact]
    public void A_nested_generic_type_refers_to_itself()
    {
        TypeSpec type = new(
            "Demo.@class",
            new[] { new EnclosingType("class", "Outer<T>"), new EnclosingType("struct", "@in") }.ToEquatableArray(),
            "Foo",
            new[] { "U", "V" }.ToEquatableArray(),
            "Demo.class.Outer`1+in+Foo`2");

        Assert.Equal("Foo<U, V>", type.NameWithTypeParameters);
        Assert.Equal("global::Demo.@class.Outer<T>.@in.Foo<U, V>", type.SelfReference);
    }
}
