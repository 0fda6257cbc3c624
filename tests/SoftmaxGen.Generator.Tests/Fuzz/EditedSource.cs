using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SoftmaxGen.Generator.Tests.Fuzz;

/// <summary>Code as it is while somebody types: a source some of whose tokens are deleted, doubled or swapped with another.</summary>
internal static class EditedSource
{
    private const int MostEdits = 4;

    /// <summary>Edits a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="dice">Chooses the edits.</param>
    /// <returns>The edited source.</returns>
    public static string Write(string source, Dice dice)
    {
        SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens()];
        string[] texts = [.. tokens.Select(static token => token.ToFullString())];
        for (int edit = dice.Below(MostEdits); edit >= 0; edit--)
        {
            int place = dice.Below(texts.Length);
            int other = dice.Below(texts.Length);
            switch (dice.Below(4))
            {
                case 0:
                    texts[place] = "";
                    break;
                case 1:
                    texts[place] += texts[place];
                    break;
                case 2:
                    (texts[place], texts[other]) = (texts[other], texts[place]);
                    break;
                default:
                    // An identifier in the place of another one: `double[] row = row;` is made so.
                    texts[place] = texts[other];
                    break;
            }
        }

        return texts.Aggregate(new StringBuilder(), static (text, token) => text.Append(token)).ToString();
    }
}
