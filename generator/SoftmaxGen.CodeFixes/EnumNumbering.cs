using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoftmaxGen.CodeFixes;

/// <summary>Gives the members of an enum consecutive values, the least one first, and leaves their order and every comment as they are.</summary>
internal static class EnumNumbering
{
    /// <summary>Numbers the members of an enum.</summary>
    /// <param name="declaration">The enum.</param>
    /// <param name="values">The values of its members, in the order of their declaration.</param>
    /// <returns>The enum with consecutive values, in the order of those there were; of equal ones, in the order of their declaration.</returns>
    public static EnumDeclarationSyntax Number(EnumDeclarationSyntax declaration, decimal[] values)
    {
        decimal[] numbers = Rank(values);

        // Members in the order of their values are numbered by the compiler. In any other order, no reader should have to count.
        bool isAscending = numbers.Zip(numbers.Skip(1), static (number, next) => number < next).All(static rises => rises);
        bool IsImplicit(int index) => isAscending && (index > 0 || numbers[0] == 0);

        return declaration.WithMembers(SyntaxFactory.SeparatedList(
            declaration.Members.Select((member, index) =>
                IsImplicit(index) ? WithoutValue(member) : WithValue(member, numbers[index], values[index])),
            declaration.Members.GetSeparators()));
    }

    private static decimal[] Rank(decimal[] values)
    {
        int[] ascending = [.. Enumerable.Range(0, values.Length).OrderBy(index => values[index])];
        var numbers = new decimal[values.Length];
        for (int rank = 0; rank < ascending.Length; rank++)
        {
            numbers[ascending[rank]] = values[ascending[0]] + rank;
        }

        return numbers;
    }

    private static EnumMemberDeclarationSyntax WithoutValue(EnumMemberDeclarationSyntax member) => member.EqualsValue is { } clause
        ? member
            .WithEqualsValue(null)
            .WithIdentifier(member.Identifier.WithTrailingTrivia(
                Remarks(member.Identifier.TrailingTrivia.Concat(TriviaWithin(clause))).Concat(clause.GetTrailingTrivia())))
        : member;

    private static EnumMemberDeclarationSyntax WithValue(EnumMemberDeclarationSyntax member, decimal number, decimal before)
    {
        ExpressionSyntax value = SyntaxFactory.ParseExpression(number.ToString(CultureInfo.InvariantCulture));
        if (member.EqualsValue is not { } clause)
        {
            SyntaxToken equals = SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia().WithTrailingTrivia(SyntaxFactory.Space);
            return member
                .WithIdentifier(member.Identifier.WithTrailingTrivia(SyntaxFactory.Space))
                .WithEqualsValue(SyntaxFactory.EqualsValueClause(equals, value.WithTrailingTrivia(member.Identifier.TrailingTrivia)));
        }

        return number == before && !HasNames(clause.Value)
            ? member
            : member.WithEqualsValue(clause.WithValue(value
                .WithLeadingTrivia(clause.Value.GetLeadingTrivia())
                .WithTrailingTrivia(Remarks(TriviaWithin(clause.Value)).Concat(clause.Value.GetTrailingTrivia()))));
    }

    // A name may stand, by whatever detour, for another member, whose value changes.
    private static bool HasNames(ExpressionSyntax value) => value.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any();

    private static IEnumerable<SyntaxTrivia> TriviaWithin(SyntaxNode node) => node.DescendantTrivia().Where(trivia => node.Span.Contains(trivia.Span));

    // Comments stay, with the ends of lines that may end them; of the space around what goes, as much as parts them.
    private static IEnumerable<SyntaxTrivia> Remarks(IEnumerable<SyntaxTrivia> trivia)
    {
        SyntaxTrivia[] pieces = [.. trivia];
        return pieces.All(static piece => IsSpace(piece) || piece.IsKind(SyntaxKind.EndOfLineTrivia))
            ? []
            : pieces.Where((piece, index) => !IsSpace(piece) || (index + 1 < pieces.Length && !IsSpace(pieces[index + 1])));
    }

    private static bool IsSpace(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.WhitespaceTrivia);
}
