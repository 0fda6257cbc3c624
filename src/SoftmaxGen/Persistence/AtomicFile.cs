namespace SoftmaxGen.Persistence;

/// <summary>
/// A file that replaces another one so that nobody ever finds half of one: a temporary file in the same folder, which is flushed to the disk and renamed when
/// it is complete. Whoever writes it may read it meanwhile.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    // File systems take names of 255 bytes, and a character has at most 3 in UTF-8: with 40 of them and the random part the temporary name fits.
    private const int StemLength = 40;

    // A save takes milliseconds, and what takes longer is written to meanwhile: what is older was left by a process that was killed.
    private static readonly TimeSpan _abandonedAfter = TimeSpan.FromHours(1);

    private readonly string _target;
    private readonly string _stem;
    private bool _isComplete;

    /// <summary>
    /// Initializes a new instance of the <see cref="AtomicFile"/> class: an empty temporary file in the folder of a file. The permissions of a file that
    /// exists are kept, and of a symbolic link the file is replaced that the link leads to. Temporary files that a killed process left are removed after an
    /// hour.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written: its folder is missing, it is a folder itself, or it is read-only.</exception>
    public AtomicFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        bool isLink = new FileInfo(path).LinkTarget is not null;
        _target = isLink ? File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName : Path.GetFullPath(path);
        if (Directory.Exists(_target))
        {
            throw new IOException($"'{path}' is a folder; it must be the path of a file.");
        }

        string folder = Path.GetDirectoryName(_target)!;
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"'{path}' cannot be saved: the folder '{folder}' does not exist.");
        }

        UnixFileMode? mode = OperatingSystem.IsWindows() || !File.Exists(_target) ? null : File.GetUnixFileMode(_target);
        if (mode is { } existing && !existing.HasFlag(UnixFileMode.UserWrite))
        {
            throw new IOException($"'{path}' is read-only.");
        }

        _stem = Stem(Path.GetFileName(_target));
        RemoveAbandoned(folder, _stem);
        TemporaryPath = Path.Combine(folder, $"{_stem}{Path.GetRandomFileName()}.tmp");
        Stream = new FileStream(TemporaryPath, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        try
        {
            if (mode is { } kept && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Stream.SafeFileHandle, kept);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gets the temporary file.</summary>
    public FileStream Stream { get; }

    /// <summary>Gets the path of the temporary file.</summary>
    public string TemporaryPath { get; }

    /// <summary>Writes a file whole, or leaves what there is as it is.</summary>
    /// <exception cref="IOException">The file cannot be written: its folder is missing, it is a folder itself, or it is read-only.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        using var file = new AtomicFile(path);
        write(file.Stream);
        file.Complete();
    }

    /// <summary>Creates a file beside it for what is written before its place is known; the system removes it, however the process ends.</summary>
    public FileStream CreateSide()
    {
        string path = Path.Combine(Path.GetDirectoryName(TemporaryPath)!, $"{_stem}{Path.GetRandomFileName()}.tmp");
        var side = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, bufferSize: 0, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            // Whoever has the file open keeps it.
            File.Delete(path);
        }

        return side;
    }

    /// <summary>Flushes the file to the disk and gives it its name.</summary>
    public void Complete()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(TemporaryPath, _target, overwrite: true);
        _isComplete = true;
    }

    /// <summary>Removes the temporary file, unless it is complete.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        if (!_isComplete)
        {
            File.Delete(TemporaryPath);
        }
    }

    // What the names of a file's temporary files begin with. A pair of surrogates is not cut in two.
    private static string Stem(string name)
    {
        int length = Math.Min(name.Length, StemLength);
        return $".{name[..(length > 0 && char.IsHighSurrogate(name[length - 1]) ? length - 1 : length)]}.";
    }

    private static void RemoveAbandoned(string folder, string stem)
    {
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles(".*.tmp", new EnumerationOptions { AttributesToSkip = FileAttributes.None }))
        {
            if (file.Name.StartsWith(stem, StringComparison.Ordinal) && DateTime.UtcNow - file.LastWriteTimeUtc > _abandonedAfter)
            {
                Remove(file);
            }
        }
    }

    private static void Remove(FileInfo file)
    {
        try
        {
            file.Delete();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another process removes the file at the same time, or owns it. The save goes on: the file is in nobody's way.
        }
    }
}
