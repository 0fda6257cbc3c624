using System.Runtime.InteropServices;
using SoftmaxGen.Persistence;

namespace SoftmaxGen.Training.Checkpoints;

/// <summary>
/// The file of a checkpoint: eight letters that say so, the number of passes, and of each the number of its numbers and these; in the end a checksum of all
/// that. Numbers are as the processor has them: another kind of processor would not go on to the same bits.
/// </summary>
internal static class CheckpointFile
{
    private static ReadOnlySpan<byte> Magic => "SMXPASS1"u8;

    /// <summary>Writes a file, in the place of the old one at once.</summary>
    public static void Write(string path, List<double[]> passes) => AtomicFile.Write(path, stream =>
    {
        using var digest = new Digest();
        Append(Magic);
        AppendNumber(passes.Count);
        foreach (double[] pass in passes)
        {
            AppendNumber(pass.Length);
            Append(MemoryMarshal.AsBytes(pass.AsSpan()));
        }

        Span<byte> checksum = stackalloc byte[Digest.Length];
        digest.Finish(checksum);
        stream.Write(checksum);

        void AppendNumber(long number) => Append(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in number)));

        void Append(ReadOnlySpan<byte> bytes)
        {
            digest.Append(bytes);
            stream.Write(bytes);
        }
    });

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The file is no checkpoint, or damaged.</exception>
    public static List<double[]> Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int end = file.Length - Digest.Length;
        if (end < Magic.Length + sizeof(long) || !file.AsSpan().StartsWith(Magic))
        {
            throw new InvalidDataException($"'{path}' is no checkpoint of a training.");
        }

        using var digest = new Digest();
        digest.Append(file.AsSpan(0, end));
        Span<byte> checksum = stackalloc byte[Digest.Length];
        digest.Finish(checksum);
        if (!checksum.SequenceEqual(file.AsSpan(end)))
        {
            throw new InvalidDataException($"'{path}' is damaged: its checksum is not that of its content.");
        }

        ReadOnlySpan<byte> rest = file.AsSpan(Magic.Length, end - Magic.Length);
        long count = TakeNumber(ref rest);
        List<double[]> passes = [];
        for (long i = 0; i < count; i++)
        {
            // The checksum tells of damage, and not of a file that someone else made.
            if (rest.Length < sizeof(long) || TakeNumber(ref rest) is not (>= 0 and var length) || length > rest.Length / sizeof(double))
            {
                throw new InvalidDataException($"'{path}' is damaged: it says that it has {count} passes, and pass {i + 1} does not lie within it.");
            }

            int bytes = (int)length * sizeof(double);
            passes.Add(MemoryMarshal.Cast<byte, double>(rest[..bytes]).ToArray());
            rest = rest[bytes..];
        }

        return count >= 0 && rest.IsEmpty
            ? passes
            : throw new InvalidDataException($"'{path}' is damaged: it says that it has {count} passes, and {rest.Length} bytes are left behind them.");
    }

    private static long TakeNumber(ref ReadOnlySpan<byte> rest)
    {
        long number = MemoryMarshal.Read<long>(rest);
        rest = rest[sizeof(long)..];
        return number;
    }
}
