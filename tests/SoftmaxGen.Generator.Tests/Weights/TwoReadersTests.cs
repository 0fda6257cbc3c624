using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SoftmaxGen.Generator.Reading.Weights;
using SoftmaxGen.Generator.Specs;
using SoftmaxGen.Generator.Tests.Fuzz;
using SoftmaxGen.Generator.Tests.Harness;

namespace SoftmaxGen.Generator.Tests.Weights;

/// <summary>
/// A model file is read by the library when a program runs and by the generator when it is compiled: they take the same files for the same weights.
/// </summary>
public class TwoReadersTests
{
    private const string Source = """
        using System.IO;
        using SoftmaxGen;

        [SoftmaxModel(Classes = 2, Features = 2)]
        public partial class Model;

        public static class Probe
        {
            public static double[]? Load(byte[] file)
            {
                try
                {
                    return Model.Load(new MemoryStream(file)).Weights.ToArray();
                }
                catch (ModelFormatException)
                {
                    return null;
                }
            }
        }
        """;

    // Put in between fields, wherever; some more than once.
    private static readonly string[] _fields =
    [
        "\"x-mine\": 1", "\"x-mine\": [1, {\"a\": \"b\"}]", "\"\\u0078-mine\": null", "\"x\\u002dmine\": true", "\"y\": 1", "\"x-\\ud800\": 1", "\"x-h\": \"\\ud800\"",
        "\"x-p\": \"\\ud83d\\ude00\"", "\"x-n\": {\"\\udc00\": 1}", "\"fingerprint\": \"\"", "\"fingerprint\": \"0123456789abcdef\"", "\"classNames\": []",
        "\"featureNames\": [\"a\", \"b\"]", "\"temperature\": 2", "\"temperature\": 0", "\"labels\": [0, 1]", "\"labels\": [1, 0]", "\"means\": [0, 1]",
        "\"standardization\": {\"means\": [1, -2], \"deviations\": [2, 0.5]}", "\"standardization\": {\"x-a\": 1, \"means\": [1, -2], \"deviations\": [2, 0.5]}",
        "\"training\": {\"x-a\": 1, \"x-a\": 2, \"rows\": 3}", "\"training\": {\"featureMeans\": [1, 2], \"featureDeviations\": [0, 1]}", "\"training\": \"\\ud800\"",
        "\"x-deep\": [[[[[[[]]]]]]]", "\"x-deep\": [[[[[[[[]]]]]]]]", "\"version\": 1", "\"x-e\": \"\\u00e4\"",
    ];

    private static readonly ModelSpec _model =
        new(new TypeSpec("", default, "Model", default, "Model"), 2, 2, 0, Precision.Double, 1 << 16, default, default) { Weights = WeightsFiles.Name };

    [Theory]
    [InlineData(1, 4_000)]
    public void Both_read_the_same(int seed, int files) => Compare(seed, files);

    [Theory]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    [InlineData(2)]
    public void Both_read_the_same_of_many(int seed) => Compare(seed, LongSetting.Of("SOFTMAXGEN_FUZZ_FILES", 100_000));

    private static void Compare(int seed, int files)
    {
        GeneratorHarness.CreateDriver(Settings.Default).RunGeneratorsAndUpdateCompilation(
            GeneratorHarness.Compile(Settings.Default, Source), out Compilation compilation, out _);
        using var loaded = new LoadedAssembly(compilation);
        Func<byte[], double[]?> load = loaded.Method<Func<byte[], double[]?>>("Probe", "Load");
        var random = new Random(seed);
        int read = 0;
        for (int i = 0; i < files; i++)
        {
            string text = Mutate(WeightsFiles.Text, random);

            double[]? atRunTime = load(Encoding.UTF8.GetBytes(text));
            double[]? atCompileTime = Bake(text);

            Assert.True(atRunTime is null == atCompileTime is null, $"Only {(atRunTime is null ? "the generator" : "the library")} reads:\n{text}");
            Assert.Equal(atRunTime?.Select(BitConverter.DoubleToInt64Bits), atCompileTime?.Select(BitConverter.DoubleToInt64Bits));
            read += atRunTime is null ? 0 : 1;
        }

        // Most of what is put in is refused by both, which shows little.
        Assert.InRange(read, files / 20, files * 19 / 20);
    }

    private static double[]? Bake(string text)
    {
        WeightsDocument document = WeightsReader.Read("/project/" + WeightsFiles.Name, SourceText.From(text), CancellationToken.None);
        return WeightsRules.Judge(_model, [document]).Weights?.WeightBits.Select(BitConverter.Int64BitsToDouble).ToArray();
    }

    private static string Mutate(string text, Random random)
    {
        var mutant = new StringBuilder(text);
        for (int changes = random.Next(4); changes > 0; changes--)
        {
            if (random.Next(4) > 0)
            {
                // Before a field, or within an object that was put in.
                int[] places = [.. Enumerable.Range(1, mutant.Length - 1).Where(i => mutant[i] == '"' && mutant[i - 1] is ' ' or '{')];
                if (places.Length > 0)
                {
                    mutant.Insert(places[random.Next(places.Length)], _fields[random.Next(_fields.Length)] + ", ");
                }
            }
            else
            {
                const string Alphabet = "{}[]\",:-+.eE0123456789 \n\\untrufalsx\0é";
                mutant[random.Next(mutant.Length)] = Alphabet[random.Next(Alphabet.Length)];
            }
        }

        return mutant.ToString();
    }
}
