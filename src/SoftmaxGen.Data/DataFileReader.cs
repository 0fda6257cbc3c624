using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data;

/// <summary>
/// Reads the rows of a file one after the other, for whatever a program does with them: predict, count, convert. Opened by <see cref="DataFile.OpenReader"/>.
/// Not thread-safe.
/// </summary>
/// <example>
/// <code>
/// using DataFileReader reader = DataFile.Parquet("flowers.parquet").OpenReader();
/// while (reader.Read())
/// {
///     Console.WriteLine(model.Predict([reader.Row.Double("petal_length"), reader.Row.Double("petal_width")]));
/// }
/// </code>
/// </example>
public sealed class DataFileReader : IDisposable
{
    private readonly RowSource _source;

    internal DataFileReader(RowSource source, IReadOnlyList<string> missing)
    {
        _source = source;
        Row = new FileRow(source);
        source.Select([.. Enumerable.Range(0, source.ColumnNames.Count)], missing);
    }

    /// <summary>Gets the names of the columns, also of a file without rows.</summary>
    public IReadOnlyList<string> Columns => _source.ColumnNames;

    /// <summary>Gets the current row: always the same object, whose fields are those of the row that was read last.</summary>
    public FileRow Row { get; }

    /// <summary>Gets how far the file is read.</summary>
    public DataFileProgress Progress => new(_source.Rows, _source.BytesRead, _source.TotalBytes);

    /// <summary>Goes to the next row, at first to the first.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="DataFileException">The file is damaged.</exception>
    public bool Read() => _source.NextRow();

    /// <summary>Closes the file.</summary>
    public void Dispose() => _source.Dispose();
}
