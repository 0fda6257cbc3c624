using System.Runtime.ExceptionServices;

namespace SoftmaxGen.Data;

/// <summary>
/// A loop over parts of rows, shared by several threads: each takes the next part when it has done the one before. No run but the first on several threads
/// allocates. One run at a time.
/// </summary>
internal abstract class ParallelLoop(int count) : IThreadPoolWorkItem
{
    private object? _finish;
    private int _seats;
    private int _next;
    private int _finished;
    private Exception? _failure;

    void IThreadPoolWorkItem.Execute()
    {
        if (Interlocked.Decrement(ref _seats) >= 0)
        {
            Take();
        }
    }

    /// <summary>Runs the loop. What a part throws is thrown here, when no other thread is at work any more.</summary>
    protected void Run(int maxThreads)
    {
        int helpers = Math.Min(Math.Min(maxThreads, count), Environment.ProcessorCount) - 1;
        if (helpers > 0)
        {
            _finish ??= new object();
            Share(helpers);
            return;
        }

        for (int part = 0; part < count; part++)
        {
            Do(part);
        }
    }

    /// <summary>Does one part.</summary>
    protected abstract void Do(int part);

    private void Share(int helpers)
    {
        _failure = null;
        _finished = 0;
        _seats = helpers;

        // Opens the run, so it comes last: a helper that was queued by an earlier run and wakes only now joins this one.
        Volatile.Write(ref _next, 0);
        for (int i = 0; i < helpers; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        Take();

        // Waits for parts, not for helpers: one that the busy pool has not started yet holds nothing up.
        lock (_finish!)
        {
            while (_finished < count)
            {
                Monitor.Wait(_finish);
            }
        }

        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }

    private void Take()
    {
        for (int part = Interlocked.Increment(ref _next) - 1; part < count; part = Interlocked.Increment(ref _next) - 1)
        {
            TryDo(part);
            lock (_finish!)
            {
                _finished++;
                Monitor.Pulse(_finish);
            }
        }
    }

    private void TryDo(int part)
    {
        try
        {
            Do(part);
        }
#pragma warning disable CA1031 // Whatever is thrown here is thrown again on the calling thread, by Run.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _failure, failure);
        }
    }
}
