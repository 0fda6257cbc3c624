using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace SoftmaxGen.CodeFixes;

/// <summary>Begins the list of the levels of a string. It is wrong as long as it is empty, and SMG0052 says so: the author alone knows the levels.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ListLevelsCodeFix))]
[Shared]
public sealed class ListLevelsCodeFix() : MarkMemberCodeFix("List the levels of the string: [Categories()]")
{
    private protected override (string Name, string Argument) Mark => ("Categories", "()");

    private protected override bool Fits(ITypeSymbol type) => type.SpecialType == SpecialType.System_String;
}
