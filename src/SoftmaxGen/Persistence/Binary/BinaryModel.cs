using System.Numerics;
using System.Runtime.CompilerServices;
using SoftmaxGen.CompilerServices;

namespace SoftmaxGen.Persistence;

/// <summary>The binary form of a model file: a <see cref="BinaryFile"/> whose numbers are the weights.</summary>
internal static class BinaryModel
{
    private const uint Version = 1;

    // As that of PNG: no text begins so, and a transfer that translates line ends or drops the eighth bit shows.
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'S', (byte)'M', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Tells whether a file is in the binary form.</summary>
    public static bool Begins(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <summary>Writes a file.</summary>
    public static void Write<T>(Stream stream, ModelShape shape, ReadOnlySpan<T> weights, FeatureMoments? moments, TrainingSummary? summary)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var file = new BinaryFileWriter(stream);
        file.Begin(Signature, Version, shape, moments, summary);
        file.Write(LittleEndian.Bytes(weights));
        file.Finish();
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelFormatException">The file is damaged, too new, or no file of this model.</exception>
    public static StoredModel<T> Read<T>(ReadOnlySpan<byte> file, ModelShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var binary = new BinaryFile(file, Version, shape);
        T[] weights = ReadWeights<T>(binary.Content, binary.NumbersOffset, shape);
        ModelHeader.ReadFolding(binary.Header, binary.Fields, shape).Apply<T>(weights, shape.Classes);
        return new StoredModel<T>(weights, ModelHeader.ReadMoments(binary.Header, binary.Fields, shape));
    }

    /// <summary>Reads the moments of the features in the training rows.</summary>
    /// <exception cref="ModelFormatException">The file is damaged, too new, or no file of this model.</exception>
    public static FeatureMoments? ReadMoments(ReadOnlySpan<byte> file, ModelShape shape)
    {
        var binary = new BinaryFile(file, Version, shape);
        return ModelHeader.ReadMoments(binary.Header, binary.Fields, shape);
    }

    private static T[] ReadWeights<T>(ReadOnlySpan<byte> content, int offset, ModelShape shape)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<byte> bytes = content[offset..];
        int size = Unsafe.SizeOf<T>();
        if (bytes.Length != shape.ParameterCount * size)
        {
            throw BinaryFile.Error($"Byte {offset}: there are {bytes.Length} bytes of weights; there must be {shape.ParameterCount} weights of {size} bytes.");
        }

        T[] weights = LittleEndian.Read<T>(bytes);
        int index = FiniteScan.FirstNonFinite<T>(weights);
        return index < 0
            ? weights
            : throw BinaryFile.Error($"Byte {offset + (index * size)}: weight {index} is {weights[index]}; every weight must be finite.");
    }
}
