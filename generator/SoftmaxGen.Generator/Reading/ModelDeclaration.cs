using Microsoft.CodeAnalysis.CSharp;
using SoftmaxGen.Generator.Specs;

namespace SoftmaxGen.Generator.Reading;

/// <summary>A type that bears the attribute, as found in the source: the facts that <see cref="ShapeRules"/> judges.</summary>
/// <param name="Type">The type and the types around it.</param>
/// <param name="Target">What kind of type it is.</param>
/// <param name="IsPartial">Whether every part of it is declared <c>partial</c>.</param>
/// <param name="NonPartialEnclosingTypes">The names of the enclosing types that are not <c>partial</c>, the outermost first.</param>
/// <param name="Members">The members and type parameters that the user declared, constructors not among them.</param>
/// <param name="HasInstanceConstructor">Whether the user declared an instance constructor, a primary constructor included.</param>
/// <param name="LanguageVersion">The version of C# that the type is compiled with.</param>
/// <param name="Shape">The numbers of the attribute.</param>
internal sealed record ModelDeclaration(
    TypeSpec Type,
    TargetKind Target,
    bool IsPartial,
    EquatableArray<string> NonPartialEnclosingTypes,
    EquatableArray<DeclaredMember> Members,
    bool HasInstanceConstructor,
    LanguageVersion LanguageVersion,
    DeclaredShape Shape);
