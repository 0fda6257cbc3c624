using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data.Arrow;

/// <summary>A file that tells whether its reader came to its end.</summary>
internal sealed class WatchedStream(string path) : ReadStream(path)
{
    /// <summary>Gets or sets a value indicating whether something was asked for where nothing is any more.</summary>
    public bool HasEnded { get; set; }

    public override int Read(Span<byte> buffer)
    {
        int read = File.Read(buffer);
        HasEnded |= read == 0 && buffer.Length > 0;
        return read;
    }
}
