using System.Text;

namespace SoftmaxGen.Tool.Tables;

/// <summary>Finds out how the bytes of a file are text.</summary>
internal static class TextEncoding
{
    /// <summary>Finds the encoding of a text.</summary>
    /// <param name="start">The first bytes of the file.</param>
    /// <param name="named">The name of the encoding, where the user gives it.</param>
    /// <returns>The encoding, which refuses bytes that are no text of it.</returns>
    /// <exception cref="ToolException">There is no encoding of that name.</exception>
    public static Encoding Find(ReadOnlySpan<byte> start, string? named)
    {
        if (named is not null)
        {
            return Named(named);
        }

        return start switch
        {
            [0xFF, 0xFE, ..] => Strict("utf-16"),
            [0xFE, 0xFF, ..] => Strict("utf-16BE"),
            [not 0, 0, not 0, 0, ..] => Strict("utf-16"),
            [0, not 0, 0, not 0, ..] => Strict("utf-16BE"),
            _ => Strict("utf-8"),
        };
    }

    private static Encoding Named(string name)
    {
        try
        {
            return Strict(name.ToUpperInvariant() is "LATIN1" or "LATIN-1" ? "iso-8859-1" : name);
        }
        catch (ArgumentException)
        {
            throw ToolException.Usage($"--encoding: there is no encoding '{name}'; utf-8, utf-16, latin1 and windows-1252 are some that there are.");
        }
    }

    private static Encoding Strict(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, DecoderFallback.ExceptionFallback);
    }
}
