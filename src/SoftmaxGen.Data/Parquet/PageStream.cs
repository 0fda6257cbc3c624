using Microsoft.Win32.SafeHandles;
using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data.Parquet;

/// <summary>
/// A file as the library that reads Parquet may see it. It ends where its pages were checked up to, and the byte behind the end is an exception: the library
/// takes the number that stands for it for a byte, and reads on.
/// </summary>
internal sealed class PageStream : ReadStream
{
    /// <summary>Initializes a new instance of the <see cref="PageStream"/> class.</summary>
    public PageStream(string path)
        : base(path) => End = Length;

    /// <summary>Gets or sets where reading ends.</summary>
    public long End { get; set; }

    /// <summary>Gets the handle of the file.</summary>
    public SafeFileHandle Handle => File.SafeFileHandle;

    public override int ReadByte() => Position < End ? File.ReadByte() : throw new EndOfStreamException("there are fewer values than there should be");

    public override int Read(Span<byte> buffer) => File.Read(buffer[..(int)Math.Clamp(End - Position, 0, buffer.Length)]);
}
