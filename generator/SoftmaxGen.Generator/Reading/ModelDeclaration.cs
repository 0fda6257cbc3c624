using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>A type that bears the attribute, as found in the source: the facts that <see cref="ShapeRules"/> judges.</summary>
/// <param name="Type">The type and the types around it.</param>
/// <param name="Target">What kind of type it is.</param>
/// <param name="IsPartial">Whether every part of it is declared <c>partial</c>.</param>
/// <param name="NonPartialEnclosingTypes">The names of the enclosing types that are not <c>partial</c>, the outermost first.</param>
/// <param name="Members">The members and type parameters that the user declared and the members inherited, constructors not among them.</param>
/// <param name="HasInstanceConstructor">Whether the user declared an instance constructor, a primary constructor included.</param>
/// <param name="UnreachableBase">The name of the base class, when the model could not call a constructor of it without arguments; else empty.</param>
/// <param name="RequiredMembers">The names of the members, inherited ones among them, that are <c>required</c>.</param>
/// <param name="LanguageVersion">The version of C# that the type is compiled with.</param>
/// <param name="Shape">The numbers of the attribute.</param>
internal sealed record ModelDeclaration(
    TypeSpec Type,
    TargetKind Target,
    bool IsPartial,
    EquatableArray<string> NonPartialEnclosingTypes,
    EquatableArray<DeclaredMember> Members,
    bool HasInstanceConstructor,
    string UnreachableBase,
    EquatableArray<string> RequiredMembers,
    LanguageVersion LanguageVersion,
    DeclaredShape Shape)
{
    /// <summary>Gets a value indicating whether <c>global::SoftmaxGen</c> leads to the library.</summary>
    public bool LibraryIsNameable { get; init; } = true;

    /// <summary>Gets the words of generated code that mean a type of the user's where the model is declared.</summary>
    public EquatableArray<string> TakenWords { get; init; }

    /// <summary>Gets the ids of the errors that the use of its types draws because they are experimental.</summary>
    public EquatableArray<string> Experiments { get; init; }

    /// <summary>Gets a value indicating whether the type bears more than one form of the attribute.</summary>
    public bool HasSeveralAttributes { get; init; }

    /// <summary>Gets the enum whose members are the classes, or null when the attribute names none.</summary>
    public DeclaredEnum? Labels { get; init; }

    /// <summary>Gets the type whose members are the features, or null when the attribute names none.</summary>
    public DeclaredRow? Row { get; init; }

    /// <summary>Gets the numbers and names of the model: from its types where it has them, from the attribute otherwise.</summary>
    public DeclaredShape EffectiveShape => Shape with
    {
        Classes = Labels?.Classes ?? Shape.Classes ?? (Shape.Labels.Count > 0 ? Shape.Labels.Count : null),
        Labels = Labels?.Labels ?? Shape.Labels,
        ClassNames = Labels?.ClassNames ?? Shape.ClassNames,
        Features = Row is { } row ? (int)Math.Min(int.MaxValue, RowEncoder.Columns(row.Encoded)) : Shape.Features,
        FeatureNames = Row is { } named ? RowEncoder.ColumnNames(named.Encoded) : Shape.FeatureNames,
    };
}
