using System.Diagnostics;
using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using nietras.SeparatedValues;
using Parquet;
using Parquet.Schema;
using SoftmaxGen.Data;

namespace SoftmaxGen.Peers;

/// <summary>
/// Rows a second from files of 17 numbers and a label: what the libraries take to read them, what it takes to have them packed for training, and what
/// <see cref="double.Parse(string)"/> takes. The fastest of several rounds by turns.
/// </summary>
internal static class DataFiles
{
    private const int Rows = 400_000;
    private const int Features = WideModel.Features;
    private const int GroupRows = 100_000;
    private const int Rounds = 7;

    private static readonly string[] _names = [.. Enumerable.Range(0, Features).Select(static i => $"f{i}")];

    public static async Task RunAsync(string folder)
    {
        string csv = Path.Combine(folder, "rows.csv");
        string parquet = Path.Combine(folder, "rows.parquet");
        string arrow = Path.Combine(folder, "rows.arrow");
        await WriteAsync(csv, parquet, arrow);
        (string Name, Func<Task> Read)[] jobs =
        [
            ("CSV, File.ReadLines and double.Parse", () => Done(() => ReadLines(csv))),
            ("CSV, Sep alone", () => Done(() => ReadSep(csv))),
            ("CSV, AddFile", () => Done(() => Add(DataFile.Csv(csv)))),
            ("CSV, AddFile, rows of a type", () => Done(() => AddTyped(DataFile.Csv(csv)))),
            ("Parquet, Parquet.Net alone", () => ReadParquetAsync(parquet)),
            ("Parquet, AddFile", () => Done(() => Add(DataFile.Parquet(parquet)))),
            ("Parquet, AddFile, rows of a type", () => Done(() => AddTyped(DataFile.Parquet(parquet)))),
            ("Arrow, Apache.Arrow alone", () => Done(() => ReadArrow(arrow))),
            ("Arrow, AddFile", () => Done(() => Add(DataFile.Arrow(arrow)))),
            ("Arrow, AddFile, rows of a type", () => Done(() => AddTyped(DataFile.Arrow(arrow)))),
        ];
        double[] best = new double[jobs.Length];
        System.Array.Fill(best, double.PositiveInfinity);
        for (int round = 0; round < Rounds; round++)
        {
            for (int job = 0; job < jobs.Length; job++)
            {
                long start = Stopwatch.GetTimestamp();
                await jobs[job].Read();
                best[job] = Math.Min(best[job], Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        foreach (((string name, _), double seconds) in jobs.Zip(best))
        {
            Console.WriteLine($"{name,-40} {Rows / seconds / 1e6,6:F2} M rows/s");
        }
    }

    private static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static double Number(int row, int feature) => ((row * 31L) + (feature * 7919)) % 100_003 * 0.0001;

    private static async Task WriteAsync(string csv, string parquet, string arrow)
    {
        await using (var text = new StreamWriter(csv))
        {
            await text.WriteLineAsync($"label,{string.Join(',', _names)}");
            for (int row = 0; row < Rows; row++)
            {
                await text.WriteLineAsync($"{row & 1},{string.Join(',', Enumerable.Range(0, Features).Select(feature => Number(row, feature).ToString("R", CultureInfo.InvariantCulture)))}");
            }
        }

        DataField[] fields = [new DataField<int>("label"), .. _names.Select(static name => new DataField<double>(name))];
        await using FileStream parquetFile = File.Create(parquet);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), parquetFile);
        await using FileStream arrowFile = File.Create(arrow);
        Schema schema = new(
            [new Apache.Arrow.Field("label", Apache.Arrow.Types.Int32Type.Default, false),
                .. _names.Select(static name => new Apache.Arrow.Field(name, Apache.Arrow.Types.DoubleType.Default, false))], null);
        using var batches = new ArrowFileWriter(arrowFile, schema);
        for (int first = 0; first < Rows; first += GroupRows)
        {
            int from = first;
            int[] labels = [.. Enumerable.Range(first, GroupRows).Select(static row => row & 1)];
            double[][] columns =
                [.. Enumerable.Range(0, Features).Select(feature => Enumerable.Range(from, GroupRows).Select(row => Number(row, feature)).ToArray())];
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<int>(fields[0], labels);
            foreach ((DataField field, double[] column) in fields.Skip(1).Zip(columns))
            {
                await group.WriteAsync<double>(field, column);
            }

            using var batch = new RecordBatch(
                schema,
                [new Int32Array.Builder().AppendRange(labels).Build(),
                    .. columns.Select(static column => new DoubleArray.Builder().AppendRange(column).Build())],
                GroupRows);
            await batches.WriteRecordBatchAsync(batch);
        }

        await batches.WriteEndAsync();
    }

    private static void Add(DataFile file)
    {
        using var builder = new TrainingSetBuilder<WideModel, double>();
        builder.AddFile(file);
        using TrainingSet<WideModel, double> set = builder.Build();
    }

    private static void AddTyped(DataFile file)
    {
        using var builder = new TrainingSetBuilder<WideRowModel, double, WideLabel, WideRow>();
        builder.AddFile(file);
        using TrainingSet<WideRowModel, double> set = builder.Build();
    }

    private static void ReadLines(string csv)
    {
        double[] row = new double[Features + 1];
        foreach (string line in File.ReadLines(csv).Skip(1))
        {
            string[] fields = line.Split(',');
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = double.Parse(fields[i], CultureInfo.InvariantCulture);
            }
        }
    }

    private static void ReadSep(string csv)
    {
        double[] numbers = new double[Features + 1];
        using SepReader reader = Sep.New(',').Reader().FromFile(csv);
        foreach (SepReader.Row row in reader)
        {
            row[..].Parse<double>(numbers);
        }
    }

    private static async Task ReadParquetAsync(string parquet)
    {
        await using FileStream stream = File.OpenRead(parquet);
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream);
        foreach (ParquetRowGroupReader group in reader.RowGroups)
        {
            foreach (DataField field in reader.Schema.DataFields)
            {
                if (field.ClrType == typeof(double))
                {
                    await group.ReadAsync<double>(field, new double[group.RowCount]);
                }
                else
                {
                    await group.ReadAsync<int>(field, new int[group.RowCount]);
                }
            }
        }
    }

    private static void ReadArrow(string arrow)
    {
        double[] row = new double[Features];
        using FileStream stream = File.OpenRead(arrow);
        using var reader = new ArrowFileReader(stream);
        while (reader.ReadNextRecordBatch() is { } batch)
        {
            using (batch)
            {
                DoubleArray[] columns = [.. Enumerable.Range(1, Features).Select(index => (DoubleArray)batch.Column(index))];
                for (int i = 0; i < batch.Length; i++)
                {
                    for (int feature = 0; feature < row.Length; feature++)
                    {
                        row[feature] = columns[feature].Values[i];
                    }
                }
            }
        }
    }
}
