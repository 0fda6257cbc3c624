namespace SoftmaxGen;

/// <summary>
/// Leaves a member of an enum out of the classes of a model: one that stands for no answer, like <c>Unknown = -1</c>, or a second name of a class.
/// Training refuses a label that is no class, and no prediction is one.
/// </summary>
/// <example>
/// <code>
/// public enum Risk
/// {
///     [NotAClass]
///     Unknown = -1,
///     Low = 10,
///     High = 20,
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Field)]
public sealed class NotAClassAttribute : Attribute;
