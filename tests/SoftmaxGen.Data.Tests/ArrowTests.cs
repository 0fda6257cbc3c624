using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using SoftmaxGen.Data.Tests.Harness;

namespace SoftmaxGen.Data.Tests;

/// <summary>Arrow files, streams and record batches.</summary>
public sealed class ArrowTests
{
    private const int Rows = 5000;

    private static readonly int[] _labels = [-1, 0, 7];

    // Two features, each of a type of Arrow, and what they are as numbers.
    private static (IArrowArray Array, Func<int, double> Value) Numbers(string type) => type switch
    {
        "double" => (Filled(new DoubleArray.Builder(), static (b, i) => b.Append(i * 0.1)), static i => i * 0.1),
        "float" => (Filled(new FloatArray.Builder(), static (b, i) => b.Append(i * 0.1f)), static i => i * 0.1f),
        "half" => (Filled(new HalfFloatArray.Builder(), static (b, i) => b.Append((Half)(i % 100))), static i => i % 100),
        "int8" => (Filled(new Int8Array.Builder(), static (b, i) => b.Append((sbyte)(i % 100 - 50))), static i => i % 100 - 50),
        "int16" => (Filled(new Int16Array.Builder(), static (b, i) => b.Append((short)-i)), static i => -i),
        "int32" => (Filled(new Int32Array.Builder(), static (b, i) => b.Append(i * 100_000)), static i => i * 100_000),
        "int64" => (Filled(new Int64Array.Builder(), static (b, i) => b.Append(i * 1_000_000_007L)), static i => i * 1_000_000_007L),
        "uint8" => (Filled(new UInt8Array.Builder(), static (b, i) => b.Append((byte)i)), static i => (byte)i),
        "uint16" => (Filled(new UInt16Array.Builder(), static (b, i) => b.Append((ushort)i)), static i => (ushort)i),
        "uint32" => (Filled(new UInt32Array.Builder(), static (b, i) => b.Append((uint)i)), static i => (uint)i),
        "uint64" => (Filled(new UInt64Array.Builder(), static (b, i) => b.Append(ulong.MaxValue - (ulong)i)), static i => ulong.MaxValue - (ulong)i),
        "bool" => (Filled(new BooleanArray.Builder(), static (b, i) => b.Append(i % 3 == 0)), static i => i % 3 == 0 ? 1 : 0),
        "decimal" => (Filled(new Decimal128Array.Builder(new Decimal128Type(20, 3)), static (b, i) => b.Append(i * 0.125m)), static i => i * 0.125),
        "text" => (Filled(new StringArray.Builder(), static (b, i) => b.Append((i * 0.25).ToString(System.Globalization.CultureInfo.InvariantCulture))), static i => i * 0.25),
        _ => (
            new DictionaryArray(
                new DictionaryType(Int8Type.Default, DoubleType.Default, false),
                Filled(new Int8Array.Builder(), static (b, i) => b.Append((sbyte)(i % 3))),
                new DoubleArray.Builder().Append(0.5).Append(-1).Append(3).Build()),
            static i => new[] { 0.5, -1, 3 }[i % 3]),
    };

    private static IArrowArray Filled<TBuilder>(TBuilder builder, Action<TBuilder, int> append)
    {
        for (int i = 0; i < Rows; i++)
        {
            append(builder, i);
        }

        return builder switch
        {
            IArrowArrayBuilder<DoubleArray> one => one.Build(default),
            IArrowArrayBuilder<FloatArray> one => one.Build(default),
            IArrowArrayBuilder<HalfFloatArray> one => one.Build(default),
            IArrowArrayBuilder<Int8Array> one => one.Build(default),
            IArrowArrayBuilder<Int16Array> one => one.Build(default),
            IArrowArrayBuilder<Int32Array> one => one.Build(default),
            IArrowArrayBuilder<Int64Array> one => one.Build(default),
            IArrowArrayBuilder<UInt8Array> one => one.Build(default),
            IArrowArrayBuilder<UInt16Array> one => one.Build(default),
            IArrowArrayBuilder<UInt32Array> one => one.Build(default),
            IArrowArrayBuilder<UInt64Array> one => one.Build(default),
            IArrowArrayBuilder<BooleanArray> one => one.Build(default),
            IArrowArrayBuilder<Decimal128Array> one => one.Build(default),
            IArrowArrayBuilder<StringArray> one => one.Build(default),
            _ => throw new NotSupportedException(),
        };
    }

    private static RecordBatch Batch(string type) => new(
        new Schema([Field("a", Numbers(type).Array), Field("b", Numbers("double").Array), Field("label", Labels()), Field("id", Numbers("int32").Array)], null),
        [Numbers(type).Array, Numbers("double").Array, Labels(), Numbers("int32").Array],
        Rows);

    private static Field Field(string name, IArrowArray array) => new(name, array.Data.DataType, nullable: true);

    private static IArrowArray Labels() => Filled(new Int32Array.Builder(), static (b, i) => b.Append(_labels[i % 3]));

    private static TrainingSet<Listed, double> Expected(Func<int, double> a, int times = 1) => Listed.CreateTrainingSet(
        [.. Enumerable.Range(0, Rows * times).SelectMany(i => new[] { a(i % Rows), i % Rows * 0.1 })],
        [.. Enumerable.Range(0, Rows * times).Select(static i => _labels[i % Rows % 3])]);

    private static TrainingSet<Listed, double> Read(DataFile file, DataFileOptions? options = null)
    {
        using var builder = new TrainingSetBuilder<Listed, double>();
        builder.AddFile(file, options);
        return builder.Build();
    }

    [Theory]
    [InlineData("double")]
    [InlineData("float")]
    [InlineData("half")]
    [InlineData("int8")]
    [InlineData("int16")]
    [InlineData("int32")]
    [InlineData("int64")]
    [InlineData("uint8")]
    [InlineData("uint16")]
    [InlineData("uint32")]
    [InlineData("uint64")]
    [InlineData("bool")]
    [InlineData("decimal")]
    [InlineData("text")]
    [InlineData("dictionary")]
    public void Arrays_of_every_type_are_numbers(string type)
    {
        using RecordBatch batch = Batch(type);
        using TrainingSet<Listed, double> read = Read(DataFile.Arrow([batch]));
        using TrainingSet<Listed, double> expected = Expected(Numbers(type).Value);
        Sets.Equal(expected, read);
    }

    [Theory]
    [InlineData("file", null)]
    [InlineData("stream", null)]
    [InlineData("file", CompressionCodecType.Lz4Frame)]
    [InlineData("stream", CompressionCodecType.Zstd)]
    public void Files_and_streams_of_several_batches_are_read(string kind, CompressionCodecType? codec)
    {
        using var file = new TempFile("arrow");
        Write(file.Path, kind, codec, [Batch("double"), Batch("double")]);
        using var builder = new TrainingSetBuilder<Listed, double>();
        DataFileReport report = builder.AddFile(DataFile.Arrow(file.Path));
        using TrainingSet<Listed, double> read = builder.Build();
        using TrainingSet<Listed, double> expected = Expected(static i => i * 0.1, times: 2);
        Sets.Equal(expected, read);
        Assert.Equal(2 * Rows, report.Rows);
        Assert.Equal(["id"], report.UnusedColumns);
    }

    [Fact]
    public void Nulls_are_missing()
    {
        DoubleArray a = new DoubleArray.Builder().Append(1).AppendNull().Append(3).Append(double.NaN).Build();
        StringArray b = new StringArray.Builder().Append("1").Append("2").Append("NA").Append("4").Build();
        Int32Array label = new Int32Array.Builder().Append(0).Append(0).Append(7).Append(7).Build();
        using var batch = new RecordBatch(new Schema([Field("a", a), Field("b", b), Field("label", label)], null), [a, b, label], 4);
        DataFileException error = Assert.Throws<DataFileException>(() => Read(DataFile.Arrow([batch], "given")));
        Assert.StartsWith("given, row 3, column 'b': 'NA' is no number", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<DataFileException>(() => Read(DataFile.Arrow([batch], "given"), new DataFileOptions { Missing = ["NA"] }));
        Assert.StartsWith("given, row 2, column 'a': the value is missing", error.Message, StringComparison.Ordinal);
        Assert.Equal((2L, null), (error.Row, error.Line));

        using TrainingSet<Listed, double> read = Read(DataFile.Arrow([batch]), new DataFileOptions { Missing = ["NA"], IncompleteRows = IncompleteRows.Skip });
        Assert.Equal((1, 3), (read.RowCount, read.SkippedRowCount));
    }

    [Fact]
    public void Names_of_classes_may_be_a_dictionary()
    {
        var labels = new DictionaryArray(
            new DictionaryType(Int32Type.Default, StringType.Default, false),
            new Int32Array.Builder().Append(2).Append(0).Append(1).Build(),
            new StringArray.Builder().Append("setosa").Append("VERSICOLOR").Append("virginica").Build());
        DoubleArray one = new DoubleArray.Builder().Append(1).Append(2).Append(3).Build();
        string[] names = ["sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"];
        using var batch = new RecordBatch(
            new Schema([.. names.Select(name => Field(name, one)), new Field("label", labels.Data.DataType, true)], null), [one, one, one, one, labels], 3);
        using var builder = new TrainingSetBuilder<Named, double>();
        builder.AddFile(DataFile.Arrow([batch]));
        using TrainingSet<Named, double> read = builder.Build();
        using TrainingSet<Named, double> expected = Named.CreateTrainingSet([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3], [2, 0, 1]);
        Sets.Equal(expected, read);
    }

    [Fact]
    public void Rows_of_a_type_are_made_of_arrays()
    {
        Int32Array x = new Int32Array.Builder().Append(1).Append(2).Build();
        StringArray y = new StringArray.Builder().Append("0.5").Append("1e1").Build();
        BooleanArray label = new BooleanArray.Builder().Append(true).Append(false).Build();
        using var batch = new RecordBatch(new Schema([Field("X", x), Field("Y", y), Field("label", label)], null), [x, y, label], 2);
        using var builder = new TrainingSetBuilder<PointModel, double, Churn, Point>();
        builder.AddFile(DataFile.Arrow([batch, batch]));
        using TrainingSet<PointModel, double> read = builder.Build();
        Point[] points = [new Point { X = 1, Y = 0.5 }, new Point { X = 2, Y = 10 }];
        using TrainingSet<PointModel, double> expected = PointModel.CreateTrainingSet(
            [.. points, .. points], [Churn.Leaves, Churn.Stays, Churn.Leaves, Churn.Stays]);
        Sets.Equal(expected, read);
    }

    [Fact]
    public void A_type_that_is_no_number_is_named()
    {
        Date32Array dates = new Date32Array.Builder().Append(new DateOnly(2026, 1, 1)).Build();
        Int32Array label = new Int32Array.Builder().Append(0).Build();
        using var batch = new RecordBatch(new Schema([Field("a", dates), Field("b", label), Field("label", label)], null), [dates, label, label], 1);
        DataFileException error = Assert.Throws<DataFileException>(() => Read(DataFile.Arrow([batch], "given")));
        Assert.Equal(
            "given, column 'a': the column is of type date32, and no numbers, truth values or text; convert it where the file is written.", error.Message);
    }

    [Fact]
    public void Rows_are_counted_through_all_batches()
    {
        Int32Array zero = new Int32Array.Builder().Append(0).Append(0).Build();
        Int32Array label = new Int32Array.Builder().Append(7).Append(5).Build();
        Schema schema = new([Field("a", zero), Field("b", zero), Field("label", zero)], null);
        using var good = new RecordBatch(schema, [zero, zero, zero], 2);
        using var bad = new RecordBatch(schema, [zero, zero, label], 2);
        DataFileException error = Assert.Throws<DataFileException>(() => Read(DataFile.Arrow([good, good, bad], "given")));
        Assert.Equal("given, row 6, column 'label': '5' is no class; the classes are '-1', '0', '7', and the model gives them no names.", error.Message);
    }

    [Fact]
    public void Batches_that_differ_are_refused()
    {
        Int32Array one = new Int32Array.Builder().Append(0).Build();
        using var first = new RecordBatch(new Schema([Field("a", one), Field("b", one), Field("label", one)], null), [one, one, one], 1);
        using var second = new RecordBatch(new Schema([Field("b", one), Field("a", one), Field("label", one)], null), [one, one, one], 1);
        DataFileException error = Assert.Throws<DataFileException>(() => Read(DataFile.Arrow([first, second], "given")));
        Assert.StartsWith(
            "given, row 2: the record batch has the columns 'b', 'a', 'label'; those before have 'a', 'b', 'label'", error.Message, StringComparison.Ordinal);
        Assert.Throws<DataFileException>(() => Read(DataFile.Arrow([])));
    }

    [Theory]
    [InlineData("file", CompressionCodecType.Lz4Frame)]
    [InlineData("stream", CompressionCodecType.Lz4Frame)]
    [InlineData("file", CompressionCodecType.Zstd)]
    [InlineData("stream", CompressionCodecType.Zstd)]
    public void A_length_before_compression_that_is_not_possible_is_refused(string kind, CompressionCodecType codec)
    {
        using var file = new TempFile("arrow");
        Write(file.Path, kind, codec, [Batch("double"), Batch("double")]);
        byte[] bytes = File.ReadAllBytes(file.Path);
        byte[] length = BitConverter.GetBytes((long)Rows * sizeof(double));
        List<string> columns = [];
        for (int at = bytes.AsSpan().IndexOf(length), next; at >= 0; at = next < 0 ? -1 : at + 1 + next)
        {
            byte[] damaged = [.. bytes];
            BitConverter.TryWriteBytes(damaged.AsSpan(at), 1L << 30);
            File.WriteAllBytes(file.Path, damaged);
            DataFileException error = Assert.Throws<DataFileException>(() => Read(DataFile.Arrow(file.Path)));
            Assert.Contains("1073741824 uncompressed", error.Message, StringComparison.Ordinal);
            columns.Add(error.Message.Split(": ")[0] + ", " + error.Message.Split('(', ' ').SkipWhile(static word => word != "column").ElementAt(1));
            next = bytes.AsSpan(at + 1).IndexOf(length);
        }

        Assert.Equal(
            [$"{file.Path}, row 1, 'a'", $"{file.Path}, row 1, 'b'", $"{file.Path}, row {Rows + 1}, 'a'", $"{file.Path}, row {Rows + 1}, 'b'"], columns);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("stream")]
    public void A_file_that_is_cut_off_anywhere_is_refused(string kind)
    {
        using var file = new TempFile("arrow");
        Write(file.Path, kind, null, [Batch("double"), Batch("double")]);
        byte[] bytes = File.ReadAllBytes(file.Path);
        for (int length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 97))
        {
            File.WriteAllBytes(file.Path, bytes[..length]);
            DataFileException error = Assert.Throws<DataFileException>(() => Read(DataFile.Arrow(file.Path)));
            Assert.StartsWith(file.Path, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_stream_that_is_cut_off_between_two_batches_is_refused()
    {
        using var file = new TempFile("arrow");
        Write(file.Path, "stream", null, [Batch("double")]);
        byte[] one = File.ReadAllBytes(file.Path);

        // The last eight bytes say that there is no more.
        File.WriteAllBytes(file.Path, one[..^8]);

        Assert.Contains("fewer record batches", Assert.Throws<DataFileException>(() => Read(DataFile.Arrow(file.Path))).Message, StringComparison.Ordinal);
    }

    internal static void Write(string path, string kind, CompressionCodecType? codec, IEnumerable<RecordBatch> batches)
    {
        using FileStream stream = File.Create(path);
        var options = new IpcOptions { CompressionCodec = codec, CompressionCodecFactory = codec is null ? null : new CompressionCodecFactory() };
        ArrowStreamWriter? writer = null;
        foreach (RecordBatch batch in batches)
        {
            writer ??= kind == "file"
                ? new ArrowFileWriter(stream, batch.Schema, leaveOpen: true, options)
                : new ArrowStreamWriter(stream, batch.Schema, leaveOpen: true, options);
            writer.WriteRecordBatch(batch);
        }

        writer!.WriteEnd();
        writer.Dispose();
    }
}
