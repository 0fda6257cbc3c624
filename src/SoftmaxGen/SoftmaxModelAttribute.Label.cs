namespace SoftmaxGen;

/// <summary>
/// Marks a partial class as a softmax regression whose classes are the members of an enum: labels go in and come out as its values. The number of
/// classes, their names and the first label are those of the enum and need not be given.
/// </summary>
/// <typeparam name="TLabel">
/// An enum of at least two members, whose values are distinct, all within an <see cref="int"/>. Classes are in the order of the values.
/// <see cref="NotAClassAttribute"/> leaves a member out.
/// </typeparam>
/// <example>
/// <code>
/// [SoftmaxModel&lt;Species&gt;(Features = 4)]
/// public sealed partial class IrisModel;
/// </code>
/// </example>
public sealed class SoftmaxModelAttribute<TLabel> : ModelSettingsAttribute
    where TLabel : struct, Enum;
