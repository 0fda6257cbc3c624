namespace SoftmaxGen.Onnx.Wire;

/// <summary>
/// Bounds the messages of a file, so that a small file of empty ones costs little memory: a message becomes objects of some 80 bytes. Files of classifiers
/// have few messages, of 20 bytes and more.
/// </summary>
/// <param name="fileLength">The length of the file in bytes.</param>
internal sealed class MessageBudget(int fileLength)
{
    private const int Least = 512;
    private const int BytesPerMessage = 8;

    private int _left = Least + (fileLength / BytesPerMessage);

    /// <summary>Takes one message.</summary>
    /// <exception cref="ModelFormatException">The file has too many.</exception>
    public void Take()
    {
        if (--_left < 0)
        {
            throw new ModelFormatException("The file consists of next to nothing but empty messages; that is no model.");
        }
    }
}
