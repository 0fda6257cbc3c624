namespace SoftmaxGen.Extensions.Hosting;

/// <summary>
/// Wakes whoever waits when the operating system tells that something has happened in a folder. It may tell nothing: of network folders, of a folder that is
/// exchanged by a link above it, or where the limit of watches is reached. So waiting ends after a while in any case.
/// </summary>
internal sealed class FolderSignal : IDisposable
{
    private readonly Lock _exchange = new();
    private readonly SemaphoreSlim _raised = new(0, 1);
    private readonly FileSystemWatcher? _watcher;
    private bool _isDisposed;

    /// <summary>Initializes a new instance of the <see cref="FolderSignal"/> class.</summary>
    /// <param name="folder">The folder. All that happens there counts, whatever it is called: a file may be a link to one that is exchanged under another
    /// name.</param>
    public FolderSignal(string folder)
    {
        try
        {
            _watcher = new FileSystemWatcher(folder);
            _watcher.Changed += (_, _) => Raise();
            _watcher.Created += (_, _) => Raise();
            _watcher.Deleted += (_, _) => Raise();
            _watcher.Renamed += (_, _) => Raise();
            _watcher.Error += (_, _) => Raise();
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception failure) when (failure is IOException or ArgumentException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            // The folder is not there yet, or there is no watch left: looking at intervals does.
            _watcher?.Dispose();
            _watcher = null;
        }
    }

    /// <summary>Waits for the signal.</summary>
    /// <returns>A task that ends with the wait.</returns>
    public Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => _raised.WaitAsync(longest, cancellationToken);

    public void Dispose()
    {
        _watcher?.Dispose();
        lock (_exchange)
        {
            _isDisposed = true;
            _raised.Dispose();
        }
    }

    // The watcher may still tell of something while it is disposed of.
    private void Raise()
    {
        lock (_exchange)
        {
            if (!_isDisposed && _raised.CurrentCount == 0)
            {
                _raised.Release();
            }
        }
    }
}
