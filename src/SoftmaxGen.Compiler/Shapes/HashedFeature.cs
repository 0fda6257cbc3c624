using System.Text.Json.Serialization;

namespace SoftmaxGen.Compiler;

/// <summary>A text that is hashed into columns: <see cref="HashedAttribute"/>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Columns">The number of columns, at least 2.</param>
public sealed record HashedFeature(string Name, int Columns) : FeatureDefinition(Name)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsText => true;
}
