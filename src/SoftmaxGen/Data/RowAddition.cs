namespace SoftmaxGen;

/// <summary>
/// Rows that are added to a <see cref="TrainingSetBuilder{TModel, T}"/> together or not at all, by several calls; see
/// <see cref="TrainingSetBuilder{TModel, T}.Begin"/>. Not thread-safe.
/// </summary>
public sealed class RowAddition : IDisposable
{
    private Action? _undo;

    internal RowAddition(Action undo) => _undo = undo;

    /// <summary>Keeps the rows.</summary>
    public void Complete() => _undo = null;

    /// <summary>Forgets the rows, unless they are to be kept.</summary>
    public void Dispose()
    {
        _undo?.Invoke();
        _undo = null;
    }
}
