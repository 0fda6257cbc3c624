using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace SoftmaxGen.Data.Rows;

/// <summary>A member of a row type that is set from a column: a parameter of the constructor, a property or a field.</summary>
/// <param name="Name">The name of the member.</param>
/// <param name="Type">Its type.</param>
/// <param name="Attributes">Where its attributes are: on the parameter and on the property of the same name.</param>
internal sealed record RowMember(string Name, Type Type, IReadOnlyList<ICustomAttributeProvider> Attributes)
{
    /// <summary>What trimming must keep of a row type.</summary>
    public const DynamicallyAccessedMemberTypes Needed =
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields;

    /// <summary>Gets the name of the feature: what an attribute calls the member, or else its own name.</summary>
    public string FeatureName => Attributes.Select(Titles.Of).FirstOrDefault(static title => title is not null) ?? Name;

    /// <summary>Gets a value indicating whether it holds the label.</summary>
    public bool IsLabel => One<LabelAttribute>() is not null;

    /// <summary>Gets a value indicating whether it is no feature.</summary>
    public bool IsIgnored => One<FeatureAttribute>()?.Ignore == true;

    /// <summary>Gets a value indicating whether NaN stands for a missing value.</summary>
    public bool MayBeNaN => One<FeatureAttribute>()?.Missing == MissingValue.NaN;

    /// <summary>Gets the number of columns of a vector; 0 where it is none.</summary>
    public int Columns => One<ColumnsAttribute>()?.Count ?? 0;

    private TAttribute? One<TAttribute>()
        where TAttribute : Attribute => Attributes.Select(Titles.One<TAttribute>).FirstOrDefault(static attribute => attribute is not null);
}
