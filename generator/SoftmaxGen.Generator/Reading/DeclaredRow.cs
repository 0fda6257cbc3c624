using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>The type that a model's attribute names as its rows, as declared, whether it can be that or not.</summary>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Reference">Its name, as generated code refers to it from anywhere.</param>
/// <param name="Flaw">Why it cannot be rows, whatever its members are; empty if it can.</param>
/// <param name="CanBeNull">Whether it is a class.</param>
/// <param name="Reach">Whether the model's members can speak of it.</param>
/// <param name="Members">
/// Its instance fields and properties: those that the model can read, and those that bear one of the attributes. A base type's come first; those of one
/// type are in the order of their declaration, file by file.
/// </param>
/// <param name="Crosses">The crosses of members that it asks for.</param>
internal sealed record DeclaredRow(
    string Name,
    string Reference,
    string Flaw,
    bool CanBeNull,
    TypeReach Reach,
    EquatableArray<DeclaredRowMember> Members,
    EquatableArray<DeclaredCross> Crosses)
{
    /// <summary>Gets a value indicating whether it has members that can be told apart into features and others.</summary>
    public bool IsSupported => Flaw.Length == 0;

    /// <summary>Gets the features in the order of a row: those with an order first, by their order, the others as they are declared.</summary>
    public EquatableArray<DeclaredRowMember> Features { get; } = InOrder(Members);

    /// <summary>Gets the features and crosses, encoded.</summary>
    public EquatableArray<FeatureSpec> Encoded { get; } = RowEncoder.Encode(InOrder(Members), Crosses);

    /// <summary>Gets the member that holds the label, or null when there is none.</summary>
    public DeclaredRowMember? Label => Members.FirstOrDefault(static member => member.IsLabel);

    private static EquatableArray<DeclaredRowMember> InOrder(EquatableArray<DeclaredRowMember> members) => members
        .Where(static member => member.IsFeature)
        .OrderBy(static member => member.Order is null)
        .ThenBy(static member => member.Order)
        .ToEquatableArray();
}
