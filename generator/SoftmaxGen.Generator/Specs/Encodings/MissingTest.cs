namespace SoftmaxGen.Generator.Specs.Encodings;

/// <summary>How a missing value is told.</summary>
/// <param name="IsNullableValue">Whether it is a <see cref="Nullable{T}"/> that has no value.</param>
/// <param name="IsReference">Whether it is a reference that is null.</param>
/// <param name="IsNaN">Whether it is NaN.</param>
internal sealed record MissingTest(bool IsNullableValue, bool IsReference, bool IsNaN);
