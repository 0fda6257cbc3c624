using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>The enum that a model's attribute names as its classes, as declared, whether it can be that or not.</summary>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Reference">Its name, as generated code refers to it from anywhere.</param>
/// <param name="Underlying">The keyword of its underlying type.</param>
/// <param name="Reach">Whether the model's members can speak of it.</param>
/// <param name="IsFlags">Whether it bears <c>[Flags]</c>.</param>
/// <param name="Members">
/// Its members that are classes, in the order of their values; of equal ones, in the order of their declaration.
/// </param>
internal sealed record DeclaredEnum(
    string Name,
    string Reference,
    string Underlying,
    TypeReach Reach,
    bool IsFlags,
    EquatableArray<DeclaredEnumMember> Members)
{
    /// <summary>Gets the number of different values.</summary>
    public int Classes => Members.Select(static member => member.Value).Distinct().Count();

    /// <summary>Gets the names of the classes.</summary>
    public EquatableArray<string> ClassNames => Members.Select(static member => member.ClassName).ToEquatableArray();

    /// <summary>Gets the values, ascending, where labels can be so, and none where they cannot: a rule has told that already.</summary>
    public EquatableArray<int> Labels => Members.All(static member => member.FitsInt)
        ? Members.Select(static member => (int)member.Value).ToEquatableArray()
        : default;

    /// <summary>Gets the least value, and 0 where there is none that can be a label.</summary>
    public int FirstLabel => Labels.Count > 0 ? Labels[0] : 0;
}
