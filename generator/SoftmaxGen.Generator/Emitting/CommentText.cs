using System.Security;

namespace SoftmaxGen.Generator.Emitting;

/// <summary>Names of a user's in comments, whatever they hold.</summary>
internal static class CommentText
{
    /// <summary>Replaces what would end a comment's line, and what is no character of XML.</summary>
    /// <returns>A line.</returns>
    public static string OneLine(string text) => string.Concat(text.Select(static (unit) =>
        char.IsControl(unit) || unit is '\u2028' or '\u2029' or '\uFFFE' or '\uFFFF' ? ' ' : unit));

    /// <summary>Makes a text one of a documentation comment.</summary>
    /// <returns>A line of XML.</returns>
    public static string Xml(string text) => SecurityElement.Escape(OneLine(text));

    /// <summary>Lists names in a documentation comment.</summary>
    /// <returns>A line of XML.</returns>
    public static string List(IReadOnlyCollection<string> names, int most)
    {
        string listed = Xml(string.Join(", ", names.Take(most)));
        return names.Count > most ? $"{listed} and {names.Count - most} more" : listed;
    }
}
