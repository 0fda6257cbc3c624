using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using SoftmaxGen.Data.Columns;
using Column = SoftmaxGen.Data.Columns.Column;

namespace SoftmaxGen.Data.Arrow;

/// <summary>The rows of an Arrow file or stream, or of record batches.</summary>
internal sealed class ArrowSource : ColumnarSource
{
    private readonly Func<RecordBatch?> _next;
    private readonly WatchedStream? _stream;
    private readonly IDisposable? _reader;
    private readonly bool _ownsBatches;
    private RecordBatch? _batch;

    private ArrowSource(string name, Schema schema, Func<RecordBatch?> next, WatchedStream? stream, IDisposable? reader)
        : base(name)
    {
        _next = next;
        _stream = stream;
        _reader = reader;

        // Batches share their dictionaries: those are left to the collector.
        _ownsBatches = stream is not null && schema.FieldsList.All(static field => field.DataType.TypeId != ArrowTypeId.Dictionary);
        SetColumns([.. schema.FieldsList.Select(static field => field.Name)], new DataFilePlace(name));
    }

    public override long BytesRead => _stream?.Position ?? 0;

    public override long TotalBytes => _stream?.Length ?? 0;

    /// <summary>Opens a file.</summary>
    public static ArrowSource Open(string path)
    {
        var stream = new WatchedStream(path);
        try
        {
            return Damage.Guard(new DataFilePlace(path), () => Open(path, stream));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Takes record batches.</summary>
    /// <param name="batches">The batches, which stay the caller's.</param>
    /// <param name="name">What messages call them.</param>
    public static ArrowSource Of(IEnumerable<RecordBatch> batches, string name)
    {
        IEnumerator<RecordBatch> all = batches.GetEnumerator();
        if (!all.MoveNext())
        {
            all.Dispose();
            throw new DataFileException(new DataFilePlace(name), "there is no record batch.");
        }

        RecordBatch? next = all.Current;
        return new ArrowSource(name, next.Schema, Next, stream: null, all);

        RecordBatch? Next()
        {
            RecordBatch? batch = next ?? (all.MoveNext() ? all.Current : null);
            next = null;
            return batch;
        }
    }

    protected override int Load(IReadOnlyCollection<int> selected, IReadOnlyList<string> missing, Column?[] columns)
    {
        DisposeBatch();
        _batch = _next();
        if (_batch is null)
        {
            return -1;
        }

        if (!_batch.Schema.FieldsList.Select(static field => field.Name).SequenceEqual(ColumnNames))
        {
            throw new DataFileException(
                new DataFilePlace(Name, Rows + 1),
                $"the record batch has the columns {DataFileException.List([.. _batch.Schema.FieldsList.Select(static field => field.Name)])}; "
                + $"those before have {DataFileException.List([.. ColumnNames])}.");
        }

        foreach (int index in selected)
        {
            IArrowArray array = _batch.Column(index);
            if (array.Length != _batch.Length)
            {
                throw new InvalidDataException($"column {DataFileException.Quote(ColumnNames[index])} has {array.Length} rows of {_batch.Length}");
            }

            columns[index] = ArrowColumns.Of(array, ColumnNames[index], missing) ?? new OtherColumn(ColumnNames[index], Name, array.Data.DataType.Name);
        }

        return _batch.Length;
    }

    protected override void Dispose(bool isDisposing)
    {
        DisposeBatch();
        _reader?.Dispose();
        _stream?.Dispose();
    }

    private static ArrowSource Open(string path, WatchedStream stream)
    {
        var messages = new ArrowMessages(stream);
        Span<byte> start = stackalloc byte[6];
        int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (start[..length].StartsWith("FEA1"u8))
        {
            throw new DataFileException(new DataFilePlace(path), "the file is Feather of version 1; save it as version 2.");
        }

        if (length == start.Length && start.SequenceEqual("ARROW1"u8))
        {
            messages.CheckFooter();
            var file = new ArrowFileReader(stream, allocator: null, new CompressionCodecFactory(), leaveOpen: true);
            int batches = file.RecordBatchCountAsync().AsTask().GetAwaiter().GetResult();
            messages.Columns = ArrowBuffers.Columns(file.Schema);
            int read = 0;
            return new ArrowSource(path, file.Schema, Next, stream, file);

            RecordBatch? Next()
            {
                if (read == batches)
                {
                    return null;
                }

                messages.CheckBatch(read++);
                return file.ReadNextRecordBatch() ?? throw Short();
            }
        }

        messages.CheckSchema();
        var reader = new ArrowStreamReader(stream, new CompressionCodecFactory(), leaveOpen: true);
        Schema schema = reader.Schema;
        messages.Columns = ArrowBuffers.Columns(schema);
        stream.HasEnded = false;

        // The end of a stream is told by its last message: one that just stops was cut off, or is still being written. A message that is damaged may look
        // like the last one.
        return new ArrowSource(path, schema, NextOfStream, stream, reader);

        RecordBatch? NextOfStream()
        {
            messages.CheckNext();
            return reader.ReadNextRecordBatch() ?? (stream.HasEnded || stream.Position < stream.Length ? throw Short() : null);
        }
    }

    private static EndOfStreamException Short() => new("there are fewer record batches than the file should have");

    private void DisposeBatch()
    {
        if (_ownsBatches)
        {
            _batch?.Dispose();
        }

        _batch = null;
    }
}
