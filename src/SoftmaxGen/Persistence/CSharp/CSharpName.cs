using System.Globalization;

namespace SoftmaxGen.Persistence;

/// <summary>The full name of a C# class, ready to be written.</summary>
/// <param name="Namespace">The namespace; empty for the global one.</param>
/// <param name="Type">The name of the class.</param>
internal readonly record struct CSharpName(string Namespace, string Type)
{
    private static readonly string[] _members =
        ["Bucket", "Classes", "Column", "Encode", "Features", "Hash", "Labels", "Predict", "PredictProbabilities", "Row", "Score", "Weights"];

    /// <summary>Reads a name.</summary>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public static CSharpName Parse(string name, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(name, parameterName);
        string[] parts = name.Split('.');
        if (Array.Find(parts, static part => !IsIdentifier(part)) is { } wrong)
        {
            throw new ArgumentException($"'{wrong}' in '{name}' is no identifier.", parameterName);
        }

        if (_members.Contains(parts[^1]))
        {
            throw new ArgumentException($"'{parts[^1]}' is a member of the class; choose another name for the class.", parameterName);
        }

        return new CSharpName(string.Join('.', parts[..^1].Select(Escape)), Escape(parts[^1]));
    }

    // As the C# specification has it, without escapes and formatting characters.
    private static bool IsIdentifier(string part) =>
        part.Length > 0 && IsStart(part[0]) && part.All(static c => IsStart(c) || char.GetUnicodeCategory(c) is
            UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.ConnectorPunctuation
            or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark);

    private static bool IsStart(char c) => c == '_' || char.IsLetter(c) || char.GetUnicodeCategory(c) == UnicodeCategory.LetterNumber;

    // Every keyword there is, or may ever be, is of lower-case ASCII letters; an identifier is the same with and without the sign.
    private static string Escape(string identifier) => identifier.All(char.IsAsciiLetterLower) ? "@" + identifier : identifier;
}
