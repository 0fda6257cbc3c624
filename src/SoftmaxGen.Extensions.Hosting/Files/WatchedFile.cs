using System.Numerics;
using System.Security.Cryptography;

namespace SoftmaxGen.Extensions.Hosting;

/// <summary>
/// A model file that is looked at again and again. The content counts, not its times: a file that is written again with the same content brings no other model.
/// What cannot be loaded is judged when two looks have found the same, since the first may have found half of a file that is being written. Not thread-safe.
/// </summary>
internal sealed class WatchedFile<TModel, T>(string path)
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The stamp of the content that was judged last; null where the next look has to read the content again.
    private FileStamp? _stamp;

    // Digests of contents, or the words of what hindered the reading.
    private string? _inForce;
    private string? _judged;
    private string? _doubted;

    /// <summary>Gets the full path of the file.</summary>
    public string Path { get; } = path;

    /// <summary>Reads the file for the first time.</summary>
    /// <returns>The model, or why there is none.</returns>
    public FileFinding<TModel> Read()
    {
        FileFinding<TModel> finding = Look();
        return finding.State == FileState.Doubtful ? Look() : finding;
    }

    /// <summary>Looks whether the content is another than at the last look.</summary>
    /// <returns>What was found.</returns>
    public FileFinding<TModel> Look()
    {
        try
        {
            using FileStream stream = Open();
            FileStamp stamp = FileStamp.Of(stream.SafeFileHandle);
            if (stamp == _stamp)
            {
                return new(FileState.Known);
            }

            FileFinding<TModel> finding = Judge(stream, Convert.ToHexString(SHA256.HashData(stream)));
            _stamp = finding.State != FileState.Doubtful && stamp.IsSettled() ? stamp : null;
            return finding;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            _stamp = null;
            return Refuse(failure.Message, failure);
        }
    }

    private FileFinding<TModel> Judge(FileStream stream, string digest)
    {
        if (digest == _judged)
        {
            return new(FileState.Known);
        }

        if (digest == _inForce)
        {
            _judged = digest;
            return new(FileState.Restored);
        }

        try
        {
            stream.Position = 0;
            TModel model = ModelFile.Load<TModel, T>(stream);
            _judged = _inForce = digest;
            return new(FileState.Changed, model);
        }
        catch (ModelFormatException problem)
        {
            return Refuse(digest, problem);
        }
    }

    private FileFinding<TModel> Refuse(string found, Exception problem)
    {
        if (found == _judged)
        {
            return new(FileState.Known);
        }

        if (found != _doubted)
        {
            _doubted = found;
            return new(FileState.Doubtful);
        }

        _judged = found;
        return new(FileState.Refused, Problem: problem);
    }

    // Whoever writes the file is not held up.
    private FileStream Open() => new(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
