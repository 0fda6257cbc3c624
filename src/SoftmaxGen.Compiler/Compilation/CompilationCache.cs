using System.Security.Cryptography;

namespace SoftmaxGen.Compiler.Compilation;

/// <summary>
/// Compiled assemblies as files: each begins with the SHA-256 of its key and its content. What is read is code that will run, so that a file counts only where
/// nobody but the user could have written it. A cache that cannot be used is passed over: it saves time and decides nothing.
/// </summary>
internal sealed class CompilationCache(string directory)
{
    private const UnixFileMode OthersMode =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode DirectoryMode = FileMode | UnixFileMode.UserExecute;

    private static readonly TimeSpan _unusedAfter = TimeSpan.FromDays(90);

    /// <summary>Gets the user's folder of compiled shapes; null where the user has none.</summary>
    public static string? UserDirectory { get; } = FindUserDirectory();

    /// <summary>Reads an assembly.</summary>
    /// <returns>The assembly; null where there is none, or none that can be trusted.</returns>
    public byte[]? Read(CacheKey key)
    {
        string path = Path.Combine(directory, key.FileName);
        try
        {
            if (!File.Exists(path) || !IsPrivate(new DirectoryInfo(directory)) || !IsPrivate(new FileInfo(path)))
            {
                return null;
            }

            byte[] file = File.ReadAllBytes(path);
            if (file.Length <= SHA256.HashSizeInBytes)
            {
                return null;
            }

            byte[] image = file[SHA256.HashSizeInBytes..];
            if (!CryptographicOperations.FixedTimeEquals(file.AsSpan(0, SHA256.HashSizeInBytes), Digest(key, image)))
            {
                return null;
            }

            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
            return image;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes an assembly. Whoever reads meanwhile finds the old file, the new one, or none.</summary>
    public void Write(CacheKey key, byte[] image)
    {
        try
        {
            DirectoryInfo folder = CreateDirectory();
            if (!IsPrivate(folder))
            {
                return;
            }

            string temporary = Path.Combine(directory, $"{Path.GetRandomFileName()}.tmp");
            try
            {
                using (var stream = new FileStream(temporary, CreatePrivate()))
                {
                    stream.Write(Digest(key, image));
                    stream.Write(image);
                }

                File.Move(temporary, Path.Combine(directory, key.FileName), overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }

            RemoveUnused(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The folder cannot be written, or another process was there first: the shape is compiled again next time.
        }
    }

    private static byte[] Digest(CacheKey key, byte[] image) => SHA256.HashData([.. key.Hash, .. image]);

    // Behind a link lies what somebody else may own. On Windows the folder inherits the rights of the user's profile.
    private static bool IsPrivate(FileSystemInfo entry) =>
        entry.LinkTarget is null && (OperatingSystem.IsWindows() || (entry.UnixFileMode & OthersMode) == 0);

    private static FileStreamOptions CreatePrivate()
    {
        var options = new FileStreamOptions { Mode = System.IO.FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode;
        }

        return options;
    }

    private static void RemoveUnused(DirectoryInfo folder)
    {
        foreach (FileInfo file in folder.EnumerateFiles())
        {
            if (file.Extension is ".model" or ".tmp" && DateTime.UtcNow - file.LastWriteTimeUtc > _unusedAfter)
            {
                file.Delete();
            }
        }
    }

    private static string? FindUserDirectory()
    {
        string? caches = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given ? given : InHome(".cache");
        return string.IsNullOrEmpty(caches) ? null : Path.Combine(caches, "softmaxgen");
    }

    private static string? InHome(string folder) =>
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? Path.Combine(home, folder) : null;

    private DirectoryInfo CreateDirectory()
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(directory))
        {
            return Directory.CreateDirectory(directory);
        }

        if (Path.GetDirectoryName(Path.GetFullPath(directory)) is { } parent)
        {
            Directory.CreateDirectory(parent);
        }

        return Directory.CreateDirectory(directory, DirectoryMode);
    }
}
