namespace SoftmaxGen.Generator.Specs;

/// <summary>The type whose members are the features of a model.</summary>
/// <param name="Type">Its name, as generated code refers to it from anywhere: <c>global::Ns.Flower</c>.</param>
/// <param name="CanBeNull">Whether it is a class.</param>
/// <param name="Features">The members that are features in the order of their columns, and behind them the crosses.</param>
/// <param name="Label">The member that holds a row's label, or null when labels are given apart.</param>
internal sealed record RowSpec(string Type, bool CanBeNull, EquatableArray<FeatureSpec> Features, LabelMemberSpec? Label);
