namespace SoftmaxGen.Tool.Output;

/// <summary>Something that may take a while: how far it has come, and whether the user still wants it.</summary>
/// <param name="cancellationToken">Tells that the user does not.</param>
internal sealed class Activity(CancellationToken cancellationToken)
{
    private double _share = double.NaN;

    /// <summary>Gets what tells that the user does not want it any more.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Gets or sets the share that is done, from 0 to 1; NaN as long as nobody knows.</summary>
    public double Share
    {
        get => Volatile.Read(ref _share);
        set => Volatile.Write(ref _share, value);
    }

    /// <summary>Says how far it has come.</summary>
    /// <exception cref="OperationCanceledException">The user does not want it any more.</exception>
    public void Continue(double share)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Share = share;
    }
}
