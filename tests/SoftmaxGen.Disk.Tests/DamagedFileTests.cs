using System.Buffers.Binary;
using SoftmaxGen.DiskProbe;

namespace SoftmaxGen.Disk.Tests;

/// <summary>
/// Files that are damaged, cut off, foreign or forged: a <see cref="ModelFormatException"/> that names the file, from <c>Open</c> or from the first call that
/// reads what is damaged. <c>SOFTMAXGEN_FUZZ_FILES</c> of them.
/// </summary>
public sealed class DamagedFileTests : IDisposable
{
    private static readonly int _files = LongSetting.Of("SOFTMAXGEN_FUZZ_FILES", 1000);

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    [InlineData(Extras.None)]
    [InlineData(Extras.Weights)]
    [InlineData(Extras.Targets | Extras.Offsets)]
    public void No_change_of_a_byte_goes_unnoticed(Extras extras)
    {
        byte[] whole = Bytes(new RandomRows<NamedModel, double>(200, extras));
        var random = new Random((int)extras);
        for (int i = 0; i < _files; i++)
        {
            byte[] damaged = [.. whole];
            for (int changes = 1 + random.Next(3); changes > 0; changes--)
            {
                // As often in what describes the rows as in the rows.
                int place = random.Next(2) == 0 ? random.Next(damaged.Length) : damaged.Length - 1 - random.Next(damaged.Length - RowFileBytes.DataOffset);
                damaged[place] ^= (byte)(1 << random.Next(8));
            }

            if (!damaged.AsSpan().SequenceEqual(whole))
            {
                Refused(damaged, $"file {i}");
            }
        }
    }

    [Fact]
    public void Blocks_that_change_places_or_become_zeros_are_noticed()
    {
        byte[] whole = Bytes(new RandomRows<NamedModel, double>(70_000, Extras.None));
        var random = new Random(1);
        for (int i = 0; i < 40; i++)
        {
            int length = 1 << random.Next(4, 20);
            byte[] damaged = [.. whole];
            Span<byte> one = damaged.AsSpan(random.Next(damaged.Length - length), length);
            Span<byte> other = damaged.AsSpan(random.Next(damaged.Length - length), length);
            if (i % 2 == 0)
            {
                one.Clear();
            }
            else
            {
                one.ToArray().CopyTo(other);
            }

            if (!damaged.AsSpan().SequenceEqual(whole))
            {
                Refused(damaged, $"block {i}");
            }
        }
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_refused_at_once()
    {
        var file = new RowFileBytes(Bytes(new RandomRows<NamedModel, double>(200, Extras.Weights)));
        int[] ends = [0, 1, 8, 12, 16, RowFileBytes.DataOffset, file.DescriptionOffset, file.NumbersOffset, file.Bytes.Length - 16, file.Bytes.Length];
        foreach (int end in ends.SelectMany(static end => new[] { end - 1, end, end + 1 }).Where(end => end >= 0 && end < file.Bytes.Length))
        {
            Assert.Contains("rows", NotOpened(file.Bytes[..end]), StringComparison.Ordinal);
        }

        NotOpened([.. file.Bytes, 0]);
        NotOpened([.. file.Bytes, .. new byte[4096]]);
        NotOpened([.. file.Bytes, .. file.Bytes]);
    }

    [Fact]
    public void A_file_of_something_else_is_refused_with_what_it_is()
    {
        byte[] named = Bytes(new RandomRows<NamedModel, double>(100, Extras.None));
        NamedModel.FromWeights(new double[NamedModel.ParameterCount]).Save(_folder["model"], ModelFormat.Binary);
        Assert.Contains("signature", NotOpened(File.ReadAllBytes(_folder["model"])), StringComparison.Ordinal);
        Assert.Contains("signature", NotOpened("w,x,y,z,label\n1,2,3,4,a\n"u8.ToArray()), StringComparison.Ordinal);
        byte[] newer = [.. named];
        newer[8] = 2;
        Assert.Contains("version 2", NotOpened(newer), StringComparison.Ordinal);

        File.WriteAllBytes(_folder["rows"], named);
        string shape = Assert.Throws<ModelFormatException>(() => TrainingSet<StreamModel, float>.Open(_folder["rows"])).Message;
        Assert.Contains("3 classes x 4 features in double precision", shape, StringComparison.Ordinal);
        string names = Assert.Throws<ModelFormatException>(() => TrainingSet<OtherNamesModel, double>.Open(_folder["rows"])).Message;
        Assert.Contains("\"y\"", names, StringComparison.Ordinal);
    }

    [Fact]
    public void Forged_numbers_of_rows_take_no_memory()
    {
        byte[] whole = Bytes(new RandomRows<NamedModel, double>(100, Extras.None));
        long[] numbers = [long.MinValue, -1, 0, 1, 99, 128, int.MaxValue, int.MaxValue + 1L, long.MaxValue];
        for (int place = 0; place < 3; place++)
        {
            foreach (long number in numbers)
            {
                var forged = new RowFileBytes([.. whole]);
                if (forged.Integer(place) == number || (place == 1 && number is > 0 and <= int.MaxValue))
                {
                    continue;
                }

                BinaryPrimitives.WriteInt64LittleEndian(forged.Bytes.AsSpan(forged.NumbersOffset + (place * sizeof(long))), number);
                long before = GC.GetAllocatedBytesForCurrentThread();
                NotOpened(forged.ForgeDescription().Bytes, exceptFor: place == 0 && number is > 96 and <= 128);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
            }
        }

        foreach (long length in numbers)
        {
            byte[] forged = [.. whole];
            BinaryPrimitives.WriteInt64LittleEndian(forged.AsSpan(forged.Length - 16), length);
            NotOpened(forged);
        }
    }

    [Fact]
    public void Forged_statistics_must_be_finite()
    {
        var forged = new RowFileBytes(Bytes(new RandomRows<NamedModel, double>(100, Extras.None)));
        BinaryPrimitives.WriteDoubleLittleEndian(forged.Bytes.AsSpan(forged.NumbersOffset + (4 * sizeof(long))), double.NaN);
        NotOpened(forged.ForgeDescription().Bytes);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(1e300)]
    [InlineData(double.NaN)]
    public void A_forged_class_is_refused_before_it_is_used(double index)
    {
        var forged = new RowFileBytes(Bytes(new RandomRows<NamedModel, double>(100, Extras.None)));
        int indices = RowFileBytes.DataOffset + (128 * NamedModel.Features * sizeof(double));
        BinaryPrimitives.WriteDoubleLittleEndian(forged.Bytes.AsSpan(indices + (71 * sizeof(double))), index);

        string message = Refused(forged.Forge().Bytes, "forged class");
        Assert.Contains("class", message, StringComparison.Ordinal);
    }

    private static byte[] Bytes(RandomRows<NamedModel, double> rows)
    {
        using var folder = new Folder();
        rows.InFile(folder["rows"]).Dispose();
        return File.ReadAllBytes(folder["rows"]);
    }

    private string NotOpened(byte[] file, bool exceptFor = false)
    {
        if (exceptFor)
        {
            return "";
        }

        File.WriteAllBytes(_folder["damaged"], file);
        ModelFormatException refusal = Assert.Throws<ModelFormatException>(() => TrainingSet<NamedModel, double>.Open(_folder["damaged"]));
        return Names(refusal);
    }

    // By Open, or by the first pass over all rows.
    private string Refused(byte[] file, string what)
    {
        File.WriteAllBytes(_folder["damaged"], file);
        try
        {
            using TrainingSet<NamedModel, double> set = TrainingSet<NamedModel, double>.Open(_folder["damaged"]);
            SameSets.Derivatives(set, threads: 2);
            FeatureMoments.Of(set);
            SoftmaxTrainer.Train(set, new TrainingOptions { MaxIterations = 1, MissingClasses = MissingClasses.Allow, LabelSmoothing = 0.1 });
        }
        catch (ModelFormatException refusal)
        {
            return Names(refusal);
        }

        Assert.Fail($"{what} was read as if it were whole.");
        return "";
    }

    private string Names(ModelFormatException refusal)
    {
        Assert.Equal(_folder["damaged"], refusal.FileName);
        Assert.StartsWith(_folder["damaged"], refusal.Message, StringComparison.Ordinal);
        return refusal.Message;
    }
}
