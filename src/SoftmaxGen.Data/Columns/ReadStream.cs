namespace SoftmaxGen.Data.Columns;

/// <summary>A file that is read and never written to, beneath a library that must not see all of it as it is.</summary>
internal abstract class ReadStream(string path) : Stream
{
    public sealed override bool CanRead => true;

    public sealed override bool CanSeek => true;

    public sealed override bool CanWrite => false;

    public sealed override long Length => File.Length;

    public sealed override long Position
    {
        get => File.Position;
        set => File.Position = value;
    }

    /// <summary>Gets the file.</summary>
    protected FileStream File { get; } = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);

    public abstract override int Read(Span<byte> buffer);

    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public sealed override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public sealed override long Seek(long offset, SeekOrigin origin) => File.Seek(offset, origin);

    public sealed override void Flush()
    {
    }

    public sealed override void SetLength(long value) => throw new NotSupportedException();

    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            File.Dispose();
        }

        base.Dispose(disposing);
    }
}
