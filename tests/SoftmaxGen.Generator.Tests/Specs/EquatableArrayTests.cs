using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Tests.Specs;

public class EquatableArrayTests
{
    [Fact]
    public void Arrays_with_equal_elements_are_equal()
    {
        EquatableArray<string> left = new[] { "a", "b" }.ToEquatableArray();
        EquatableArray<string> right = new[] { "a", string.Concat("", "b") }.ToEquatableArray();

        Assert.True(left == right);
        Assert.False(left != right);
        Assert.True(left.Equals((object)right));
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a", "b", "c")]
    [InlineData("b", "a")]
    [InlineData]
    public void Arrays_that_differ_in_an_element_or_in_length_differ(params string[] other)
    {
        EquatableArray<string> array = new[] { "a", "b" }.ToEquatableArray();

        Assert.False(array == other.ToEquatableArray());
        Assert.True(array != other.ToEquatableArray());
        Assert.False(array.Equals((object)other));
    }

    [Fact]
    public void A_default_array_is_empty()
    {
        EquatableArray<int> array = default;

        Assert.Empty(array);
        Assert.True(array == Array.Empty<int>().ToEquatableArray());
        Assert.Equal(array.GetHashCode(), Array.Empty<int>().ToEquatableArray().GetHashCode());
    }

    [Fact]
    public void Records_that_hold_equal_arrays_are_equal()
    {
        Assert.Equal(Spec("T"), Spec("T"));
        Assert.NotEqual(Spec("T"), Spec("U"));

        static TypeSpec Spec(string parameter) =>
            new("Ns", new[] { new EnclosingType("class", "Outer<T>") }.ToEquatableArray(), "Foo", new[] { parameter }.ToEquatableArray(), "Foo`1");
    }

    [Fact]
    public void Elements_are_read_by_index_and_in_order()
    {
        EquatableArray<int> array = new[] { 3, 1, 2 }.ToEquatableArray();

        Assert.Equal([3, 1, 2], array);
        Assert.Equal(3, array.Count);
        Assert.Equal(2, array[2]);
        Assert.Equal("[3, 1, 2]", array.ToString());
    }
}
