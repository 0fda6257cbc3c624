using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace SoftmaxGen.Extensions.Hosting;

/// <summary>What happens to a model: each event is logged, counted, and kept for the health check. Thread-safe.</summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <param name="logs">Makes the logger, whose category is <c>SoftmaxGen</c> and the name of the model class.</param>
/// <param name="meters">Makes the meter; null where the host has none.</param>
internal sealed partial class ModelEvents<TModel>(ILoggerFactory logs, IMeterFactory? meters) : IDisposable
    where TModel : class
{
    private readonly ILogger _logger = logs.CreateLogger($"SoftmaxGen.{typeof(TModel).Name}");
    private volatile string? _fileProblem;
    private volatile string? _stateProblem;
    private long _swaps;

    /// <summary>Gets the instruments.</summary>
    public ModelMeters Meters { get; } = new(typeof(TModel).Name, meters);

    /// <summary>Gets why the newest file is refused; null where it is in force.</summary>
    public string? FileProblem => _fileProblem;

    /// <summary>Gets why the state of feedback is not saved; null where all is well.</summary>
    public string? StateProblem => _stateProblem;

    /// <summary>Gets the number of models of a changed file that were put in force.</summary>
    public long Swaps => Interlocked.Read(ref _swaps);

    /// <summary>The first model was read.</summary>
    public void Loaded(string path) => LogLoaded(_logger, path);

    /// <summary>The model of a changed file was put in force.</summary>
    public void Swapped(string path)
    {
        _fileProblem = null;
        Interlocked.Increment(ref _swaps);
        Meters.Swap();
        LogSwapped(_logger, path);
    }

    /// <summary>The file has the content of the model in force again.</summary>
    public void Restored(string path)
    {
        _fileProblem = null;
        LogRestored(_logger, path);
    }

    /// <summary>A file was refused.</summary>
    public void Refused(string path, Exception problem)
    {
        _fileProblem = $"'{path}' is refused: {problem.Message}";
        Meters.RefusedFile();
        LogRefused(_logger, path, problem.Message);
    }

    /// <summary>Learning goes on from a saved state.</summary>
    public void Resumed(string path, long steps) => LogResumed(_logger, path, steps);

    /// <summary>A saved state is that of another model.</summary>
    public void Outdated(string path) => LogOutdated(_logger, path);

    /// <summary>A saved state cannot be read and was put aside.</summary>
    public void StateRefused(string path, string aside, string problem) => LogStateRefused(_logger, path, aside, problem);

    /// <summary>The state was saved.</summary>
    public void StateSaved() => _stateProblem = null;

    /// <summary>The state cannot be saved. It is logged once, until the state is saved again.</summary>
    public void StateUnsaved(string path, string problem)
    {
        if (_stateProblem is null)
        {
            LogStateUnsaved(_logger, path, problem);
        }

        _stateProblem = $"The state of feedback cannot be saved to '{path}': {problem}";
    }

    /// <summary>Nothing was learned from a row.</summary>
    public void Unlearned(string problem)
    {
        Meters.Unlearned();
        LogUnlearned(_logger, problem);
    }

    /// <summary>What was learned is no model.</summary>
    public void Diverged(string problem) => LogDiverged(_logger, problem);

    public void Dispose() => Meters.Dispose();

    [LoggerMessage(1, LogLevel.Information, "The model of '{Path}' is in force.")]
    private static partial void LogLoaded(ILogger logger, string path);

    [LoggerMessage(2, LogLevel.Information, "The file '{Path}' has changed: its model is in force now.")]
    private static partial void LogSwapped(ILogger logger, string path);

    [LoggerMessage(3, LogLevel.Information, "The file '{Path}' is the one of the model in force again.")]
    private static partial void LogRestored(ILogger logger, string path);

    [LoggerMessage(4, LogLevel.Error, "The file '{Path}' is refused, and the model in force stays. {Problem}")]
    private static partial void LogRefused(ILogger logger, string path, string problem);

    [LoggerMessage(5, LogLevel.Information, "Learning goes on from '{Path}': {Steps} rows were learned from before.")]
    private static partial void LogResumed(ILogger logger, string path, long steps);

    [LoggerMessage(6, LogLevel.Information, "The state in '{Path}' was learned from another model: learning begins anew from the model in force.")]
    private static partial void LogOutdated(ILogger logger, string path);

    [LoggerMessage(7, LogLevel.Error, "The state in '{Path}' cannot be used and is kept as '{Aside}': learning begins anew. {Problem}")]
    private static partial void LogStateRefused(ILogger logger, string path, string aside, string problem);

    [LoggerMessage(8, LogLevel.Error, "The state cannot be saved to '{Path}', and saving is tried again. {Problem}")]
    private static partial void LogStateUnsaved(ILogger logger, string path, string problem);

    [LoggerMessage(9, LogLevel.Warning, "Nothing is learned from a row of feedback. {Problem}")]
    private static partial void LogUnlearned(ILogger logger, string problem);

    [LoggerMessage(10, LogLevel.Error, "What was learned is no model, the model in force stays, and learning begins anew. {Problem}")]
    private static partial void LogDiverged(ILogger logger, string problem);
}
