namespace SoftmaxGen.Tool.Tables;

/// <summary>Reads the words that stand for yes and no.</summary>
internal static class FlagText
{
    /// <summary>Reads a flag.</summary>
    /// <param name="text">The text, without spaces around it.</param>
    /// <param name="flag">1 for yes and 0 for no.</param>
    /// <returns>Whether the text is a flag.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out double flag)
    {
        flag = Is(text, "true") || Is(text, "yes") || Is(text, "y") || Is(text, "t") || Is(text, "on") || Is(text, "1") ? 1 : 0;
        return flag == 1 || Is(text, "false") || Is(text, "no") || Is(text, "n") || Is(text, "f") || Is(text, "off") || Is(text, "0");
    }

    private static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
