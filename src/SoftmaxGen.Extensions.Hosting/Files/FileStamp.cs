using Microsoft.Win32.SafeHandles;

namespace SoftmaxGen.Extensions.Hosting;

/// <summary>
/// What tells one content of a file from another without reading it. The stamp is that of an open file, to which all symbolic links of its path have led, those
/// of folders among them.
/// </summary>
/// <param name="Length">The number of bytes.</param>
/// <param name="Written">When the file was written last.</param>
/// <param name="Created">When the file was created: one that was renamed to a path was created at another time than the one before.</param>
internal readonly record struct FileStamp(long Length, DateTime Written, DateTime Created)
{
    // Clocks of file systems tick every few milliseconds, some every two seconds.
    private static readonly TimeSpan _coarsestTick = TimeSpan.FromSeconds(2);

    /// <summary>Reads the stamp of an open file.</summary>
    public static FileStamp Of(SafeFileHandle file) => new(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file), File.GetCreationTimeUtc(file));

    /// <summary>Tells whether a content that is written from now on has another stamp for certain: the clock has ticked since the file was written.</summary>
    /// <returns>Whether it is so.</returns>
    public bool IsSettled() => DateTime.UtcNow - Written > _coarsestTick;
}
