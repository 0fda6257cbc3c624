using System.Text.Json.Serialization;

namespace SoftmaxGen.Compiler;

/// <summary>A text that is one of some levels, a column each: <see cref="CategoriesAttribute"/>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Levels">The levels: at least one, none blank, all different.</param>
public sealed record CategoryFeature(string Name, IReadOnlyList<string> Levels) : FeatureDefinition(Name)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsText => true;
}
