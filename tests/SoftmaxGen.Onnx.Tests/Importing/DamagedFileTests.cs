using System.Diagnostics;
using SoftmaxGen.Onnx.Tests.Harness;
using SoftmaxGen.Onnx.Wire;

namespace SoftmaxGen.Onnx.Tests.Importing;

/// <summary>Files with bytes that were changed, cut off or made up.</summary>
public class DamagedFileTests
{
    /// <summary>What reading takes beside the file: buffers, and the texts of an exception.</summary>
    private const int FixedBytes = 64 * 1024;

    // For files of two megabytes, too, on a busy machine.
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(10);

    private static readonly int _trials = LongSetting.Of("SOFTMAXGEN_FUZZ_FILES", 10_000);

    [Theory]
    [InlineData(OnnxForm.Classifier)]
    [InlineData(OnnxForm.Gemm)]
    public void Changed_bytes_give_a_model_or_the_one_exception(OnnxForm form)
    {
        byte[] file = Samples.Export<Named, double>(Samples.Model<Named, double>(), form);
        int refused = 0;
        for (int seed = 0; seed < _trials; seed++)
        {
            Random random = new(seed);
            byte[] damaged = [.. file];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                damaged[random.Next(damaged.Length)] = random.Next(3) switch
                {
                    0 => (byte)random.Next(256),
                    1 => 0xFF,
                    _ => (byte)(damaged[random.Next(damaged.Length)] ^ (1 << random.Next(8))),
                };
            }

            refused += IsRefused(damaged, seed) ? 1 : 0;
        }

        // Bytes of weights are free to change: ONNX has no checksum. Everything else is looked at.
        Assert.InRange(refused, _trials / 4, _trials - 1);
    }

    [Theory]
    [InlineData(OnnxForm.Classifier)]
    [InlineData(OnnxForm.Gemm)]
    public void A_file_cut_off_before_its_metadata_is_refused(OnnxForm form)
    {
        byte[] file = Samples.Export<Named, double>(Samples.Model<Named, double>(), form);
        int graphEnd = file.AsSpan().IndexOf("softmaxgen."u8) - 16;

        Assert.All(Enumerable.Range(0, graphEnd), length => Assert.True(IsRefused(file[..length]), $"{length} bytes of {file.Length} were taken for a model."));
    }

    [Fact]
    public void Bytes_made_up_are_refused()
    {
        Random random = new(12);
        byte[] bytes = new byte[200];
        for (int trial = 0; trial < _trials; trial++)
        {
            random.NextBytes(bytes);

            Assert.True(IsRefused(bytes));
        }
    }

    [Fact]
    public void Many_empty_parts_take_no_memory()
    {
        // A graph, field 7 of the model, of nodes without content, field 1 and two bytes each.
        byte[] nodes = [.. Enumerable.Repeat<byte[]>([(1 << 3) | 2, 0], 1_000_000).SelectMany(static node => node)];
        using MemoryStream file = new();
        new WireMessage().Add(7, nodes.AsMemory()).WriteTo(file);

        Assert.True(IsRefused(file.ToArray()));
    }

    /// <summary>
    /// A valid model with fields of no content behind it, or one in a message within messages; a field is found by the numbers of those around it.
    /// </summary>
    [Theory]
    [InlineData(8)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(7, 1, 5)]
    [InlineData(7, 1, 5, 5)]
    [InlineData(7, 1, 1)]
    [InlineData(7, 5, 1)]
    [InlineData(7, 11, 2)]
    [InlineData(7, 11, 2, 1, 2, 1)]
    [InlineData(7, 12, 2, 1, 2, 1)]
    public void A_field_repeated_a_million_times_takes_no_memory(params int[] path)
    {
        byte[] fields = [.. Enumerable.Repeat<byte[]>([(byte)((path[^1] << 3) | 2), 0], 1_000_000).SelectMany(static field => field)];
        using MemoryStream file = new();
        if (path.Length == 1)
        {
            file.Write(Samples.Export<Named, double>(Samples.Model<Named, double>(), OnnxForm.Classifier));
            file.Write(fields);
        }
        else
        {
            WireMessage message = new WireMessage().Add(path[^2], fields.AsMemory());
            foreach (int field in path.Reverse().Skip(2))
            {
                message = new WireMessage().Add(field, message);
            }

            message.WriteTo(file);
        }

        // Field 15 of a model means nothing and is passed over.
        Assert.Equal(path[0] != 15, IsRefused(file.ToArray()));
    }

    /// <summary>Integers of one byte each, which become numbers of eight.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_million_integers_take_ten_times_their_bytes_at_most(bool packed)
    {
        byte[] integers = packed ? new byte[1_000_000] : [.. Enumerable.Repeat<byte[]>([8 << 3, 0], 1_000_000).SelectMany(static field => field)];
        WireMessage attribute = packed ? new WireMessage().Add(8, integers.AsMemory()) : new WireMessage();
        using MemoryStream inner = new();
        attribute.WriteTo(inner);
        inner.Write(packed ? [] : integers);
        using MemoryStream file = new();
        new WireMessage().Add(7, new WireMessage().Add(1, new WireMessage().Add(5, inner.ToArray().AsMemory()))).WriteTo(file);

        Assert.True(IsRefused(file.ToArray()));
    }

    private static bool IsRefused(byte[] file, int seed = -1)
    {
        long start = Stopwatch.GetTimestamp();
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isRefused = false;
        try
        {
            Samples.Import<Named, double>(file);
        }
        catch (ModelFormatException)
        {
            isRefused = true;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= FixedBytes + (10L * file.Length), $"Seed {seed}: {allocated} bytes were allocated for a file of {file.Length}.");
        Assert.True(Stopwatch.GetElapsedTime(start) < _longest, $"Seed {seed}: a file of {file.Length} bytes took {Stopwatch.GetElapsedTime(start)}.");
        return isRefused;
    }
}
