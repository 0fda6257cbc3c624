using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Tests.Reading;

/// <summary>The generator reads the enums of the attribute as numbers; its own have the same members.</summary>
public class AttributeEnumTests
{
    [Theory]
    [InlineData(typeof(SoftmaxPrecision), typeof(Precision))]
    [InlineData(typeof(SoftmaxGen.MissingValues), typeof(Generator.Specs.MissingValues))]
    public void The_generator_has_the_members_of_the_attribute(Type attribute, Type generator) => Assert.Equal(Members(attribute), Members(generator));

    private static IEnumerable<(string Name, int Value)> Members(Type type) =>
        Enum.GetNames(type).Select(name => (name, (int)Enum.Parse(type, name)));
}
