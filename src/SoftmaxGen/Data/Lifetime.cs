namespace SoftmaxGen.Data;

/// <summary>
/// How long native memory lives: from its owner's creation until its owner is disposed of and the last call that reads the memory has returned, whichever
/// comes last. Thread-safe; a call costs two interlocked operations.
/// </summary>
internal sealed class Lifetime(Action free)
{
    private const int Disposed = 1;
    private const int OneCall = 2;

    // Twice the number of calls under way, and 1 once the owner was disposed of.
    private int _state;

    /// <summary>Begins a call.</summary>
    /// <returns>Ends the call when it is disposed of.</returns>
    /// <exception cref="ObjectDisposedException">The owner was disposed of.</exception>
    public Call Begin(object owner)
    {
        for (int state = Volatile.Read(ref _state); ;)
        {
            ObjectDisposedException.ThrowIf((state & Disposed) != 0, owner);
            int before = Interlocked.CompareExchange(ref _state, state + OneCall, state);
            if (before == state)
            {
                return new Call(this);
            }

            state = before;
        }
    }

    /// <summary>Ends the owner's life. The memory is freed at once, or by the last call under way.</summary>
    public void Dispose()
    {
        if (Interlocked.Or(ref _state, Disposed) == 0)
        {
            free();
        }
    }

    private void End()
    {
        if (Interlocked.Add(ref _state, -OneCall) == Disposed)
        {
            free();
        }
    }

    /// <summary>A call under way.</summary>
    public readonly ref struct Call(Lifetime lifetime)
    {
        /// <summary>Ends the call.</summary>
        public void Dispose() => lifetime.End();
    }
}
