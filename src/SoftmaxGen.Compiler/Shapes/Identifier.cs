using System.Text;

namespace SoftmaxGen.Compiler.Shapes;

/// <summary>Makes C# identifiers of names that may be anything.</summary>
internal static class Identifier
{
    // Longer names are no help to a reader.
    private const int MostCharacters = 60;

    /// <summary>Makes an identifier in Pascal case: <c>bill_length (mm)</c> is <c>BillLengthMm</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="prefix">What stands before a name that begins with a digit, or in place of one without letters and digits.</param>
    /// <returns>The identifier, which begins with a capital letter, or one of a script without any, and is no keyword.</returns>
    public static string From(string name, string prefix)
    {
        var text = new StringBuilder();
        bool begins = true;
        foreach (char c in name)
        {
            if (char.IsLetterOrDigit(c))
            {
                text.Append(begins ? char.ToUpperInvariant(c) : c);
            }

            // 3d is one word, and so is don't.
            begins = !char.IsLetterOrDigit(c) && c != '\'';
            if (text.Length == MostCharacters)
            {
                break;
            }
        }

        // A letter without a capital could begin a keyword only if it were ASCII, and those have capitals.
        return text.Length > 0 && char.IsLetter(text[0]) ? text.ToString() : prefix + text;
    }
}
