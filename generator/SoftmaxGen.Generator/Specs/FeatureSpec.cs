using SoftmaxGen.Generator.Specs.Encodings;

namespace SoftmaxGen.Generator.Specs;

/// <summary>A member of a row type that is a feature, or a cross of two.</summary>
/// <param name="Name">Its name as a feature.</param>
/// <param name="Member">The member; null for a cross.</param>
/// <param name="Encoding">How it becomes columns.</param>
internal sealed record FeatureSpec(string Name, MemberSpec? Member, Encoding Encoding);
