using System.Diagnostics;
using System.Globalization;
using Apache.Arrow;
using Parquet;
using Parquet.Schema;
using SoftmaxGen.Data.Tests.Harness;
using SoftmaxGen.DataProbe;

namespace SoftmaxGen.Data.Tests;

/// <summary>From a file to a fit, a process of its own needs the packed rows and little else. <c>SOFTMAXGEN_FILE_ROWS</c> are read.</summary>
public sealed class MemoryTests
{
    private const int Features = ProbeModel.Features;
    private const int GroupRows = 100_000;

    // Of them the runtime and the code take some 80 MB before the first row.
    private const long MostOther = 200_000_000;

    private static readonly int _rows = LongSetting.Of("SOFTMAXGEN_FILE_ROWS", 1_000_000);

    [Theory]
    [InlineData("csv")]
    [InlineData("arrow")]
    [InlineData("parquet")]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public async Task A_training_from_a_file_takes_the_packed_rows_and_200_MB(string extension)
    {
        using var file = new TempFile(extension);
        await WriteAsync(file.Path, extension);
        using Process probe = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "SoftmaxGen.DataProbe.dll"), file.Path])
        {
            RedirectStandardOutput = true,
        })!;

        string output = await probe.StandardOutput.ReadToEndAsync();
        await probe.WaitForExitAsync();

        Assert.Equal(0, probe.ExitCode);
        long[] numbers = [.. output.Trim().Split(' ').Select(static number => long.Parse(number, CultureInfo.InvariantCulture))];
        Assert.Equal(_rows, numbers[0]);
        Assert.True(numbers[2] <= numbers[1] + MostOther, $"{output.Trim()}: {(numbers[2] - numbers[1]) / 1_000_000} MB besides the packed rows");
    }

    private static double Number(int row, int feature) => ((row * 31) + (feature * 7919)) % 100_003 * 0.0001;

    private static async Task WriteAsync(string path, string extension)
    {
        string[] names = [.. Enumerable.Range(0, Features).Select(static i => $"f{i}")];
        if (extension == "csv")
        {
            await using var text = new StreamWriter(path);
            await text.WriteLineAsync($"label,{string.Join(',', names)}");
            for (int row = 0; row < _rows; row++)
            {
                text.Write((row & 1) == 0 ? '0' : '1');
                for (int feature = 0; feature < Features; feature++)
                {
                    text.Write(',');
                    text.Write(Number(row, feature).ToString("F4", CultureInfo.InvariantCulture));
                }

                text.Write('\n');
            }
        }
        else if (extension == "arrow")
        {
            ArrowTests.Write(path, "stream", null, Batches(names));
        }
        else
        {
            DataField[] fields = [new DataField<int>("label"), .. names.Select(static name => new DataField<double>(name))];
            await using FileStream stream = File.Create(path);
            await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream);
            for (int first = 0; first < _rows; first += GroupRows)
            {
                using ParquetRowGroupWriter rows = writer.CreateRowGroup();
                int[] all = [.. Enumerable.Range(first, Math.Min(GroupRows, _rows - first))];
                await rows.WriteAsync<int>(fields[0], all.Select(static row => row & 1).ToArray());
                for (int feature = 0; feature < Features; feature++)
                {
                    await rows.WriteAsync<double>(fields[feature + 1], all.Select(row => Number(row, feature)).ToArray());
                }
            }
        }
    }

    private static IEnumerable<RecordBatch> Batches(string[] names)
    {
        for (int first = 0; first < _rows; first += GroupRows)
        {
            int[] all = [.. Enumerable.Range(first, Math.Min(GroupRows, _rows - first))];
            IArrowArray[] arrays =
            [
                new Int32Array.Builder().AppendRange(all.Select(static row => row & 1)).Build(),
                .. Enumerable.Range(0, Features).Select(feature => new DoubleArray.Builder().AppendRange(all.Select(row => Number(row, feature))).Build()),
            ];
            yield return new RecordBatch(
                new Schema([.. names.Prepend("label").Zip(arrays, static (name, array) => new Apache.Arrow.Field(name, array.Data.DataType, false))],
                    null), arrays, all.Length);
        }
    }
}
