namespace SoftmaxGen.Generator.Reading.Weights;

/// <summary>A field of a JSON object, of which the value comes next.</summary>
/// <param name="Name">The name.</param>
/// <param name="Position">The place of the name.</param>
internal readonly record struct JsonField(string Name, int Position);
