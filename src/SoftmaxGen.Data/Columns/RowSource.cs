using System.Numerics;
using SoftmaxGen.Data.Rows;

namespace SoftmaxGen.Data.Columns;

/// <summary>The rows of a file, from the first to the last: one by one, or as numbers many at a time.</summary>
internal abstract class RowSource(string name) : IDisposable
{
    /// <summary>Gets what messages call the file.</summary>
    public string Name { get; } = name;

    /// <summary>Gets the names of the columns, all different.</summary>
    public IReadOnlyList<string> ColumnNames { get; private set; } = [];

    /// <summary>Gets the number of rows that were read so far.</summary>
    public long Rows { get; protected set; }

    /// <summary>Gets the number of bytes that were read so far; 0 where the rows come from no file.</summary>
    public abstract long BytesRead { get; }

    /// <summary>Gets the length of the file in bytes; 0 where the rows come from no file.</summary>
    public abstract long TotalBytes { get; }

    /// <summary>Gets the current row, as the columns count it.</summary>
    public abstract int Row { get; }

    /// <summary>Gets a value indicating whether how numbers are written can be said for the file.</summary>
    public virtual bool HasCulture => false;

    /// <summary>Says which columns will be read, before the first row is.</summary>
    /// <param name="columns">The indices of the columns.</param>
    /// <param name="missing">The texts that stand for missing values.</param>
    public abstract void Select(IReadOnlyCollection<int> columns, IReadOnlyList<string> missing);

    /// <summary>Gets a column that was selected.</summary>
    /// <returns>The column, of the rows that are loaded now.</returns>
    public abstract Column Column(int index);

    /// <summary>Goes to the next row.</summary>
    public abstract bool NextRow();

    /// <summary>Reads numbers, labels and weights of the next rows.</summary>
    /// <typeparam name="T">The type of numbers.</typeparam>
    /// <param name="batch">Receives them; it knows which columns they are in.</param>
    /// <returns>The number of rows; 0 where there are no more.</returns>
    public abstract int Fill<T>(NumberBatch<T> batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Gets where a row is, for a message.</summary>
    /// <param name="row">The row, as the columns count it.</param>
    public abstract DataFilePlace PlaceOf(int row);

    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Sets the names of the columns.</summary>
    /// <exception cref="DataFileException">Two are the same.</exception>
    protected void SetColumns(IReadOnlyList<string> names, DataFilePlace place)
    {
        string[] twice = [.. names.GroupBy(static name => name).Where(static same => same.Count() > 1).Select(static same => same.Key)];
        ColumnNames = twice.Length == 0
            ? names
            : throw new DataFileException(
                place with { Column = twice[0] }, $"several columns have the same name, {DataFileException.List(twice)}; rename all but one.");
    }

    /// <summary>Closes the file.</summary>
    protected abstract void Dispose(bool isDisposing);
}
