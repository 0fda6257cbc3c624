using System.Globalization;
using System.Numerics;
using System.Text;
using nietras.SeparatedValues;
using SoftmaxGen.Data.Columns;
using SoftmaxGen.Data.Rows;

namespace SoftmaxGen.Data.Csv;

/// <summary>
/// The rows of a text file. Sep finds the fields; what it leaves to its callers is seen to here: that rows have the fields that they should, that quotes are
/// where they belong, that nothing is skipped.
/// </summary>
internal sealed class CsvSource : RowSource
{
    private readonly TextReader _reading;
    private readonly Stream? _stream;
    private readonly CsvFormat _format;
    private readonly SepReader _reader;
    private CsvColumn?[] _columns = [];
    private FieldText _text = new(CultureInfo.InvariantCulture, []);

    // The first row, where there are no names before it: it was read to count the columns.
    private bool _isAhead;

    // What Sep says of the first row is where it ends.
    private bool _isFirst = true;

    private int _line = 1;

    /// <summary>Initializes a new instance of the <see cref="CsvSource"/> class.</summary>
    /// <param name="name">What messages call the file.</param>
    /// <param name="text">The text, which is left open unless there is a stream.</param>
    /// <param name="stream">The file that the text comes from, closed with the source; null where the text is the caller's.</param>
    /// <param name="format">How the text is written.</param>
    public CsvSource(string name, TextReader text, Stream? stream, CsvFormat format)
        : base(name)
    {
        _reading = text;
        _stream = stream;
        _format = format;
        _reader = Guard(() => Sep.Reader(options => options with
        {
            Sep = format.Delimiter is { } delimiter ? new Sep(delimiter) : null,
            CultureInfo = CultureInfo.InvariantCulture,
            HasHeader = false,
            DisableColCountCheck = true,
            DisableQuotesParsing = !format.HasQuotes,
        }).From(text));
        ReadNames();
    }

    public override long BytesRead => _stream?.Position ?? 0;

    public override long TotalBytes => _stream?.Length ?? 0;

    public override int Row => 0;

    public override bool HasCulture => true;

    /// <summary>Opens a file.</summary>
    public static CsvSource Open(string path, CsvFormat format)
    {
        (TextReader text, FileStream stream) = CsvText.Open(path, format.Encoding);
        try
        {
            return new CsvSource(path, text, stream, format);
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    public override void Select(IReadOnlyCollection<int> columns, IReadOnlyList<string> missing)
    {
        _text = new FieldText(_format.Culture, missing);
        _columns = new CsvColumn?[ColumnNames.Count];
        foreach (int column in columns)
        {
            _columns[column] = new CsvColumn(ColumnNames[column], column, this, _text);
        }
    }

    public override Column Column(int index) => _columns[index]!;

    public override DataFilePlace PlaceOf(int row) => new(Name, Rows, _line);

    public override bool NextRow()
    {
        if (!Advance(out int? blankLine))
        {
            return false;
        }

        Rows++;
        if (blankLine is { } blank)
        {
            throw new DataFileException(new DataFilePlace(Name, Rows, blank), "the line is blank, and rows follow it; delete the line.");
        }

        SepReader.Row row = _reader.Current;
        if (row.ColCount != ColumnNames.Count)
        {
            throw new DataFileException(
                PlaceOf(0),
                $"the row has {row.ColCount} fields, and there are {ColumnNames.Count} columns; "
                + $"a field with {DataFileException.Quote([_reader.Spec.Sep.Separator])} in it must stand in quotes.");
        }

        if (_format.HasQuotes && row.Span.Contains('"'))
        {
            CheckQuotes(row);
        }

        return true;
    }

    public override int Fill<T>(NumberBatch<T> batch)
    {
        int filled = 0;
        int[] columns = [.. batch.Columns.Features];
        while (filled < batch.Capacity && NextRow())
        {
            Span<T> features = batch.Features(filled);
            bool isOrdinary = true;
            for (int feature = 0; feature < features.Length; feature++)
            {
                features[feature] = Number<T>(columns[feature]);
                isOrdinary &= T.IsFinite(features[feature]);
            }

            if (!isOrdinary)
            {
                batch.Check(this, Row, filled);
            }

            batch.ReadLabel(this, Row, filled);
            filled++;
        }

        return filled;
    }

    /// <summary>Gets a field of the current row.</summary>
    /// <returns>The field without the blanks around it, and without its quotes.</returns>
    internal ReadOnlySpan<char> Field(int index)
    {
        ReadOnlySpan<char> field = _reader.Current[index].Span;
        if (!field.IsEmpty && (field[0] <= '"' || field[^1] <= ' '))
        {
            field = field.Trim();
            return _format.HasQuotes && field is ['"', ..] ? Unquote(field) : field;
        }

        return field;
    }

    protected override void Dispose(bool isDisposing)
    {
        // The reader closes the text, which is not ours where there is no file.
        if (_stream is not null)
        {
            _reader.Dispose();
            _reading.Dispose();
            _stream.Dispose();
        }
    }

    // What rows of numbers cost is decided here: no column is asked, and each field is looked up once.
    private T Number<T>(int column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        _text.TryReadNumber(Field(column), out T value) ? value : throw Refusal.NoNumber(this, _columns[column]!, Row);

    private static ReadOnlySpan<char> Unquote(ReadOnlySpan<char> field)
    {
        ReadOnlySpan<char> inner = field[1..^1];
        return inner.Contains('"') ? inner.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : inner;
    }

    private static bool IsQuotedWell(ReadOnlySpan<char> field)
    {
        if (field is not ['"', .., '"'] || field.Length < 2)
        {
            return !field.Contains('"');
        }

        ReadOnlySpan<char> inner = field[1..^1];
        for (int quote = inner.IndexOf('"'); quote >= 0; quote = inner.IndexOf('"'))
        {
            if (quote + 1 == inner.Length || inner[quote + 1] != '"')
            {
                return false;
            }

            inner = inner[(quote + 2)..];
        }

        return true;
    }

    private void ReadNames()
    {
        if (!Advance(out int? blankLine))
        {
            throw new DataFileException(new DataFilePlace(Name), "the file is empty.");
        }

        if (blankLine is { } blank)
        {
            throw new DataFileException(new DataFilePlace(Name, null, blank), "the line is blank; the first line must have the names of the columns.");
        }

        SepReader.Row row = _reader.Current;
        string[] names = new string[row.ColCount];
        for (int column = 0; column < names.Length; column++)
        {
            if (_format.HasQuotes && _format.HasHeader && !IsQuotedWell(row[column].Span.Trim()))
            {
                throw BadQuotes(new DataFilePlace(Name, null, _line), row[column].Span);
            }

            names[column] = _format.HasHeader ? Field(column).ToString() : (column + 1).ToString(CultureInfo.InvariantCulture);
        }

        _isAhead = !_format.HasHeader;
        SetColumns(names, new DataFilePlace(Name, null, _line));
    }

    // Blank lines at the end of a file are usual.
    private bool Advance(out int? blankLine)
    {
        blankLine = null;
        while (_isAhead || MoveNext())
        {
            _isAhead = false;
            SepReader.Row row = _reader.Current;
            _line = _isFirst ? 1 : row.LineNumberFrom;
            _isFirst = false;
            if (row.ColCount > 1 || !row.Span.IsWhiteSpace())
            {
                return true;
            }

            blankLine ??= _line;
        }

        return false;
    }

    private bool MoveNext()
    {
        try
        {
            return _reader.MoveNext();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw Unreadable(exception);
        }
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ArgumentException and not DecoderFallbackException))
        {
            throw Unreadable(exception);
        }
    }

    // The row before is the last one whose place is known.
    private DataFileException Unreadable(Exception exception)
    {
        string problem = exception is DecoderFallbackException
            ? "the bytes are not valid in the encoding, which is UTF-8 unless Encoding or a byte order mark says otherwise"
            : $"the text cannot be read further ({exception.Message})";
        return new DataFileException(new DataFilePlace(Name, Rows + 1, _line), $"in the row, or one soon after it, {problem}.", exception);
    }

    private void CheckQuotes(SepReader.Row row)
    {
        for (int column = 0; column < row.ColCount; column++)
        {
            ReadOnlySpan<char> field = row[column].Span;
            if (!IsQuotedWell(field.Trim()))
            {
                throw BadQuotes(PlaceOf(0) with { Column = ColumnNames[column] }, field);
            }
        }
    }

    private static DataFileException BadQuotes(DataFilePlace place, ReadOnlySpan<char> field)
    {
        string value = field.ToString();
        return new DataFileException(
            place with { Value = value },
            $"{DataFileException.Quote(value)} has a quote that opens or closes no field; within quotes it is doubled, "
            + "and HasQuotes = false takes quotes for characters like any other.");
    }
}
