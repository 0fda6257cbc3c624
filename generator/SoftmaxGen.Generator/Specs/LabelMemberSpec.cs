namespace SoftmaxGen.Generator.Specs;

/// <summary>The member of a row type that holds the row's label.</summary>
/// <param name="Member">The member.</param>
/// <param name="IsInt">Whether it is an <see cref="int"/>, and not of the model's enum.</param>
internal sealed record LabelMemberSpec(MemberSpec Member, bool IsInt);
