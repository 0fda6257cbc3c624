namespace SoftmaxGen.Tool;

/// <summary>Something that the user can mend: the message says what is wrong, where, and what to do about it.</summary>
internal sealed class ToolException : Exception
{
    /// <summary>The command ends with this where data are not what they should be.</summary>
    public const int BadData = 1;

    /// <summary>The command ends with this where it is used wrongly.</summary>
    public const int BadUsage = 2;

    /// <summary>Initializes a new instance of the <see cref="ToolException"/> class.</summary>
    public ToolException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ToolException"/> class.</summary>
    /// <param name="message">What is wrong, where, and what to do about it.</param>
    public ToolException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ToolException"/> class.</summary>
    /// <param name="message">What is wrong, where, and what to do about it.</param>
    /// <param name="innerException">What found it.</param>
    public ToolException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets what the command ends with.</summary>
    public int ExitCode { get; init; } = BadData;

    /// <summary>Makes an exception of wrong use.</summary>
    /// <param name="message">What is wrong, and what would be right.</param>
    public static ToolException Usage(string message) => new(message) { ExitCode = BadUsage };
}
