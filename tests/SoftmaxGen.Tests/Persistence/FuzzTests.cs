using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using SoftmaxGen.TestModels.Persistence;

namespace SoftmaxGen.Tests.Persistence;

/// <summary>Damaged files: each is refused, or loads the very weights that were saved; none costs much memory.</summary>
public sealed class FuzzTests
{
    private const int FilesEach = 25_000;

    // What a refusal costs besides: the exception, its message and its stack trace, readers and hashes; a few kilobytes, however large the file.
    private const int FixedBytes = 16 * 1024;

    private static readonly string[] _numbers =
        ["1e400", "-1e-400", "0", "-0", "1E+308", "99999999999999999999", new string('9', 5000), "0." + new string('1', 5000)];

    public static TheoryData<string> Files => ["iris.v1.double.json", "iris.v1.double.bin", "iris.v1.single.json", "iris.v1.single.bin"];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_damaged_file_never_loads_other_weights(string name)
    {
        byte[] file = File.ReadAllBytes(Folder.Committed(name));
        if (name.Contains("double", StringComparison.Ordinal))
        {
            Fuzz<NamedIris, double>(file);
        }
        else
        {
            Fuzz<NamedIrisSingle, float>(file);
        }
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

    private static void Fuzz<TModel, T>(byte[] file)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        byte[] expected = MemoryMarshal.AsBytes(ModelFile.Load<TModel, T>(new MemoryStream(file)).Weights).ToArray();
        var random = new Random(20261);
        int refused = 0;
        for (int i = 0; i < FilesEach; i++)
        {
            byte[] damaged = Damage(file, random);
            using var stream = new MemoryStream(damaged);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                TModel model = ModelFile.Load<TModel, T>(stream);
                Assert.True(
                    MemoryMarshal.AsBytes(model.Weights).SequenceEqual(expected),
                    $"File {i} loads other weights: {Encoding.Latin1.GetString(damaged)}");
            }
            catch (ModelFormatException)
            {
                refused++;
            }

            // Beyond the first, which pays for what is made once.
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(i == 0 || allocated <= (10L * damaged.Length) + FixedBytes, $"File {i} of {damaged.Length} bytes costs {allocated} bytes.");
        }

        Assert.InRange(refused, FilesEach / 2, FilesEach - 1);
    }

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
