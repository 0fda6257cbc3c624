using System.Globalization;

namespace SoftmaxGen.Tool.Tables;

/// <summary>The rows of a file, one after the other, as text in named columns.</summary>
internal abstract class Table : IDisposable
{
    /// <summary>Gets what to call the file in messages.</summary>
    public string File { get; protected init; } = "";

    /// <summary>Gets what separates the cells; a comma where nothing does.</summary>
    public char Separator { get; protected init; } = ',';

    /// <summary>Gets the names of the columns: each is different, and none is blank.</summary>
    public IReadOnlyList<string> Header { get; protected init; } = [];

    /// <summary>Gets what there is to say of columns that cannot be read; they are blank in every row. Complete after the first row.</summary>
    public virtual IReadOnlyList<string> Notes => [];

    /// <summary>Gets where the current row stands, such as <c>line 3</c>.</summary>
    public string Position => string.Create(CultureInfo.InvariantCulture, $"{PlaceOf(0).Counted} {PlaceOf(0).Line}");

    /// <summary>Gets the share of the file that was read, from 0 to 1; NaN where nobody knows.</summary>
    public abstract double Share { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The path; <c>-</c> for what is piped in.</param>
    /// <param name="format">How to read it.</param>
    /// <returns>The table, before its first row.</returns>
    /// <exception cref="ToolException">The file is missing, empty, damaged, no text, or has no header.</exception>
    public static Table Open(string path, TableFormat format)
    {
        try
        {
            return DataFileTable.FileOf(path) is { } file ? new DataFileTable(file) : new SeparatedTable(path, format);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(failure is FileNotFoundException or DirectoryNotFoundException
                ? $"{path}: there is no such file."
                : $"{path}: {failure.Message}");
        }
    }

    /// <summary>Goes to the next row; those without any cell are passed over.</summary>
    /// <exception cref="ToolException">The row cannot be read.</exception>
    public abstract bool MoveNext();

    /// <summary>Gets a cell of the current row, without the spaces around it.</summary>
    /// <returns>The text, valid until the next row.</returns>
    public abstract ReadOnlySpan<char> Cell(int column);

    /// <summary>Tells where a cell of the current row stands.</summary>
    public abstract Place PlaceOf(int column);

    /// <summary>Finds a column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="what">What the column is for, for the message: an option, or the model.</param>
    /// <exception cref="ToolException">There is no such column.</exception>
    public int IndexOf(string name, string what)
    {
        int index = Header.Select((column, i) => (column, i)).Where(pair => pair.column == name).Select(static pair => pair.i).FirstOrDefault(-1);
        if (index >= 0)
        {
            return index;
        }

        string[] alike = [.. Header.Where(column => column.Equals(name, StringComparison.OrdinalIgnoreCase))];
        string advice = alike.Length > 0 ? $"did you mean '{alike[0]}'?" : $"the columns are {Listing.Of(Header)}.";
        throw new ToolException($"{Beginning}{what}: there is no column '{name}'; {advice}");
    }

    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gets how messages about the names of columns begin.</summary>
    protected virtual string Beginning => $"{File}: ";

    /// <summary>Closes the file.</summary>
    protected abstract void Dispose(bool isDisposing);
}
