using static System.FormattableString;

namespace SoftmaxGen.Persistence;

/// <summary>Reads whole files, however long they claim to be, in memory that grows with what is there.</summary>
internal static class FileBytes
{
    private const int FirstBuffer = 4096;
    private const int HeaderLimit = 1024 * 1024;
    private const int WeightLimit = 64;

    /// <summary>
    /// Bounds the files of a model: a mebibyte for the names and the author's own fields, and 64 bytes a weight, twice what one is ever written with.
    /// </summary>
    public static int Limit(ModelShape shape) => HeaderLimit + (WeightLimit * shape.ParameterCount);

    /// <summary>Opens a file for <see cref="Read"/>.</summary>
    /// <returns>The stream, unbuffered: it is read in large pieces.</returns>
    /// <exception cref="IOException">There is no such file, or the path is that of a folder.</exception>
    public static FileStream Open(string path) => Directory.Exists(path)
        ? throw new IOException($"'{path}' is a folder; a model is loaded from a file.")
        : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);

    /// <summary>Loads what a stream holds; whatever is wrong with a file is said with its name.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="ModelFormatException">The file cannot be loaded.</exception>
    public static TResult Load<TResult>(Stream stream, Func<Stream, TResult> load)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            return load(stream);
        }
        catch (ModelFormatException exception) when (stream is FileStream file)
        {
            throw new ModelFormatException(exception.Message, file.Name, exception);
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="ModelFormatException">There are more.</exception>
    public static ReadOnlySpan<byte> Read(Stream stream, int limit)
    {
        byte[] buffer = new byte[FirstSize(stream, limit)];
        int count = 0;
        while (true)
        {
            int read = stream.Read(buffer, count, buffer.Length - count);
            if (read == 0)
            {
                return buffer.AsSpan(0, count);
            }

            count += read;
            if (count > limit)
            {
                throw new ModelFormatException(
                    Invariant($"The file has more than {limit} bytes; no file of this model has."));
            }

            // There is always room for one byte more, so that a read of nothing means the end.
            if (count == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(2L * count, limit + 1L));
            }
        }
    }

    // A stream that knows its length is read into memory of that size at once.
    private static int FirstSize(Stream stream, int limit) =>
        stream.CanSeek ? (int)Math.Clamp(stream.Length - stream.Position + 1, 1, limit + 1L) : Math.Min(FirstBuffer, limit + 1);
}
