using System.Threading.Channels;
using SoftmaxGen.Data;

namespace SoftmaxGen.Tool.Tables;

/// <summary>
/// A file in the format of Parquet or Arrow. <c>SoftmaxGen.Data</c> reads such a file and hands each row to a function, on a thread of its own; here rows are
/// asked for, and a few batches of them wait in between.
/// </summary>
internal sealed class DataFileTable : Table, IProgress<DataFileProgress>
{
    private const int BatchRows = 512;
    private const int MostBatches = 4;

    private static readonly string[] _arrowEndings = [".arrow", ".arrows", ".feather", ".ipc"];

    private readonly CancellationTokenSource _end = new();
    private readonly Channel<string[][]> _batches = Channel.CreateBounded<string[][]>(MostBatches);
    private readonly List<string> _notes = [];
    private readonly Task _reading;
    private readonly TaskCompletionSource<IReadOnlyList<string>> _header = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string[][] _batch = [];
    private int _index = -1;
    private long _row;
    private double _share = double.NaN;

    /// <summary>Initializes a new instance of the <see cref="DataFileTable"/> class, before its first row.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="ToolException">The file is damaged.</exception>
    public DataFileTable(DataFile file)
    {
        File = file.Name;
        _reading = Task.Run(() => Read(file)).ContinueWith(End, TaskScheduler.Default);
        Header = Wait(_header.Task);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes => _notes;

    /// <inheritdoc/>
    public override double Share => Volatile.Read(ref _share);

    private string[] Current => _batch[_index];

    /// <summary>Tells by the first bytes of a file, or else by its ending, what reads it.</summary>
    /// <param name="path">The path.</param>
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

    /// <inheritdoc/>
    public override bool MoveNext()
    {
        _index++;
        _row++;
        while (_index == _batch.Length)
        {
            if (!Wait(_batches.Reader.WaitToReadAsync().AsTask()) || !_batches.Reader.TryRead(out string[][]? batch))
            {
                return false;
            }

            (_batch, _index) = (batch, 0);
        }

        return true;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<char> Cell(int column) => Current[column].AsSpan().Trim();

    /// <inheritdoc/>
    public override Place PlaceOf(int column) => new(File, _row, column + 1, HasLines: false);

    /// <inheritdoc/>
    void IProgress<DataFileProgress>.Report(DataFileProgress value) => Volatile.Write(ref _share, value.BytesRead / (double)value.TotalBytes);

    /// <inheritdoc/>
    protected override void Dispose(bool isDisposing)
    {
        _end.Cancel();
        ((IAsyncResult)_reading).AsyncWaitHandle.WaitOne();
        _end.Dispose();
    }

    private static T Wait<T>(Task<T> task)
    {
        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (DataFileException failure)
        {
            throw new ToolException(failure.Message);
        }
    }

    // All that went wrong is told to whoever asks for the header or for the next row.
    private void End(Task<IReadOnlyList<string>> read)
    {
        Exception? failure = read.Exception?.InnerException;
        _ = failure is null ? _header.TrySetResult(read.Result) : _header.TrySetException(failure);
        _batches.Writer.Complete(failure);
    }

    // The names of the columns, for files without any row.
    private IReadOnlyList<string> Read(DataFile file)
    {
        using var builder = new TrainingSetBuilder<FileRowModel, float, FileRowLabel, FileRowRead>();
        var rows = new List<string[]>(BatchRows);
        string[] columns = [];
        HashSet<string> unreadable = [];
        DataFileReport report = builder.AddFile(file, Take, progress: this, cancellationToken: _end.Token);
        Send(rows);
        return [.. report.UsedColumns, .. report.UnusedColumns];

        FileRowRead Take(FileRow row)
        {
            if (row.Number == 1)
            {
                columns = [.. row.Columns];
                unreadable = [.. columns.Where(column => !IsReadable(row, column))];
                _header.SetResult(columns);
            }

            rows.Add(Array.ConvertAll(columns, column => unreadable.Contains(column) ? "" : row.Text(column) ?? ""));
            if (rows.Count == BatchRows)
            {
                Send(rows);
            }

            return default;
        }
    }

    private void Send(List<string[]> rows)
    {
        _batches.Writer.WriteAsync([.. rows], _end.Token).AsTask().GetAwaiter().GetResult();
        rows.Clear();
    }

    // Lists, dates and other types that nothing is made of: the model can do without them.
    private bool IsReadable(FileRow row, string column)
    {
        try
        {
            row.Text(column);
            return true;
        }
        catch (DataFileException failure)
        {
            _notes.Add(failure.Message);
            return false;
        }
    }
}
