namespace SoftmaxGen.Persistence;

/// <summary>Replaces files so that nobody ever finds half of one.</summary>
internal static class AtomicFile
{
    // File systems take names of 255 bytes, and a character has at most 3 in UTF-8: with 40 of them and the random part the temporary name fits.
    private const int StemLength = 40;

    // A save takes milliseconds: what is older was left by a process that was killed.
    private static readonly TimeSpan _abandonedAfter = TimeSpan.FromHours(1);

    /// <summary>
    /// Writes a temporary file in the folder of a file, flushes it to the disk, and renames it over the file. The permissions of a file that exists are kept,
    /// and of a symbolic link the file is replaced that the link leads to. Temporary files that a killed process left are removed after an hour.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file cannot be written: its folder is missing, it is a folder itself, or it is read-only.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        bool isLink = new FileInfo(path).LinkTarget is not null;
        string target = isLink ? File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName : Path.GetFullPath(path);
        if (Directory.Exists(target))
        {
            throw new IOException($"'{path}' is a folder; a model is saved to a file.");
        }

        string folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"'{path}' cannot be saved: the folder '{folder}' does not exist.");
        }

        string stem = Stem(Path.GetFileName(target));
        RemoveAbandoned(folder, stem);
        Replace(path, target, Path.Combine(folder, $"{stem}{Path.GetRandomFileName()}.tmp"), write);
    }

    private static void Replace(string path, string target, string temporary, Action<Stream> write)
    {
        UnixFileMode? mode = OperatingSystem.IsWindows() || !File.Exists(target) ? null : File.GetUnixFileMode(target);
        if (mode is { } existing && !existing.HasFlag(UnixFileMode.UserWrite))
        {
            throw new IOException($"'{path}' is read-only.");
        }

        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                if (mode is { } kept && !OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(stream.SafeFileHandle, kept);
                }

                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
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
