namespace SoftmaxGen.Generator.Reading;

/// <summary>One broken rule.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="Subject">What broke it, in words for the message; what the words say depends on the rule.</param>
/// <param name="Detail">How it broke the rule, where that has more than one answer.</param>
internal sealed record Violation(ViolationKind Kind, string Subject = "", string Detail = "");
