using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SoftmaxGen.TestModels.Persistence;

namespace SoftmaxGen.Tests.Persistence;

/// <summary>
/// Damaged files: each is refused, or loads the very weights that were saved; none costs much memory or time. The environment variable
/// <c>SOFTMAXGEN_FUZZ_FILES</c> sets the number of each kind; the seed that a failure names is that of one file.
/// </summary>
public sealed class FuzzTests
{
    // What a refusal costs besides: the exception, its message and its stack trace, readers and hashes; a few kilobytes, however large the file.
    private const int FixedBytes = 16 * 1024;

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(1);

    private static readonly int _filesEach = LongSetting.Of("SOFTMAXGEN_FUZZ_FILES", 20_000);

    private static readonly string[] _numbers =
        ["1e400", "-1e-400", "0", "-0", "1E+308", "99999999999999999999", new string('9', 5000), "0." + new string('1', 5000)];

    private static readonly byte[] _iris = File.ReadAllBytes(Folder.Committed("iris.v1.double.json"));

    private delegate TModel Loader<TModel>(Stream stream);

    // The weights that a file says it has, by another reader; null where that reader cannot tell.
    private delegate double[]? Reading(byte[] file);

    [Theory]
    [InlineData("iris.v1.double.json")]
    [InlineData("iris.v1.double.bin")]
    public void A_damaged_file_never_loads_other_weights(string name)
    {
        byte[] file = File.ReadAllBytes(Folder.Committed(name));
        double[] weights = [.. NamedIris.Load(new MemoryStream(file)).Weights];
        Fuzz<NamedIris, double>(file, NamedIris.Load, _ => weights);
    }

    [Theory]
    [InlineData("iris.v1.single.json")]
    [InlineData("iris.v1.single.bin")]
    public void A_damaged_file_never_loads_other_weights_in_single_precision(string name)
    {
        byte[] file = File.ReadAllBytes(Folder.Committed(name));
        double[] weights = Widen(NamedIrisSingle.Load(new MemoryStream(file)).Weights);
        Fuzz<NamedIrisSingle, float>(file, NamedIrisSingle.Load, _ => weights);
    }

    [Fact]
    public void A_binary_file_with_the_right_checksum_loads_the_weights_that_are_in_it()
    {
        Fuzz<NamedIris, double>(File.ReadAllBytes(Folder.Committed("iris.v1.double.bin")), NamedIris.Load, ReadBinary<double>, Seal);
        Fuzz<NamedIrisSingle, float>(File.ReadAllBytes(Folder.Committed("iris.v1.single.bin")), NamedIrisSingle.Load, ReadBinary<float>, Seal);
    }

    [Fact]
    public void A_file_without_a_checksum_loads_the_weights_that_are_in_it()
    {
        byte[] file = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(_iris).Replace("f1625b21649e3212", "none", StringComparison.Ordinal));
        Fuzz<NamedIris, double>(file, NamedIris.Load, ReadJson);
    }

    [Theory]
    [InlineData("iris")]
    [InlineData("iris-scaled")]
    public void A_damaged_file_of_scikit_learn_loads_the_weights_that_are_in_it(string name)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Persistence", "Sklearn", "Fixtures", name + ".sklearn.json"));
        Fuzz<NamedIris, double>(file, static stream => SklearnImport.Load<NamedIris, double>(stream), ReadSklearn);
    }

    [Fact]
    public void What_a_file_claims_costs_no_memory()
    {
        // A model of 628,000 bytes, and files of some hundred that claim to be it.
        const string Claim = """{"format":"softmaxgen-model","version":1,"classes":100,"features":784,"precision":"double","firstLabel":0,"checksum":"none","weights":""";
        string[] files = [Claim + "[]}", Claim + "[[]]}", Claim + "[[0,0,0]]}", Claim + new string('[', 5000), Claim + "\"" + new string('x', 5000)];
        foreach (string text in files)
        {
            byte[] file = Encoding.UTF8.GetBytes(text);
            Refuse(file);

            long before = GC.GetAllocatedBytesForCurrentThread();
            Refuse(file);

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (10L * file.Length) + FixedBytes);
        }

        static void Refuse(byte[] file) => Assert.Throws<ModelFormatException>(() => Double100x784.Load(new MemoryStream(file)));
    }

    [Fact]
    public void Many_fields_and_names_cost_no_memory()
    {
        string names = string.Join(",", Enumerable.Repeat("\"\"", 100_000));
        string fields = string.Join(",", Enumerable.Repeat("\"x-\":0", 50_000));
        string[] files =
        [
            $$"""{"format":"softmaxgen-model","version":1,"classes":3,"features":4,"precision":"double","firstLabel":0,"classNames":[{{names}}]}""",
            $$"""{{{fields}}}""",
            $$"""{{{fields.Replace("x-", "y", StringComparison.Ordinal)}}}""",
            $$"""{"format":"{{new string('x', 500_000)}}"}""",
            $$"""{"format":"softmaxgen-model","version":1,"classes":3,"features":4,"precision":"{{new string('x', 500_000)}}","firstLabel":0}""",
        ];
        foreach (string text in files)
        {
            byte[] file = Encoding.UTF8.GetBytes(text);
            using var stream = new MemoryStream(file);

            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<ModelFormatException>(() => NamedIris.Load(stream));

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (10L * file.Length) + FixedBytes);
        }
    }

    private static void Fuzz<TModel, T>(byte[] file, Loader<TModel> load, Reading read, Func<byte[], byte[]>? mend = null)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int refused = 0;
        for (int seed = 0; seed < _filesEach; seed++)
        {
            byte[] damaged = Damage(file, new Random(seed));
            damaged = mend is null ? damaged : mend(damaged);
            using var stream = new MemoryStream(damaged);
            long start = Stopwatch.GetTimestamp();
            long before = GC.GetAllocatedBytesForCurrentThread();
            TModel? model = Load(load, stream);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);

            // The first one pays for what is made once; a machine may pause at any time, but not twice at the same file.
            Assert.True(seed == 0 || allocated <= (10L * damaged.Length) + FixedBytes, $"Seed {seed}: {damaged.Length} bytes cost {allocated} bytes.");
            Assert.True(elapsed < _longest || TimeAgain(load, damaged) < _longest, $"Seed {seed}: {damaged.Length} bytes take {elapsed}.");
            refused += model is null ? 1 : 0;
            if (model is not null && read(damaged) is { } weights)
            {
                Assert.True(weights.AsSpan().SequenceEqual(Widen(model.Weights)), $"Seed {seed} loads other weights: {Encoding.Latin1.GetString(damaged)}");
            }
        }

        Assert.InRange(refused, _filesEach / 2, _filesEach - 1);
    }

    private static TModel? Load<TModel>(Loader<TModel> load, Stream stream)
        where TModel : class
    {
        try
        {
            return load(stream);
        }
        catch (ModelFormatException)
        {
            return null;
        }
    }

    private static TimeSpan TimeAgain<TModel>(Loader<TModel> load, byte[] file)
        where TModel : class
    {
        using var stream = new MemoryStream(file);
        long start = Stopwatch.GetTimestamp();
        Load(load, stream);
        return Stopwatch.GetElapsedTime(start);
    }

    private static double[] Widen<T>(ReadOnlySpan<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Array.ConvertAll(weights.ToArray(), double.CreateChecked);

    // Gives a damaged file the right checksum: a forger's file, which must not do harm either.
    private static byte[] Seal(byte[] file)
    {
        if (file.Length >= 8)
        {
            SHA256.HashData(file.AsSpan(0, file.Length - 8)).AsSpan(0, 8).CopyTo(file.AsSpan(file.Length - 8));
        }

        return file;
    }

    private static double[]? ReadBinary<T>(byte[] file)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int headerLength = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(12));
        bool isFolded = file.AsSpan(16, headerLength).IndexOf("standardization"u8) >= 0;
        return isFolded ? null : Widen<T>(MemoryMarshal.Cast<byte, T>(file.AsSpan(16 + headerLength)[..^8]));
    }

    private static double[]? ReadJson(byte[] file)
    {
        using JsonDocument document = JsonDocument.Parse(file);
        return document.RootElement.TryGetProperty("standardization", out _)
            ? null
            : [.. document.RootElement.GetProperty("weights").EnumerateArray().SelectMany(static row => Numbers(row))];
    }

    // Where the names are in the order of the model and nothing is scaled.
    private static double[]? ReadSklearn(byte[] file)
    {
        using JsonDocument document = JsonDocument.Parse(file);
        JsonElement root = document.RootElement;
        if (IsMissing("intercept_") || IsMissing("feature_names_in_") || !IsMissing("scale_") || !IsMissing("mean_"))
        {
            return null;
        }

        ModelShape shape = NamedIris.Shape;
        return Texts("classes_").SequenceEqual(shape.ClassNames) && Texts("feature_names_in_").SequenceEqual(shape.FeatureNames)
            ? [.. root.GetProperty("coef_").EnumerateArray().Zip(Numbers(root.GetProperty("intercept_")), WithBias).SelectMany(static row => row)]
            : null;

        bool IsMissing(string name) => !root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null;

        static IEnumerable<double> WithBias(JsonElement row, double bias) => Numbers(row).Prepend(bias);

        IEnumerable<string> Texts(string name) => root.GetProperty(name).EnumerateArray().Select(static text => text.ToString());
    }

    private static IEnumerable<double> Numbers(JsonElement array) => array.EnumerateArray().Select(static number => number.GetDouble());

    // One to three mutations, of every kind there is in the wild and a few that are made.
    private static byte[] Damage(byte[] file, Random random)
    {
        byte[] damaged = file;
        int times = random.Next(1, 4);
        for (int i = 0; i < times; i++)
        {
            damaged = Mutate(damaged, random);
        }

        return damaged;
    }

    private static byte[] Mutate(byte[] file, Random random)
    {
        if (file.Length == 0)
        {
            return [(byte)random.Next(256)];
        }

        int at = random.Next(file.Length);
        int length = random.Next(1, 1 + Math.Min(40, file.Length - at));
        switch (random.Next(10))
        {
            case 0:
                byte[] flipped = [.. file];
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                return file[..at];
            case 2:
                return [.. file[..at], .. file[(at + length)..]];
            case 3:
                return [.. file[..(at + length)], .. file[at..]];
            case 4:
                byte[] noise = new byte[length];
                random.NextBytes(noise);
                return [.. file[..at], .. noise, .. file[(at + length)..]];
            case 5:
                return SwapLines(file, random);
            case 6:
                return ReplaceNumber(file, at, random);
            case 7:
                return [.. file[..at], .. Encoding.ASCII.GetBytes(new string("[{"[random.Next(2)], random.Next(1, 300))), .. file[at..]];
            case 8:
                byte[] digits = [.. file];
                int digit = Array.FindIndex(digits, at, static octet => char.IsAsciiDigit((char)octet));
                if (digit >= 0)
                {
                    digits[digit] = (byte)('0' + random.Next(10));
                }

                return digits;
            default:
                return [.. file[..at], .. " \t\n,:x\0\u00ff"u8.ToArray().AsSpan(random.Next(8), 1), .. file[at..]];
        }
    }

    private static byte[] SwapLines(byte[] file, Random random)
    {
        string[] lines = Encoding.Latin1.GetString(file).Split('\n');
        int a = random.Next(lines.Length);
        int b = random.Next(lines.Length);
        (lines[a], lines[b]) = (lines[b], lines[a]);
        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }

    private static byte[] ReplaceNumber(byte[] file, int at, Random random)
    {
        SearchValues<byte> number = SearchValues.Create("+-.0123456789Ee"u8);
        int start = file.AsSpan(at).IndexOfAny(number);
        if (start < 0)
        {
            return file;
        }

        start += at;
        int length = file.AsSpan(start).IndexOfAnyExcept(number);
        string replacement = random.Next(4) == 0 ? random.NextDouble().ToString("R", CultureInfo.InvariantCulture) : _numbers[random.Next(_numbers.Length)];
        return [.. file[..start], .. Encoding.ASCII.GetBytes(replacement), .. file[(length < 0 ? file.Length : start + length)..]];
    }
}
