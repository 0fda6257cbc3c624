namespace SoftmaxGen.Generator.Specs;

/// <summary>The member of a row type that holds the row's label.</summary>
/// <param name="Member">Its name in code: one that is a keyword carries its <c>@</c>.</param>
/// <param name="IsInt">Whether it is an <see cref="int"/>, and not of the model's enum.</param>
internal sealed record LabelMemberSpec(string Member, bool IsInt);
