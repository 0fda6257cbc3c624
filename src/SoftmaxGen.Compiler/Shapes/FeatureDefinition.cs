using System.Text.Json.Serialization;

namespace SoftmaxGen.Compiler;

/// <summary>A feature of a <see cref="ShapeDefinition"/>: what its values are and how they become columns. Immutable.</summary>
/// <param name="Name">The name, which need not be an identifier: <c>sepal length (cm)</c>.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NumberFeature), "number")]
[JsonDerivedType(typeof(BucketFeature), "buckets")]
[JsonDerivedType(typeof(KnotFeature), "knots")]
[JsonDerivedType(typeof(FlagFeature), "flag")]
[JsonDerivedType(typeof(CategoryFeature), "categories")]
[JsonDerivedType(typeof(HashedFeature), "hashed")]
public abstract record FeatureDefinition(string Name)
{
    /// <summary>
    /// Gets a value indicating whether values may be blank: then the model learns what a blank counts. The default is false: a blank is refused.
    /// </summary>
    public bool IsOptional { get; init; }

    /// <summary>Gets a value indicating whether values are texts: <see cref="RowValues.Texts"/>. They are numbers otherwise.</summary>
    [JsonIgnore]
    public virtual bool IsText => false;
}
