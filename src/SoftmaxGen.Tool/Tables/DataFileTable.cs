using SoftmaxGen.Data;

namespace SoftmaxGen.Tool.Tables;

/// <summary>A file in the format of Parquet or Arrow, which <c>SoftmaxGen.Data</c> reads.</summary>
internal sealed class DataFileTable : Table
{
    private static readonly string[] _arrowEndings = [".arrow", ".arrows", ".feather", ".ipc"];

    private readonly DataFileReader _reader;
    private readonly List<string> _notes = [];
    private readonly bool[] _isUnreadable;

    /// <summary>Initializes a new instance of the <see cref="DataFileTable"/> class, before its first row.</summary>
    /// <exception cref="ToolException">The file is damaged.</exception>
    public DataFileTable(DataFile file)
    {
        File = file.Name;
        _reader = Try(() => file.OpenReader());
        Header = _reader.Columns;
        _isUnreadable = new bool[Header.Count];
    }

    public override IReadOnlyList<string> Notes => _notes;

    public override double Share => _reader.Progress.BytesRead / (double)_reader.Progress.TotalBytes;

    /// <summary>Tells by the first bytes of a file, or else by its ending, what reads it.</summary>
    /// <returns>The file; null where it is none of Parquet or Arrow.</returns>
    public static DataFile? FileOf(string path)
    {
        if (path == "-")
        {
            return null;
        }

        Span<byte> start = stackalloc byte[6];
        using (FileStream stream = System.IO.File.OpenRead(path))
        {
            start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        }

        return start.StartsWith("PAR1"u8) ? DataFile.Parquet(path)
            : start.StartsWith("ARROW1"u8) || _arrowEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) ? DataFile.Arrow(path)
            : null;
    }

    public override bool MoveNext()
    {
        if (!Try(_reader.Read))
        {
            return false;
        }

        if (_reader.Row.Number == 1)
        {
            FindUnreadable();
        }

        return true;
    }

    public override ReadOnlySpan<char> Cell(int column) =>
        _isUnreadable[column] ? default : Try(() => _reader.Row.Text(Header[column])).AsSpan().Trim();

    public override Place PlaceOf(int column) => new(File, _reader.Row.Number, column + 1, HasLines: false);

    protected override void Dispose(bool isDisposing) => _reader.Dispose();

    private static T Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DataFileException failure)
        {
            throw new ToolException(failure.Message);
        }
    }

    // Lists, dates and other types that nothing is made of: the model can do without them.
    private void FindUnreadable()
    {
        for (int column = 0; column < Header.Count; column++)
        {
            try
            {
                _reader.Row.Text(Header[column]);
            }
            catch (DataFileException failure)
            {
                _notes.Add(failure.Message);
                _isUnreadable[column] = true;
            }
        }
    }
}
