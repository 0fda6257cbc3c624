using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoftmaxGen.Generator.Reading;

namespace SoftmaxGen.CodeFixes;

/// <summary>Puts the edges of <c>[Buckets]</c> and <c>[Knots]</c> in order, and takes out edges and levels of <c>[Categories]</c> that stand twice.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MendEncodingCodeFix))]
[Shared]
public sealed class MendEncodingCodeFix() : SolutionCodeFix("List each edge or level once, edges in ascending order")
{
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DiagnosticDescriptors.WrongEncoding.Id];

    private protected override async Task<Solution> FixAsync(Solution solution, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var mended = new Dictionary<AttributeSyntax, AttributeSyntax>();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            if (await RowMember.FindAsync(solution, diagnostic, cancellationToken).ConfigureAwait(false) is { } member)
            {
                foreach (AttributeData attribute in member.Symbols.SelectMany(static symbol => symbol.GetAttributes()))
                {
                    if (attribute.ApplicationSyntaxReference is { } reference
                        && await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is AttributeSyntax syntax
                        && Mend(attribute, syntax) is { } mending)
                    {
                        mended[syntax] = mending;
                    }
                }
            }
        }

        return await SolutionEdits.ReplaceAsync(solution, mended.Keys, (original, _) => mended[original], cancellationToken).ConfigureAwait(false);
    }

    private static AttributeSyntax? Mend(AttributeData attribute, AttributeSyntax syntax)
    {
        if (attribute.ConstructorArguments.Length != 1 || attribute.ConstructorArguments[0] is not { Kind: TypedConstantKind.Array, IsNull: false } list)
        {
            return null;
        }

        object?[] values = [.. list.Values.Select(static value => value.Value)];
        int[]? order = attribute.AttributeClass?.ToDisplayString() switch
        {
            "SoftmaxGen.BucketsAttribute" or "SoftmaxGen.KnotsAttribute" => Ascending(values),
            "SoftmaxGen.CategoriesAttribute" => Distinct(values, MemberAttributes.Argument(attribute, "IgnoreCase") is { Value: true }),
            _ => null,
        };
        return order is null || order.SequenceEqual(Enumerable.Range(0, values.Length)) ? null : Arrange(syntax, order, values.Length);
    }

    private static int[]? Ascending(object?[] values)
    {
        if (!values.All(static value => value is double number && !double.IsNaN(number) && !double.IsInfinity(number)))
        {
            return null;
        }

        return
        [
            .. values
                .Select(static (value, index) => (Number: (double)value!, index))
                .GroupBy(static one => one.Number)
                .OrderBy(static alike => alike.Key)
                .Select(static alike => alike.First().index),
        ];
    }

    private static int[]? Distinct(object?[] values, bool ignoresCase) => values.All(static value => value is string text && text.Trim().Length > 0)
        ?
        [
            .. values
                .Select(static (value, index) => (Text: (string)value!, index))
                .GroupBy(static one => one.Text, ignoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal)
                .Select(static alike => alike.First().index),
        ]
        : null;

    // The arguments keep their places, lines and commas; what stands there changes, and the last places go.
    private static AttributeSyntax? Arrange(AttributeSyntax attribute, int[] order, int count)
    {
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments = attribute.ArgumentList!.Arguments;
        AttributeArgumentSyntax[] listed = [.. arguments.Where(static argument => argument.NameEquals is null && argument.NameColon is null)];

        // An array is not taken apart. What is listed stands before what is named.
        if (listed.Length != count)
        {
            return null;
        }

        for (int i = count - 1; i >= 0; i--)
        {
            arguments = i >= order.Length
                ? arguments.RemoveAt(i)
                : arguments.Replace(arguments[i], arguments[i].WithExpression(listed[order[i]].Expression.WithTriviaFrom(arguments[i].Expression)));
        }

        return attribute.WithArgumentList(attribute.ArgumentList.WithArguments(arguments));
    }
}
