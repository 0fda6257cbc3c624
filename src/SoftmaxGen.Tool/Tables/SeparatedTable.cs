using System.Globalization;
using System.Text;
using nietras.SeparatedValues;

namespace SoftmaxGen.Tool.Tables;

/// <summary>A file of separated values. Its first record has the names of the columns.</summary>
internal sealed class SeparatedTable : Table
{
    // As much as finds the encoding and the separator.
    private const int StartLength = 64 * 1024;

    private readonly Stream _stream;
    private readonly StreamReader _text;
    private readonly SepReader _reader;

    /// <summary>Initializes a new instance of the <see cref="SeparatedTable"/> class, before its first row.</summary>
    /// <param name="path">The path; <c>-</c> for what is piped in.</param>
    /// <param name="format">How to read it.</param>
    /// <exception cref="ToolException">The file is empty, no text, or has no header.</exception>
    public SeparatedTable(string path, TableFormat format)
    {
        File = path == "-" ? "standard input" : path;
        _stream = OpenStream(path);
        try
        {
            byte[] bytes = new byte[StartLength];
            int count = _stream.ReadAtLeast(bytes, StartLength, throwOnEndOfStream: false);
            Encoding encoding = TextEncoding.Find(bytes.AsSpan(0, count), format.Encoding);
            string start = Lenient(encoding).GetString(bytes, 0, count).TrimStart('\uFEFF');
            if (string.IsNullOrWhiteSpace(start))
            {
                throw Empty();
            }

            Separator = format.Separator ?? SeparatorSearch.Find(start);
            _text = new StreamReader(
                new JoinedStream(bytes.AsMemory(0, count), _stream), encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
            SepReaderOptions options = Sep.New(Separator).Reader(
                static options => options with { HasHeader = false, Unescape = true, DisableColCountCheck = true });
            _reader = Guarded(() => options.From(_text));
            Header = ReadHeader();
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    public override double Share => _stream.CanSeek ? _stream.Position / (double)_stream.Length : double.NaN;

    protected override string Beginning => $"{File}:1: ";

    public override bool MoveNext()
    {
        while (Guarded(_reader.MoveNext))
        {
            SepReader.Row row = _reader.Current;
            if (row.ColCount == 1 && row[0].Span.IsWhiteSpace() && Header.Count > 1)
            {
                continue;
            }

            // Quotation marks open and close: where their number is odd, the last one lets the row run on to the end of the file.
            if (row.Span.Count('"') % 2 == 1)
            {
                throw new ToolException($"{File}:{row.LineNumberFrom}: a quotation mark is opened and never closed.");
            }

            return row.ColCount == Header.Count ? true : throw Uneven(row);
        }

        return false;
    }

    public override ReadOnlySpan<char> Cell(int column) => _reader.Current[column].Span.Trim();

    public override Place PlaceOf(int column) => new(File, _reader.Current.LineNumberFrom, column + 1);

    protected override void Dispose(bool isDisposing)
    {
        _reader.Dispose();
        _text.Dispose();
        _stream.Dispose();
    }

    private static Stream OpenStream(string path) => path == "-"
        ? Console.OpenStandardInput()
        : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);

    private static Encoding Lenient(Encoding encoding)
    {
        var lenient = (Encoding)encoding.Clone();
        lenient.DecoderFallback = DecoderFallback.ReplacementFallback;
        return lenient;
    }

    private ToolException Uneven(SepReader.Row row) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{File}:{row.LineNumberFrom}: the row has {Listing.Count(row.ColCount, "cell")}, the header {Header.Count}. "
        + $"A cell with {Name(Separator)} in it must stand in quotation marks; --separator gives another separator than {Name(Separator)}."));

    private static string Name(char separator) => separator == '\t' ? "a tab" : $"'{separator}'";

    private string[] ReadHeader()
    {
        if (!Guarded(_reader.MoveNext))
        {
            throw Empty();
        }

        SepReader.Row row = _reader.Current;
        string[] names = new string[row.ColCount];
        HashSet<string> taken = [];
        for (int i = 0; i < names.Length; i++)
        {
            ReadOnlySpan<char> given = row[i].Span.Trim().Trim('\uFEFF');
            string name = given.IsEmpty ? string.Create(CultureInfo.InvariantCulture, $"column {i + 1}") : given.ToString();
            names[i] = name;
            for (int number = 2; !taken.Add(names[i]); number++)
            {
                names[i] = string.Create(CultureInfo.InvariantCulture, $"{name} ({number})");
            }
        }

        return names;
    }

    private ToolException Empty() => new($"{File}: the file is empty; a table has a header with the names of its columns, and rows.");

    // What goes wrong while bytes become text and text becomes cells, told by the file.
    private TResult Guarded<TResult>(Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException failure)
        {
            string bytes = Convert.ToHexString(failure.BytesUnknown ?? []);
            throw new ToolException(
                $"{File}: the bytes {bytes} are no text in this encoding; give the encoding, for instance --encoding latin1 or --encoding utf-16.");
        }
        catch (Exception failure) when (failure is InvalidDataException or NotSupportedException)
        {
            throw new ToolException($"{File}: a row is too long to be one: is a quotation mark left open? ({failure.Message})");
        }
    }
}
