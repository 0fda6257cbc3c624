using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace SoftmaxGen.CodeFixes;

/// <summary>Leaves a member that cannot be a feature out of them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IgnoreMemberCodeFix))]
[Shared]
public sealed class IgnoreMemberCodeFix() : MarkMemberCodeFix("Leave the member out: [Feature(Ignore = true)]")
{
    private protected override (string Name, string Argument) Mark => ("Feature", "(Ignore = true)");

    private protected override bool Fits(ITypeSymbol type) => true;
}
