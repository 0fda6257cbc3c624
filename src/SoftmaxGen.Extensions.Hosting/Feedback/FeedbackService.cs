using System.Diagnostics;
using System.Numerics;
using Microsoft.Extensions.Hosting;

namespace SoftmaxGen.Extensions.Hosting;

/// <summary>
/// Learns from feedback in turns: takes the rows that wait, learns from each, puts the better model in force, and saves the state from time to time. When the
/// host stops, the rows that still wait are learned from, and the state is saved.
/// </summary>
/// <typeparam name="TModel">The model class.</typeparam>
/// <typeparam name="T">The type of its features.</typeparam>
/// <param name="feedback">The rows.</param>
/// <param name="slot">The model in force.</param>
/// <param name="options">How to learn.</param>
/// <param name="file">Keeps the state; null where nothing is kept.</param>
/// <param name="events">Is told what happens.</param>
internal sealed class FeedbackService<TModel, T>(
    ModelFeedback<TModel, T> feedback, ModelSlot<TModel> slot, FeedbackOptions options, LearnerFile<TModel, T>? file, ModelEvents<TModel> events)
    : BackgroundService
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Of one turn at a time: the first and the last run while the loop does not.
    private TModel _basis = slot.Basis;
    private OnlineLearner<TModel, T> _learner = new(slot.Basis, options.Learning);
    private long _savedSteps;
    private long _savedAt = Stopwatch.GetTimestamp();

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Resume();
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        feedback.Close();
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (ExecuteTask is null or { IsCompleted: true })
        {
            Turn();
            Save();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.PublishInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                Turn();
                if (Stopwatch.GetElapsedTime(_savedAt) >= options.SaveInterval)
                {
                    Save();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private void Turn()
    {
        if (!ReferenceEquals(_basis, slot.Basis))
        {
            Begin(slot.Basis);
        }

        long before = _learner.Steps;

        // No more than wait now, so that a turn ends however fast rows come.
        for (int count = feedback.Waiting; count > 0 && feedback.TryTake(out FeedbackRow<T> row); count--)
        {
            Learn(row);
        }

        if (_learner.Steps > before)
        {
            Publish();
        }
    }

    private void Publish()
    {
        try
        {
            slot.Improve(_basis, _learner.Snapshot());
            feedback.Learned = _learner.Steps;
        }
        catch (InvalidOperationException overflow)
        {
            events.Diverged(overflow.Message);
            Begin(_basis);
        }
    }

    private void Learn(FeedbackRow<T> row)
    {
        try
        {
            events.Meters.Loss(_learner.Update(row.Features.AsSpan(0, TModel.Shape.Features), row.Label));
        }
        catch (InvalidOperationException overflow)
        {
            events.Unlearned(overflow.Message);
        }
        finally
        {
            ModelFeedback<TModel, T>.Return(row.Features);
        }
    }

    private void Begin(TModel basis)
    {
        _basis = basis;
        _learner = new OnlineLearner<TModel, T>(basis, options.Learning);
        _savedSteps = 0;
        feedback.Learned = 0;
    }

    private void Resume()
    {
        if (file is null || !File.Exists(file.Path))
        {
            return;
        }

        try
        {
            if (file.Load(_basis) is not { } learner)
            {
                events.Outdated(file.Path);
                return;
            }

            slot.Improve(_basis, learner.Snapshot());
            _learner = learner;
            _savedSteps = feedback.Learned = learner.Steps;
            events.Resumed(file.Path, learner.Steps);
        }
        catch (Exception problem) when (problem is ModelFormatException or EndOfStreamException or InvalidOperationException)
        {
            string aside = file.Path + ".refused";
            File.Move(file.Path, aside, overwrite: true);
            events.StateRefused(file.Path, aside, problem.Message);
        }
    }

    private void Save()
    {
        if (file is null || _learner.Steps == _savedSteps)
        {
            return;
        }

        _savedAt = Stopwatch.GetTimestamp();
        try
        {
            file.Save(_basis, _learner);
            _savedSteps = _learner.Steps;
            events.StateSaved();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            events.StateUnsaved(file.Path, failure.Message);
        }
    }
}
