namespace SoftmaxGen.Tool;

/// <summary>Something that the user can mend: the message says what is wrong, where, and what to do about it.</summary>
/// <param name="message">The message.</param>
/// <param name="exitCode">What the command ends with.</param>
internal sealed class ToolException(string message, int exitCode = ToolException.BadData) : Exception(message)
{
    /// <summary>The command ends with this where data are not what they should be.</summary>
    public const int BadData = 1;

    /// <summary>The command ends with this where it is used wrongly.</summary>
    public const int BadUsage = 2;

    /// <summary>Gets what the command ends with.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>Makes an exception of wrong use.</summary>
    /// <param name="message">What is wrong, and what would be right.</param>
    /// <returns>The exception.</returns>
    public static ToolException Usage(string message) => new(message, BadUsage);
}
