using Apache.Arrow;
using SoftmaxGen.Data.Arrow;
using SoftmaxGen.Data.Columns;
using SoftmaxGen.Data.Csv;
using SoftmaxGen.Data.Parquet;

namespace SoftmaxGen.Data;

/// <summary>
/// A file with rows, to be added to a training set by <see cref="DataFileExtensions"/>, or to be gone through by <see cref="OpenReader"/>. It is opened then,
/// read once from its beginning to its end, and closed. Immutable.
/// </summary>
/// <example>
/// <code>
/// using var builder = new TrainingSetBuilder&lt;IrisModel, double&gt;();
/// builder.AddFile(DataFile.Csv("iris.csv"), new DataFileOptions { LabelColumn = "species" });
/// using TrainingSet&lt;IrisModel, double&gt; set = builder.Build();
/// </code>
/// </example>
public sealed class DataFile
{
    private readonly Func<RowSource> _open;

    private DataFile(string name, Func<RowSource> open)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        _open = open;
    }

    /// <summary>Gets what messages call the file: its path.</summary>
    public string Name { get; }

    /// <summary>Names a text file with fields and delimiters: CSV, TSV.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">How it is written; the defaults of <see cref="CsvFormat"/> when null.</param>
    /// <returns>The file, not yet opened.</returns>
    public static DataFile Csv(string path, CsvFormat? format = null) => new(path, () => CsvSource.Open(path, format ?? new CsvFormat()));

    /// <summary>Takes text with fields and delimiters from a reader: from a compressed file, a request, a string.</summary>
    /// <param name="reader">The text; read once, and disposed of by the caller.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="format">How it is written; the defaults of <see cref="CsvFormat"/> when null. Its encoding is of no use here.</param>
    /// <returns>The file, whose rows can be added once.</returns>
    public static DataFile Csv(TextReader reader, string name, CsvFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new(name, () => new CsvSource(name, reader, stream: null, format ?? new CsvFormat()));
    }

    /// <summary>Names a Parquet file. One of its row groups at a time is in memory, of the columns that are needed.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The file, not yet opened.</returns>
    public static DataFile Parquet(string path) => new(path, () => ParquetSource.Open(path));

    /// <summary>
    /// Names a file in Arrow's IPC format (Feather, version 2), file or stream, compressed or not. One of its record batches at a time is in memory.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <returns>The file, not yet opened.</returns>
    public static DataFile Arrow(string path) => new(path, () => ArrowSource.Open(path));

    /// <summary>Takes record batches of Arrow, which have one schema.</summary>
    /// <param name="batches">The batches; read once, and disposed of by the caller.</param>
    /// <param name="name">What messages call them.</param>
    /// <returns>The file.</returns>
    public static DataFile Arrow(IEnumerable<RecordBatch> batches, string name = "record batches")
    {
        ArgumentNullException.ThrowIfNull(batches);
        return new(name, () => ArrowSource.Of(batches, name));
    }

    /// <summary>Opens the file, to go through its rows one by one.</summary>
    /// <param name="missing">The texts that stand for missing values; those of <see cref="DataFileOptions.Missing"/> when null.</param>
    /// <returns>The reader, before the first row; disposed of by the caller.</returns>
    /// <exception cref="DataFileException">The file is damaged, or two of its columns have the same name.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public DataFileReader OpenReader(IReadOnlyList<string>? missing = null) => new(Open(), missing ?? new DataFileOptions().Missing);

    /// <summary>Opens the file.</summary>
    /// <returns>Its rows.</returns>
    internal RowSource Open() => _open();
}
