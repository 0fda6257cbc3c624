using Microsoft.Win32.SafeHandles;

namespace SoftmaxGen.Data.Parquet;

/// <summary>
/// A file as the library that reads Parquet may see it. It ends where its pages were checked up to, and the byte behind the end is an exception: the library
/// takes the number that stands for it for a byte, and reads on.
/// </summary>
internal sealed class PageStream : Stream
{
    private readonly FileStream _file;

    /// <summary>Initializes a new instance of the <see cref="PageStream"/> class.</summary>
    /// <param name="path">The file.</param>
    public PageStream(string path)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        End = _file.Length;
    }

    /// <summary>Gets or sets where reading ends.</summary>
    public long End { get; set; }

    /// <summary>Gets the handle of the file.</summary>
    public SafeFileHandle Handle => _file.SafeFileHandle;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => _file.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _file.Position;
        set => _file.Position = value;
    }

    /// <inheritdoc/>
    public override int ReadByte() => Position < End ? _file.ReadByte() : throw new EndOfStreamException("there are fewer values than there should be");

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => _file.Read(buffer[..(int)Math.Clamp(End - Position, 0, buffer.Length)]);

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => _file.Seek(offset, origin);

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
