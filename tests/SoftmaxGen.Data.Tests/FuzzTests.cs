using System.Globalization;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Parquet;
using Parquet.Schema;
using SoftmaxGen.Data.Tests.Harness;

namespace SoftmaxGen.Data.Tests;

/// <summary>
/// Files whose bytes were changed at random: either the documented exception names the file, and the builder is as before, or all rows
/// that the file has are read; neither takes much memory. <c>SOFTMAXGEN_FILE_MUTATIONS</c> of each kind are tried.
/// </summary>
[Collection(Allocations.Name)]
public sealed class FuzzTests
{
    private const int Rows = 60;

    private static readonly int _mutations = LongSetting.Of("SOFTMAXGEN_FILE_MUTATIONS", 200);

    private static readonly Client[] _clients =
    [
        .. Enumerable.Range(0, Rows).Select(static i => new Client(
            new[] { Contract.Monthly, Contract.OneYear, Contract.TwoYears }[i % 3],
            new[] { "none", "DSL", "fiber" }[i % 3],
            i % 5 == 0 ? null : "DE",
            i % 2 == 0,
            i % 7 == 0 ? null : i * 1.25,
            i,
            (Services)(i % 8),
            $"user {i}",
            [i, -i],
            i * 0.1m,
            (sbyte)i,
            (ulong)i,
            i % 4 == 0 ? Churn.Leaves : Churn.Stays) { Usage = i * 0.5f, IsNew = i % 3 == 0 ? null : true }),
    ];

    private static string Csv(char delimiter, string quote) => string.Join(
        '\n',
        _clients.Select(client => string.Join(delimiter, Fields(client).Select(field => $"{quote}{field}{quote}")))
            .Prepend(
                string.Join(
                    delimiter, new[] { "Contract", "Internet", "Country", "IsSenior", "charges (EUR)", "Months", "Services", "User", "Embedding[0]",
                        "Embedding[1]", "Balance", "Small", "Large", "Churn", "Usage", "IsNew", "Note" }.Select(name => $"{quote}{name}{quote}"))))
        + "\n";

    private static string[] Fields(Client client) =>
    [
        client.Contract.ToString(), client.Internet, client.Country ?? "", client.IsSenior.ToString(), Text(client.Charges), Text(client.Months),
        client.Services.ToString().Replace(", ", "|", StringComparison.Ordinal), client.User, Text(client.Embedding[0]), Text(client.Embedding[1]), Text(client.Balance), Text(client.Small), Text(client.Large),
        client.Churn.ToString(), Text(client.Usage), client.IsNew.ToString() ?? "", "a note",
    ];

    private static string Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture) ?? "";

    /// <summary>Changes bytes: some turned, cut out, put in, doubled, or the end cut off.</summary>
    private static byte[] Mutate(byte[] bytes, Random random)
    {
        List<byte> changed = [.. bytes];
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            int at = random.Next(changed.Count);
            int count = Math.Min(random.Next(1, 9), changed.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    changed[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    changed[at] = (byte)random.Next(256);
                    break;
                case 2:
                    changed.RemoveRange(at, count);
                    break;
                case 3:
                    changed.InsertRange(at, changed.GetRange(random.Next(changed.Count - count), count));
                    break;
                case 4:
                    changed.Insert(at, (byte)"\"\n,;\r\0\xFF\x80-9"[random.Next(10)]);
                    break;
                default:
                    changed.RemoveRange(at, changed.Count - at);
                    break;
            }

            if (changed.Count < 10)
            {
                break;
            }
        }

        return [.. changed];
    }

    private static (int Read, int Refused) Try(byte[] bytes, string extension, Func<string, DataFile> name, Func<byte[], int> rowsOf)
    {
        using var file = new TempFile(extension);
        File.WriteAllBytes(file.Path, bytes);
        using (var whole = new TrainingSetBuilder<ClientModel, double, Churn, Client>())
        {
            int times = (int)(whole.AddFile(name(file.Path)).Rows / Rows);
            using TrainingSet<ClientModel, double> set = whole.Build();
            using TrainingSet<ClientModel, double> expected = ClientModel.CreateTrainingSet(
                [.. Enumerable.Repeat(_clients, times).SelectMany(static clients => clients)]);
            Sets.Equal(expected, set);
        }

        var random = new Random(bytes.Length);
        int read = 0;
        int refused = 0;
        for (int mutation = 0; mutation < _mutations; mutation++)
        {
            byte[] changed = Mutate(bytes, random);
            File.WriteAllBytes(file.Path, changed);
            using var builder = new TrainingSetBuilder<ClientModel, double, Churn, Client>();
            builder.Add(_clients);
            long allocated = GC.GetTotalAllocatedBytes();
            try
            {
                DataFileReport report = Task.Run(() => builder.AddFile(name(file.Path))).WaitAsync(Allocations.Longest).GetAwaiter().GetResult();
                Assert.Equal(Rows + report.Rows, builder.RowCount);
                Assert.True(rowsOf(changed) == report.Rows, $"mutation {mutation}: {report.Rows} rows of {rowsOf(changed)}");
                read++;
            }
            catch (DataFileException error)
            {
                Assert.StartsWith(file.Path, error.Message, StringComparison.Ordinal);
                Assert.Equal(file.Path, error.FileName);
                Assert.Equal(Rows, builder.RowCount);
                refused++;
            }

            allocated = GC.GetTotalAllocatedBytes() - allocated;
            Assert.True(allocated < Allocations.Most, $"mutation {mutation}: {allocated} bytes");
            builder.Build().Dispose();
        }

        return (read, refused);
    }

    [Theory]
    [InlineData(',', "")]
    [InlineData(';', "\"")]
    public void A_text_file(char delimiter, string quote)
    {
        (int read, int refused) = Try(Encoding.UTF8.GetBytes(Csv(delimiter, quote)), "csv", static path => DataFile.Csv(path), RowsOfText);
        Assert.True(read > 0 && refused > _mutations / 3, $"{read} read, {refused} refused");
    }

    // Rows as a machine with two states counts them: line breaks within quotes end no row, and blank lines are none.
    private static int RowsOfText(byte[] bytes)
    {
        int rows = 0;
        bool isQuoted = false;
        bool isBlank = true;
        foreach (char unit in Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF') + "\n")
        {
            isQuoted ^= unit == '"';
            if (!isQuoted && unit is '\n' or '\r' && !isQuoted)
            {
                rows += isBlank ? 0 : 1;
                isBlank = true;
            }
            else if (!char.IsWhiteSpace(unit))
            {
                isBlank = false;
            }
        }

        return rows - 1;
    }

    [LongTheory(every: 2)]
    [InlineData("file", CompressionCodecType.Lz4Frame)]
    [InlineData("stream", CompressionCodecType.Zstd)]
    public void An_Arrow_file_that_is_compressed(string kind, CompressionCodecType codec) => TryArrow(kind, codec);

    [LongTheory(every: 2)]
    [InlineData("file")]
    [InlineData("stream")]
    public void An_Arrow_file(string kind) => TryArrow(kind, null);

    private static void TryArrow(string kind, CompressionCodecType? codec)
    {
        using var file = new TempFile("arrow");
        RecordBatch batch = Batch();
        ArrowTests.Write(file.Path, kind, codec, [batch, batch]);
        (int read, int refused) = Try(File.ReadAllBytes(file.Path), "arrow", DataFile.Arrow, static _ => 2 * Rows);
        Assert.True(read + refused == _mutations && refused > _mutations / 10, $"{read} read, {refused} refused");
    }

    private static RecordBatch Batch()
    {
        (string Name, IArrowArray Array)[] columns =
        [
            ("Contract", Strings(static client => client.Contract.ToString())),
            ("Internet", Strings(static client => client.Internet)),
            ("Country", Strings(static client => client.Country)),
            ("IsSenior", new BooleanArray.Builder().AppendRange(_clients.Select(static client => client.IsSenior)).Build()),
            ("charges (EUR)", Doubles(static client => client.Charges)),
            ("Months", new Int32Array.Builder().AppendRange(_clients.Select(static client => client.Months)).Build()),
            ("Services", new UInt64Array.Builder().AppendRange(_clients.Select(static client => (ulong)client.Services)).Build()),
            ("User", Strings(static client => client.User)),
            ("Embedding[0]", new FloatArray.Builder().AppendRange(_clients.Select(static client => client.Embedding[0])).Build()),
            ("Embedding[1]", new FloatArray.Builder().AppendRange(_clients.Select(static client => client.Embedding[1])).Build()),
            ("Balance", Doubles(static client => (double)client.Balance)),
            ("Small", new Int8Array.Builder().AppendRange(_clients.Select(static client => client.Small)).Build()),
            ("Large", new UInt64Array.Builder().AppendRange(_clients.Select(static client => client.Large)).Build()),
            ("Churn", new DictionaryArray(
                new Apache.Arrow.Types.DictionaryType(Apache.Arrow.Types.Int8Type.Default, Apache.Arrow.Types.StringType.Default, false),
                new Int8Array.Builder().AppendRange(_clients.Select(static client => (sbyte)client.Churn)).Build(),
                new StringArray.Builder().Append("stays").Append("leaves us").Build())),
            ("Usage", new FloatArray.Builder().AppendRange(_clients.Select(static client => client.Usage)).Build()),
            ("IsNew", Strings(static client => client.IsNew?.ToString())),
        ];
        return new RecordBatch(new Schema([.. columns.Select(static column => new Apache.Arrow.Field(column.Name, column.Array.Data.DataType, true))], null),
            columns.Select(static column => column.Array), Rows);
    }

    private static StringArray Strings(Func<Client, string?> text)
    {
        var builder = new StringArray.Builder();
        foreach (Client client in _clients)
        {
            builder.Append(text(client));
        }

        return builder.Build();
    }

    private static DoubleArray Doubles(Func<Client, double?> number)
    {
        var builder = new DoubleArray.Builder();
        foreach (Client client in _clients)
        {
            builder.Append(number(client));
        }

        return builder.Build();
    }

    [LongTheory(every: 4)]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Zstd)]
    [InlineData(CompressionMethod.Gzip)]
    public async Task A_Parquet_file(CompressionMethod compression)
    {
        using var file = new TempFile("parquet");
        await WriteAsync(file.Path, compression);
        (int read, int refused) = Try(await File.ReadAllBytesAsync(file.Path), "parquet", DataFile.Parquet, static _ => 2 * Rows);
        Assert.True(read + refused == _mutations && refused > _mutations / 10, $"{read} read, {refused} refused");
    }

    private static async Task WriteAsync(string path, CompressionMethod compression)
    {
        (DataField Field, Func<ParquetRowGroupWriter, DataField, Task> Write)[] columns =
        [
            (new DataField<string>("Contract"),
                static (rows, field) => rows.WriteAsync(field, _clients.Select(static client => client.Contract.ToString()).ToArray())),
            (new DataField<string>("Internet"), static (rows, field) => rows.WriteAsync(field, _clients.Select(static client => client.Internet).ToArray())),
            (new DataField<string>("Country", nullable: true),
                static (rows, field) => rows.WriteAsync(field, _clients.Select(static client => client.Country!).ToArray())),
            (new DataField<bool>("IsSenior"),
                static (rows, field) => rows.WriteAsync<bool>(field, _clients.Select(static client => client.IsSenior).ToArray())),
            (new DataField<double>("charges (EUR)", nullable: true),
                static (rows, field) => rows.WriteAsync<double>(field, _clients.Select(static client => client.Charges).ToArray())),
            (new DataField<int>("Months"), static (rows, field) => rows.WriteAsync<int>(field, _clients.Select(static client => client.Months).ToArray())),
            (new DataField<ulong>("Services"),
                static (rows, field) => rows.WriteAsync<ulong>(field, _clients.Select(static client => (ulong)client.Services).ToArray())),
            (new DataField<string>("User"), static (rows, field) => rows.WriteAsync(field, _clients.Select(static client => client.User).ToArray())),
            (new DataField<float>("Embedding[0]"),
                static (rows, field) => rows.WriteAsync<float>(field, _clients.Select(static client => client.Embedding[0]).ToArray())),
            (new DataField<float>("Embedding[1]"),
                static (rows, field) => rows.WriteAsync<float>(field, _clients.Select(static client => client.Embedding[1]).ToArray())),
            (new DecimalDataField("Balance", 20, 4),
                static (rows, field) => rows.WriteAsync<decimal>(field, _clients.Select(static client => client.Balance).ToArray())),
            (new DataField<sbyte>("Small"), static (rows, field) => rows.WriteAsync<sbyte>(field, _clients.Select(static client => client.Small).ToArray())),
            (new DataField<ulong>("Large"), static (rows, field) => rows.WriteAsync<ulong>(field, _clients.Select(static client => client.Large).ToArray())),
            (new DataField<string>("Churn"),
                static (rows, field) => rows.WriteAsync(field, _clients.Select(static client => client.Churn.ToString()).ToArray())),
            (new DataField<float>("Usage"), static (rows, field) => rows.WriteAsync<float>(field, _clients.Select(static client => client.Usage).ToArray())),
            (new DataField<bool>("IsNew", nullable: true),
                static (rows, field) => rows.WriteAsync<bool>(field, _clients.Select(static client => client.IsNew).ToArray())),
        ];
        await using FileStream stream = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(columns.Select(static column => column.Field)), stream, new ParquetOptions { CompressionMethod = compression });
        for (int group = 0; group < 2; group++)
        {
            using ParquetRowGroupWriter rows = writer.CreateRowGroup();
            foreach ((DataField field, Func<ParquetRowGroupWriter, DataField, Task> write) in columns)
            {
                await write(rows, field);
            }
        }
    }
}
