namespace SoftmaxGen.Generator.Specs;

/// <summary>A member of a row type that is a feature.</summary>
/// <param name="Member">The member.</param>
/// <param name="IsBoolean">Whether it is a <see cref="bool"/>, and no number to convert.</param>
internal sealed record FeatureSpec(MemberSpec Member, bool IsBoolean);
