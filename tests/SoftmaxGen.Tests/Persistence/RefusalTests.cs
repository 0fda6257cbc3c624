using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SoftmaxGen.TestModels.Persistence;

namespace SoftmaxGen.Tests.Persistence;

/// <summary>What is not loaded, and what the message says.</summary>
public sealed partial class RefusalTests
{
    // Of a file of three classes and four features.
    private const int MostBytes = (1024 * 1024) + (64 * 15);

    private static readonly string _iris = File.ReadAllText(Folder.Committed("iris.v1.double.json"));

    /// <summary>Gets a piece of the file of iris, what to put in its place, and what the message must then say.</summary>
    public static TheoryData<string, string, string> Edits { get; } = new()
    {
        { "\"softmaxgen-model\"", "\"sklearn\"", "Line 2, byte 13: the format must be \"softmaxgen-model\"; it is \"sklearn\"." },
        { "\"version\": 1", "\"version\": 2", "Line 3, byte 14: the file has version 2; this release reads version 1." },
        { "\"version\": 1", "\"version\": 1.0", "the version must be an integer; it is 1.0." },
        { "\"version\": 1,", "\"version\": 2, \"compression\": \"zip\",", "the file has version 2" },
        { "\"classes\": 3", "\"classes\": 4", "the file is of 4 classes x 4 features in double precision; the model is of 3 x 4 in double." },
        { "\"features\": 4", "\"features\": 5", "the file is of 3 classes x 5 features" },
        { "\"classes\": 3", "\"classes\": 1e9", "the number of classes must be an integer; it is 1e9." },
        { "\"features\": 4", "\"features\": 99999999999", "the number of features must be an integer; it is 99999999999." },
        { "\"double\"", "\"single\"", "in single precision; the model is of 3 x 4 in double." },
        { "\"double\"", "64", "the precision must be \"double\" or \"single\"; it is 64." },
        { "\"firstLabel\": 0", "\"firstLabel\": 1", "the labels begin at 1 in the file and at 0 in the model; if they mean the same, set AcceptFingerprint = \"9a0ca8231c721651\"." },
        { "9a0ca8231c721651", "9a0ca8231c721652", "the fingerprint is \"9a0ca8231c721652\" in the file and \"9a0ca8231c721651\" in the model." },
        { "\"setosa\", \"versicolor\"", "\"versicolor\", \"setosa\"", "Line 9, byte 18: class 0 is \"versicolor\" in the file and 'setosa' in the model" },
        { "\"virginica\"", "\"Virginica\"", "class 2 is \"Virginica\" in the file and 'virginica' in the model" },
        { ", \"virginica\"", "", "classNames has 2 names in the file and 3 in the model." },
        { "\"virginica\"", "\"virginica\", \"x\"", "class 3 is \"x\" in the file, but the model has 3 names in classNames" },
        { "\"virginica\"", "7", "each of classNames must be a string; this one is 7." },
        { "\"setosa\"", "\"\\ud800\"", "class 0 is \"\\ud800\" in the file" },
        { "petal_width_cm", "petal_width_mm", "feature 3 is \"petal_width_mm\" in the file and 'petal_width_cm' in the model" },
        { "\"classNames\": [\"setosa\", \"versicolor\", \"virginica\"],", "", "the file has no \"classNames\", but the model calls class 0 'setosa'" },
        { "\"classes\": 3,", "", "Line 1, byte 1: the field \"classes\" is missing." },
        { "\"checksum\": \"f1625b21649e3212\",", "", "the field \"checksum\" is missing." },
        { "f1625b21649e3212", "f1625b21649e3213", "but that of the numbers in the file is \"f1625b21649e3212\"" },
        { "4.606033212269884", "4.606033212269885", "some of them were changed. Whoever edits a file by hand sets \"checksum\": \"none\"." },
        { "4.606033212269884", "NaN", "Line 12, byte 6: from here on the text is cut off, not valid JSON, or more than 8 deep." },
        { "4.606033212269884", "1e999", "each number of row 0 of weights must be finite; it is 1e999." },
        { "4.606033212269884", "null", "each number of row 0 of weights must be finite; it is null." },
        { "4.606033212269884", "\"4.606033212269884\"", "each number of row 0 of weights must be finite; it is \"4.606033212269884\"." },
        { "4.606033212269884, ", "", "row 0 of weights must be an array of 5 numbers; it has 4." },
        { "0.5649945191573598]", "0.5649945191573598, 1]", "row 2 of weights must be an array of 5 numbers; it has more." },
        { "0.5649945191573598]", "0.5649945191573598], []", "weights must be an array of 3 rows; it has more." },
        { "\"weights\": [", "\"weights\": [1, ", "row 0 of weights must be an array of 5 numbers." },
        { "\"weights\": [", "\"x-weights\": 1, \"weights\": [[]], \"x-more\": [", "weights must have 15 numbers; it is too short for as many." },
        { "\"weights\": [", "\"x-weights\": 1, \"weights\": 12345678901234567890123456789012345, \"x-more\": [", "weights must be an array of 3 rows." },
        { "\"rows\": 150", "\"rows\": [[[[[[[]]]]]]]", "more than 8 deep" },
        { "\"training\"", "\"trainning\"", "the field \"trainning\" is unknown; a field of your own must have a name that begins with x-." },
        { "\"training\"", "\"classes\"", "the field \"classes\" occurs twice." },
        { "\"training\"", "\"cl\\u0061sses\"", "the field \"classes\" occurs twice." },
        { "\n}\n", "\n}\n{}", "from here on the text is cut off, not valid JSON" },
        { "\n}\n", "\n", "from here on the text is cut off, not valid JSON" },
        { "\n}\n", ",\n}\n", "not valid JSON" },
        { "\"training\"", "\"temperature\": 0, \"training\"", "the temperature must be finite and positive; it is 0." },
        { "\"training\"", "\"temperature\": \"hot\", \"training\"", "the temperature must be finite and positive; it is \"hot\"." },
        { "\"training\"", "\"standardization\": {\"means\": [1, 2, 3, 4]}, \"training\"", "the field \"deviations\" is missing." },
        { "\"training\"", "\"standardization\": {\"means\": [1, 2, 3, 4], \"deviations\": [1, 2, 3, 0]}, \"training\"", "number 3 of deviations is 0; it must be positive." },
        { "\"training\"", "\"standardization\": {\"means\": [1, 2, 3], \"deviations\": [1, 2, 3, 4]}, \"training\"", "means must be an array of 4 numbers; it has 3." },
        { "\"training\"", "\"standardization\": {\"means\": [1, 2, 3, 4], \"deviations\": [1, 2, 3, 4], \"mode\": 1}, \"training\"", "the field \"mode\" is unknown" },
        { "\"training\"", "\"temperature\": 2, \"training\"", "some of them were changed" },
    };

    [Fact]
    public void The_message_names_the_file()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "{}");
            Check(Assert.Throws<ModelFormatException>(() => NamedIris.Load(path)));
            Check(Assert.Throws<ModelFormatException>(() => SklearnImport.Load<NamedIris, double>(path)));
            using FileStream stream = File.OpenRead(path);
            Check(Assert.Throws<ModelFormatException>(() => NamedIris.Load(stream)));
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Null(Assert.Throws<ModelFormatException>(() => NamedIris.Load(new MemoryStream("{}"u8.ToArray()))).FileName);

        void Check(ModelFormatException exception)
        {
            Assert.StartsWith($"{path}: Line 1, byte 1: ", exception.Message, StringComparison.Ordinal);
            Assert.Equal(path, exception.FileName);
        }
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public void An_edited_file_is_refused_with_its_reason(string piece, string replacement, string message)
    {
        Assert.Contains(piece, _iris, StringComparison.Ordinal);

        ModelFormatException exception = Assert.Throws<ModelFormatException>(() => Load(_iris.Replace(piece, replacement, StringComparison.Ordinal)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Matches(LineAndByte(), exception.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\u0089SMG")]
    [InlineData("<xml/>")]
    public void What_is_no_model_file_is_refused(string text) => Assert.Throws<ModelFormatException>(() => Load(text));

    [Fact]
    public void Files_of_other_models_are_refused()
    {
        using MemoryStream named = Saved(NamedIris.FromWeights(new double[15]));
        Refuses<ReorderedIris>(named, "class 0 is \"setosa\" in the file and 'virginica' in the model");
        Refuses<ReorderedFeatures>(named, "feature 0 is \"sepal_length_cm\" in the file and 'petal_width_cm' in the model");
        Refuses<NamedIrisFrom1>(named, "the labels begin at 0 in the file and at 1 in the model");
        Refuses<Double3x4>(named, "class 0 is \"setosa\" in the file, but the model has 0 names in classNames");
        Refuses<IrisPair>(named, "the file is of 3 classes x 4 features in double precision; the model is of 2 x 4 in double.");

        using MemoryStream plain = Saved(Double3x4.FromWeights(new double[15]));
        Refuses<NamedIris>(plain, "the file has no \"classNames\"");
        Refuses<RenamedIris>(plain, "at 0 in the file and at 1 in the model; if they mean the same, set AcceptFingerprint = \"36bcb7e909c67770\".");
    }

    [Fact]
    public void A_successor_loads_the_files_of_its_predecessor_and_its_own()
    {
        NamedIris predecessor = NamedIris.Load(Folder.Committed("iris.v1.double.json"));
        RenamedIris successor = RenamedIris.Load(Folder.Committed("iris.v1.double.json"));

        Assert.Equal(predecessor.Weights.ToArray(), successor.Weights.ToArray());
        Assert.Equal(["0123456789abcdef", "9a0ca8231c721651"], RenamedIris.Shape.AcceptedFingerprints);
        using var stream = new MemoryStream();
        successor.Save(stream);
        stream.Position = 0;
        Assert.Equal(predecessor.Weights.ToArray(), RenamedIris.Load(stream).Weights.ToArray());
    }

    [Fact]
    public void A_successor_compares_the_shape_all_the_same() =>
        Assert.Throws<ModelFormatException>(() => Load<RenamedIris>(_iris.Replace("\"features\": 4", "\"features\": 3", StringComparison.Ordinal)));

    [Fact]
    public void Fields_may_be_reordered_and_ones_own_added()
    {
        using JsonDocument file = JsonDocument.Parse(_iris);
        IEnumerable<string> fields = file.RootElement.EnumerateObject().Reverse().Select(static field => $"\"{field.Name}\":{field.Value.GetRawText()}");
        string reordered = $"{{{string.Join(",", fields)},\"x-note\":[[[{{\"a\":1,\"a\":2}}]]],\"x-note\":\"\\ud800\"}}";

        Assert.Equal(NamedIris.Load(Folder.Committed("iris.v1.double.json")).Weights.ToArray(), Load(reordered).Weights.ToArray());
    }

    [Fact]
    public void An_edited_file_may_say_that_it_has_no_checksum()
    {
        NamedIris model = Load(_iris.Replace("f1625b21649e3212", "none", StringComparison.Ordinal).Replace("4.606033212269884", "5", StringComparison.Ordinal));

        Assert.Equal(5, model.Weights[0]);
        Assert.Equal(-0.2693456780493594, model.Weights[1]);
    }

    [Fact]
    public void A_file_that_is_larger_than_any_of_the_model_is_refused()
    {
        using var endless = new MemoryStream(new byte[MostBytes + 1]);
        Refuses<NamedIris>(endless, "The file has more than 1049536 bytes; no file of this model has.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_is_as_large_as_any_is_loaded(bool knowsItsLength)
    {
        byte[] largest = Encoding.UTF8.GetBytes(_iris + new string(' ', MostBytes - Encoding.UTF8.GetByteCount(_iris)));
        using Stream whole = new MemoryStream(largest);
        using Stream piecemeal = new BufferedStream(new DeflateStream(Deflated(largest), CompressionMode.Decompress));

        Assert.Equal(Load(_iris).Weights, NamedIris.Load(knowsItsLength ? whole : piecemeal).Weights);
    }

    [Fact]
    public void Binary_files_say_what_is_wrong_where()
    {
        byte[] file = File.ReadAllBytes(Folder.Committed("iris.v1.double.bin"));
        int weights = file.Length - 8 - (15 * 8);

        RefusesBinary(Edit(bytes => bytes[8] = 2), "Byte 8: the file has version 2; this release reads version 1.");
        RefusesBinary(Edit(bytes => bytes[20] ^= 1), $"Byte {file.Length - 8}: the checksum is not that of the {file.Length - 8} bytes before it");
        RefusesBinary(file[..23], "The file is cut off after 23 bytes.");
        RefusesBinary(file[..^1], "the file is damaged or cut off");
        RefusesBinary([.. file, 0], "the file is damaged or cut off");
        RefusesBinary(
            Sealed(bytes => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), uint.MaxValue)),
            "Byte 12: the header is said to have 4294967295 bytes");
        RefusesBinary(
            Sealed(bytes => BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(weights + 16), double.NaN)),
            $"Byte {weights + 16}: weight 2 is NaN; every weight must be finite.");
        RefusesBinary(
            Sealed(bytes => bytes[bytes.AsSpan().IndexOf("setosa"u8)] = (byte)'S'),
            "Line 7, byte 18 of the header: class 0 is \"Setosa\" in the file and 'setosa' in the model");
        RefusesBinary(
            Sealed(bytes => bytes[bytes.AsSpan().IndexOf("training"u8)] = (byte)'T'),
            "of the header: the field \"Training\" is unknown");
        RefusesBinary(
            Seal([.. file[..^8], .. new byte[8], .. file[^8..]]), $"Byte {weights}: there are 128 bytes of weights; there must be 15 weights of 8 bytes.");
        RefusesBinary(Seal([.. file[..^16], .. file[^8..]]), $"Byte {weights}: there are 112 bytes of weights; there must be 15 weights of 8 bytes.");

        byte[] Edit(Action<byte[]> edit)
        {
            byte[] bytes = [.. file];
            edit(bytes);
            return bytes;
        }

        byte[] Sealed(Action<byte[]> edit) => Seal(Edit(edit));
    }

    private static MemoryStream Deflated(byte[] bytes)
    {
        var deflated = new MemoryStream();
        using (var writer = new DeflateStream(deflated, CompressionLevel.Fastest, leaveOpen: true))
        {
            writer.Write(bytes);
        }

        deflated.Position = 0;
        return deflated;
    }

    // Gives a damaged file the right checksum: a forger's file, which must not do harm either.
    private static byte[] Seal(byte[] file)
    {
        SHA256.HashData(file.AsSpan(0, file.Length - 8)).AsSpan(0, 8).CopyTo(file.AsSpan(file.Length - 8));
        return file;
    }

    private static void RefusesBinary(byte[] file, string message)
    {
        using var stream = new MemoryStream(file);
        Refuses<NamedIris>(stream, message);
    }

    private static void Refuses<TModel>(MemoryStream file, string message)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        file.Position = 0;
        ModelFormatException exception = Assert.Throws<ModelFormatException>(() => ModelFile.Load<TModel, double>(file));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private static MemoryStream Saved<TModel>(ISoftmaxModel<TModel, double> model)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        var stream = new MemoryStream();
        model.Save(stream);
        return stream;
    }

    private static NamedIris Load(string text) => Load<NamedIris>(text);

    private static TModel Load<TModel>(string text)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return ModelFile.Load<TModel, double>(stream);
    }

    [GeneratedRegex("^Line [0-9]+, byte [0-9]+: ")]
    private static partial Regex LineAndByte();
}
