namespace SoftmaxGen.Persistence;

/// <summary>
/// Checksums and fingerprints as text: the first eight bytes of a SHA-256 in hexadecimal digits. This file is compiled into the library and the generator.
/// </summary>
internal static class DigestText
{
    /// <summary>The bytes that are kept. 64 bits guard against accidents, not against malice.</summary>
    public const int Bytes = 8;

    private const string Digits = "0123456789abcdef";

    /// <summary>Writes a hash.</summary>
    /// <returns>Sixteen digits in lower case.</returns>
    public static string Of(byte[] hash)
    {
        char[] text = new char[2 * Bytes];
        for (int i = 0; i < Bytes; i++)
        {
            text[2 * i] = Digits[hash[i] >> 4];
            text[(2 * i) + 1] = Digits[hash[i] & 15];
        }

        return new string(text);
    }
}
