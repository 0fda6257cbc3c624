using Microsoft.CodeAnalysis;

namespace SoftmaxGen.Generator.Reading;

/// <summary>Finds the name that attributes give a class or a feature: SoftmaxGen's own first, then those of the framework.</summary>
internal static class GivenName
{
    private const string ClassNameAttributeName = "SoftmaxGen.ClassNameAttribute";
    private const string FeatureAttributeName = "SoftmaxGen.FeatureAttribute";
    private const string DisplayAttributeName = "System.ComponentModel.DataAnnotations.DisplayAttribute";
    private const string DescriptionAttributeName = "System.ComponentModel.DescriptionAttribute";

    /// <summary>Finds a name.</summary>
    /// <returns>The name, blank or not, or null when no attribute gives one.</returns>
    public static string? Find(IEnumerable<AttributeData> attributes)
    {
        (string? own, string? display, string? description) = (null, null, null);
        foreach (AttributeData attribute in attributes)
        {
            switch (attribute.AttributeClass?.ToDisplayString())
            {
                case ClassNameAttributeName:
                    own ??= FirstArgument(attribute);
                    break;
                case FeatureAttributeName:
                    own ??= Argument(attribute, "Name");
                    break;

                // With a type of resources the name is the key of a text, which depends on the user's language.
                case DisplayAttributeName when attribute.NamedArguments.All(static argument => argument.Key != "ResourceType"):
                    display ??= Argument(attribute, "Name");
                    break;
                case DescriptionAttributeName:
                    description ??= FirstArgument(attribute);
                    break;
            }
        }

        return own ?? display ?? description;
    }

    private static string? Argument(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value as string;

    // A name that is null is as good as an empty one: a rule refuses both.
    private static string? FirstArgument(AttributeData attribute) =>
        attribute.ConstructorArguments is { Length: 1 } arguments && arguments[0].Kind != TypedConstantKind.Error
            ? arguments[0].Value as string ?? ""
            : null;
}
