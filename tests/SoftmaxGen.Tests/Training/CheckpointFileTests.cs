using System.Security.Cryptography;
using SoftmaxGen.Persistence;
using SoftmaxGen.Tests.Persistence;
using SoftmaxGen.Training.Checkpoints;

namespace SoftmaxGen.Tests.Training;

/// <summary>
/// Checkpoints that were damaged, or forged with the right checksum, at random: each is refused, or has the passes that its bytes say. The environment variable
/// <c>SOFTMAXGEN_FUZZ_FILES</c> sets the number of them.
/// </summary>
public sealed class CheckpointFileTests
{
    private const int HeadBytes = 16;

    private static readonly int _files = LongSetting.Of("SOFTMAXGEN_FUZZ_FILES", 2000);

    private static readonly List<double[]> _passes = [[1, 2, 3], [], [-0.0, double.NaN], [.. Enumerable.Range(0, 100).Select(static i => i * 0.1)]];

    [Fact]
    public void What_was_written_is_read()
    {
        using var folder = new Folder();
        CheckpointFile.Write(folder["checkpoint"], _passes);
        RequirePasses(CheckpointFile.Read(folder["checkpoint"]));
    }

    [Fact]
    public void A_damaged_file_is_refused() => Change(isForged: false);

    [Fact]
    public void A_forged_file_has_what_its_bytes_say_or_is_refused() => Change(isForged: true);

    private static void Change(bool isForged)
    {
        using var folder = new Folder();
        string path = folder["checkpoint"];
        CheckpointFile.Write(path, _passes);
        byte[] whole = File.ReadAllBytes(path);
        var random = new Random(7);
        int refused = 0;
        for (int i = 0; i < _files; i++)
        {
            byte[] changed = Mutate(whole, random);
            if (isForged)
            {
                SHA256.HashData(changed.AsSpan(0, changed.Length - Digest.Length)).AsSpan(0, Digest.Length)
                    .CopyTo(changed.AsSpan(changed.Length - Digest.Length));
            }

            File.WriteAllBytes(path, changed);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                List<double[]> passes = CheckpointFile.Read(path);
                if (isForged)
                {
                    Assert.Equal(changed.Length, HeadBytes + passes.Sum(static pass => sizeof(long) + (sizeof(double) * pass.Length)) + Digest.Length);
                }
                else
                {
                    RequirePasses(passes);
                }
            }
            catch (InvalidDataException refusal)
            {
                Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (10 * changed.Length) + (64 << 10));
        }

        Assert.InRange(refused, _files / 4, _files);
    }

    // Bits of any byte, or of the numbers of passes and their lengths; bytes cut out, doubled or left off.
    private static byte[] Mutate(byte[] whole, Random random)
    {
        List<byte> changed = [.. whole];
        int content = whole.Length - Digest.Length;
        int at = random.Next(2) == 0 ? random.Next(content) : random.Next(HeadBytes + (4 * sizeof(long)));
        int count = Math.Min(random.Next(1, 20), content - at);
        switch (random.Next(4))
        {
            case 0:
                changed.RemoveRange(at, count);
                break;
            case 1:
                changed.InsertRange(at, changed.GetRange(at, count));
                break;
            default:
                changed[at] ^= (byte)(1 << random.Next(8));
                break;
        }

        return [.. changed];
    }

    private static void RequirePasses(List<double[]> passes) =>
        Assert.Equal(_passes.SelectMany(static pass => pass).Select(BitConverter.DoubleToInt64Bits),
            passes.SelectMany(static pass => pass).Select(BitConverter.DoubleToInt64Bits));
}
