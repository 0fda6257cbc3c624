namespace SoftmaxGen;

/// <summary>
/// Marks a partial class as a softmax regression whose classes are the members of an enum and whose features are the members of a type: rows go in as
/// they are. All numbers and names come from the two types and need not be given.
/// </summary>
/// <typeparam name="TLabel">The enum, as for <see cref="SoftmaxModelAttribute{TLabel}"/>.</typeparam>
/// <typeparam name="TRow">
/// A class, struct, record or record struct. Its features are the instance fields and readable properties that the model can access, which must be
/// numbers or <see cref="bool"/> (1 for true, 0 for false), in the order of declaration, those of a base class first. <see cref="FeatureAttribute"/>
/// changes the order or leaves a member out; <see cref="LabelAttribute"/> marks the member that holds a row's own label.
/// </typeparam>
/// <remarks>More: <see href="https://github.com/softmaxgen/softmaxgen/blob/main/docs/rows.md">what the members of a row can be</see>.</remarks>
/// <example>
/// <code>
/// [SoftmaxModel&lt;Species, Flower&gt;]
/// public sealed partial class IrisModel;
/// </code>
/// </example>
public sealed class SoftmaxModelAttribute<TLabel, TRow> : ModelSettingsAttribute
    where TLabel : struct, Enum;
