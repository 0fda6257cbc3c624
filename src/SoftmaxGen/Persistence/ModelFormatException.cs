namespace SoftmaxGen;

/// <summary>A file that cannot be loaded: it is damaged, too new, or no file of this model. The message says what differs and where.</summary>
public sealed class ModelFormatException : FormatException
{
    /// <summary>Initializes a new instance of the <see cref="ModelFormatException"/> class.</summary>
    public ModelFormatException()
        : base("The file is not a model file.")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ModelFormatException"/> class.</summary>
    /// <param name="message">What differs and where.</param>
    public ModelFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ModelFormatException"/> class.</summary>
    /// <param name="message">What differs and where.</param>
    /// <param name="innerException">What found it.</param>
    public ModelFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ModelFormatException"/> class, whose message begins with the name of the file.</summary>
    /// <param name="message">What differs and where.</param>
    /// <param name="fileName">The file.</param>
    /// <param name="innerException">What found it, if it was another one.</param>
    public ModelFormatException(string message, string fileName, Exception? innerException)
        : base($"{fileName}: {message}", innerException) => FileName = fileName;

    /// <summary>Gets the file, with its path; null when it was read from a stream that is no file.</summary>
    public string? FileName { get; }
}
