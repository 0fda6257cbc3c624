using System.Text;

namespace SoftmaxGen.Data.Csv;

/// <summary>The text of a file. Bytes that are not valid in its encoding are refused, and not replaced.</summary>
internal static class CsvText
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Opens the text of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">The encoding; null: what the byte order mark says, UTF-8 without one.</param>
    /// <returns>The text and the file, which the text closes.</returns>
    /// <exception cref="DataFileException">The file is a kind of its own.</exception>
    public static (TextReader Text, FileStream Stream) Open(string path, Encoding? encoding)
    {
        // The reader has a buffer of its own.
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        try
        {
            Span<byte> start = stackalloc byte[4];
            int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            stream.Position = 0;
            RequireText(start[..length], path);
            return (new StreamReader(stream, encoding ?? Detect(start[..length]), detectEncodingFromByteOrderMarks: false, BufferBytes), stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static Encoding Detect(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xFE, 0, 0, ..] => new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
        [0, 0, 0xFE, 0xFF, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true),
        [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
        _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
    };

    private static void RequireText(ReadOnlySpan<byte> start, string path)
    {
        string? advice = start switch
        {
            [0x1F, 0x8B, ..] => "is compressed by gzip; pass a StreamReader over a GZipStream",
            [(byte)'P', (byte)'K', 3, 4, ..] => "is a zip archive or an Excel workbook; unpack it, or save the sheet as CSV",
            [(byte)'P', (byte)'A', (byte)'R', (byte)'1', ..] => "is a Parquet file; name it by DataFile.Parquet",
            [(byte)'A', (byte)'R', (byte)'R', (byte)'O', ..] => "is an Arrow file; name it by DataFile.Arrow",
            _ => null,
        };
        if (advice is not null)
        {
            throw new DataFileException(new DataFilePlace(path), $"the file {advice}.");
        }
    }
}
