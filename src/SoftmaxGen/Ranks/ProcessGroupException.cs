namespace SoftmaxGen;

/// <summary>Processes cannot go on together: one of them has failed and says why, or they no longer compute the same.</summary>
public sealed class ProcessGroupException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="ProcessGroupException"/> class.</summary>
    public ProcessGroupException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ProcessGroupException"/> class.</summary>
    /// <param name="message">What happened.</param>
    public ProcessGroupException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ProcessGroupException"/> class.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why it happened.</param>
    public ProcessGroupException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the rank that has failed, the first one of several; -1 where none has.</summary>
    public int Rank { get; init; } = -1;
}
