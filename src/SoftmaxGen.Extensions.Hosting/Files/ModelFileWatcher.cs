using System.Numerics;
using Microsoft.Extensions.Hosting;

namespace SoftmaxGen.Extensions.Hosting;

/// <summary>Puts the model of a file in force whenever the file changes.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <typeparam name="T">The type of its features.</typeparam>
/// <param name="file">The file.</param>
/// <param name="options">How to watch the file.</param>
/// <param name="slot">The model in force, made of the first model.</param>
/// <param name="events">Is told what happens.</param>
internal sealed class ModelFileWatcher<TModel, T>(
    WatchedFile<TModel, T> file, ModelFileOptions<TModel> options, ModelSlot<TModel> slot, ModelEvents<TModel> events) : BackgroundService
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Who saves a file in several steps raises several signals: one look answers them.
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    // A file that is being written is longer after so long, or it is what it will be.
    private static readonly TimeSpan _doubt = TimeSpan.FromMilliseconds(100);

    /// <summary>Reads the first model.</summary>
    /// <param name="file">The file.</param>
    /// <param name="options">Has the model to begin with where the file is missing or refused.</param>
    /// <param name="events">Is told what happens.</param>
    /// <exception cref="InvalidOperationException">The file is missing or refused, and there is no other model to begin with.</exception>
    public static TModel ReadFirst(WatchedFile<TModel, T> file, ModelFileOptions<TModel> options, ModelEvents<TModel> events)
    {
        FileFinding<TModel> finding = file.Read();
        if (finding.Model is { } model)
        {
            events.Loaded(file.Path);
            return model;
        }

        if (options.Fallback is { } fallback)
        {
            events.Refused(file.Path, finding.Problem!);
            return fallback;
        }

        throw new InvalidOperationException(
            $"{typeof(TModel).Name} has no model to begin with: '{file.Path}' cannot be loaded. {finding.Problem!.Message} Put a model file there, or set "
            + $"{nameof(ModelFileOptions<TModel>.Fallback)} to a model that is in force until then.",
            finding.Problem);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var signal = new FolderSignal(Path.GetDirectoryName(file.Path)!);
        TimeSpan longest = options.PollInterval;
        try
        {
            while (true)
            {
                await signal.WaitAsync(longest, stoppingToken).ConfigureAwait(false);
                longest = Look() == FileState.Doubtful && _doubt < options.PollInterval ? _doubt : options.PollInterval;
                await Task.Delay(_pause, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private FileState Look()
    {
        FileFinding<TModel> finding = file.Look();
        switch (finding.State)
        {
            case FileState.Changed:
                slot.Replace(finding.Model!);
                events.Swapped(file.Path);
                break;
            case FileState.Restored:
                events.Restored(file.Path);
                break;
            case FileState.Refused:
                events.Refused(file.Path, finding.Problem!);
                break;
        }

        return finding.State;
    }
}
