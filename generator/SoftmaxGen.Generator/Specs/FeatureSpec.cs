namespace SoftmaxGen.Generator.Specs;

/// <summary>A member of a row type that is a feature.</summary>
/// <param name="Member">Its name in code: one that is a keyword carries its <c>@</c>.</param>
/// <param name="IsBoolean">Whether it is a <see cref="bool"/>, and no number to convert.</param>
internal sealed record FeatureSpec(string Member, bool IsBoolean);
