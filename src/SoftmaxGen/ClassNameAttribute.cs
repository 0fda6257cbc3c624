namespace SoftmaxGen;

/// <summary>
/// Gives the class of an enum's member a name that no identifier can spell: <c>[ClassName("high risk")]</c>. Files, messages and
/// <see cref="ModelShape.ClassNames"/> have it in place of the member's own name. Without the attribute they have the name of a
/// <c>System.ComponentModel.DataAnnotations.DisplayAttribute</c> that is no key of a resource, or else the text of a
/// <c>System.ComponentModel.DescriptionAttribute</c>, where the member bears one.
/// </summary>
/// <param name="name">The name; not blank, and no other class may have it.</param>
/// <example>
/// <code>
/// public enum Risk
/// {
///     [ClassName("low risk")]
///     Low,
///     [ClassName("high risk")]
///     High,
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ClassNameAttribute(string name) : Attribute
{
    /// <summary>Gets the name of the class.</summary>
    public string Name { get; } = name;
}
