namespace SoftmaxGen.Tool;

/// <summary>Something that the user can mend: the message says what is wrong, where, and what to do about it.</summary>
internal sealed class ToolException : Exception
{
    /// <summary>The command ends with this where data are not what they should be.</summary>
    public const int BadData = 1;

    /// <summary>The command ends with this where it is used wrongly.</summary>
    public const int BadUsage = 2;

    public ToolException()
    {
    }

    public ToolException(string message)
        : base(message)
    {
    }

    public ToolException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Gets what the command ends with.</summary>
    public int ExitCode { get; init; } = BadData;

    /// <summary>Makes an exception of wrong use.</summary>
    public static ToolException Usage(string message) => new(message) { ExitCode = BadUsage };

    /// <summary>Writes to a path, which the message names where that fails.</summary>
    public static void WhileWriting(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{path}: {failure.Message}");
        }
    }
}
