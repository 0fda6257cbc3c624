using SoftmaxGen.Persistence;

namespace SoftmaxGen.Online;

/// <summary>
/// The file of a learner: a <see cref="BinaryFile"/> whose numbers are the state, little-endian, eight bytes each. It is for the same release of the library;
/// models are what lasts.
/// </summary>
internal static class StateFile
{
    private const uint Version = 1;

    // A mebibyte for names and for what does not grow with the shape; the full matrix takes half of one.
    private const long FixedLimit = 2 * 1024 * 1024;

    // Numbers for each weight: the start, the weights, their average, squared gradients or the diagonal; and for each feature beside those of kept rows.
    private const long NumbersPerWeight = 8;

    // As that of PNG: no text begins so, and a transfer that translates line ends or drops the eighth bit shows.
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'S', (byte)'M', (byte)'O', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Writes a file.</summary>
    public static void Write(Stream stream, ModelShape shape, Action<IStateExchange> exchange)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var file = new BinaryFileWriter(stream);
        file.Begin(Signature, Version, shape);
        exchange(new StateWriter(file));
        file.Finish();
    }

    /// <summary>Opens the state of a file.</summary>
    /// <exception cref="ModelFormatException">The file is damaged, of another version, or no file of a learner of this model.</exception>
    public static StateReader Open(Stream stream, ModelShape shape)
    {
        ReadOnlySpan<byte> file = FileBytes.Read(stream, Limit(shape));
        if (!file.StartsWith(Signature))
        {
            throw new ModelFormatException("The file is not that of a learner: it does not begin with the signature.");
        }

        var binary = new BinaryFile(file, Version, shape);
        return new StateReader(binary.Content.ToArray(), binary.NumbersOffset);
    }

    private static int Limit(ModelShape shape)
    {
        long numbers = (NumbersPerWeight * shape.ParameterCount) + ((KeptRows.Capacity + NumbersPerWeight) * shape.Features);
        return (int)Math.Min(FixedLimit + (numbers * sizeof(double)), Array.MaxLength - 1);
    }
}
