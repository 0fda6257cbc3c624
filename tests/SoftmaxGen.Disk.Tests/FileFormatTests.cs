using System.Globalization;
using SoftmaxGen.DiskProbe;

namespace SoftmaxGen.Disk.Tests;

/// <summary>The file is what <c>docs/row-files.md</c> says: another reader finds every number in it.</summary>
public sealed class FileFormatTests
{
    [Theory]
    [InlineData(SoftmaxPrecision.Double)]
    [InlineData(SoftmaxPrecision.Single)]
    public void Another_reader_finds_rows_and_checksums(SoftmaxPrecision features)
    {
        int size = features == SoftmaxPrecision.Single ? 4 : 8;
        const int Count = 9001;
        const int Features = NamedModel.Features;
        using var folder = new Folder();
        (double[] rows, int[] labels, double[] weights) = Rows(Count);
        using (var builder = new TrainingSetBuilder<NamedModel, double>(folder["rows"], features))
        {
            builder.Add(rows, labels, weights);
            builder.Build().Dispose();
        }

        var file = new RowFileBytes(File.ReadAllBytes(folder["rows"]));
        Assert.Equal([0x89, (byte)'S', (byte)'M', (byte)'R', 13, 10, 26, 10, 1, 0, 0, 0, 0], file.Bytes[..13]);
        Assert.Equal([0x89, (byte)'S', (byte)'M', (byte)'R', 13, 10, 26, 10], file.Bytes[^8..]);
        Assert.Equal("double", file.Header.GetProperty("precision").GetString());
        Assert.Equal(NamedModel.Shape.Fingerprint, file.Header.GetProperty("fingerprint").GetString());
        Assert.Equal((Count, 0, features == SoftmaxPrecision.Single ? 17 : 1), (file.Integer(0), file.Integer(1), file.Integer(2)));
        Assert.Equal(file.Digest(), file.StoredDigest());
        for (int piece = 0; piece < file.PieceCount; piece++)
        {
            Assert.Equal(file.ComputeSum(piece), file.Sum(piece));
        }

        // Blocks of 8 rows, feature by feature; behind the last row zeros up to a group of 32.
        int padded = (Count + 31) / 32 * 32;
        int indices = RowFileBytes.DataOffset + (padded * Features * size);
        int rowWeights = indices + (padded * 8);
        Assert.Equal(rowWeights + (padded * 8), file.DescriptionOffset);
        for (int i = 0; i < padded; i++)
        {
            for (int k = 0; k < Features; k++)
            {
                double value = file.Number(RowFileBytes.DataOffset, (((i / 8 * Features) + k) * 8) + (i % 8), size);
                double written = i < Count ? rows[(i * Features) + k] : 0;
                Assert.Equal(features == SoftmaxPrecision.Single ? (float)written : written, value);
            }

            Assert.Equal(i < Count ? labels[i] : 0, file.Number(indices, i, 8));
            Assert.Equal(i < Count ? weights[i] : 0, file.Number(rowWeights, i, 8));
        }

        Assert.Equal(weights.Sum(), file.Statistic(0), 1e-8);
        Assert.Equal(weights.Where(static weight => weight > 0).Min(), file.Statistic(1));
        Assert.Equal(weights.Where((_, i) => labels[i] == 2).Sum(), file.Statistic(4), 1e-8);
    }

    [Fact]
    public void No_culture_shows_in_a_file_or_a_message()
    {
        using var folder = new Folder();
        var rows = new RandomRows<NamedModel, double>(300, Extras.Weights);
        rows.InFile(folder["plain"]).Dispose();
        File.WriteAllBytes(folder["cut"], File.ReadAllBytes(folder["plain"])[..^1]);
        string message = Message(folder["cut"]);
        CultureInfo before = CultureInfo.CurrentCulture;
        var hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat = new NumberFormatInfo { NegativeSign = "\u2212", NumberDecimalSeparator = "\u066B", NumberGroupSeparator = "e" };
        try
        {
            CultureInfo.CurrentCulture = hostile;
            using TrainingSet<NamedModel, double> set = rows.InFile(folder["hostile"]);
            using TrainingSet<NamedModel, double> opened = TrainingSet<NamedModel, double>.Open(folder["plain"]);
            SameSets.Equal(SameSets.Derivatives(opened, 1), SameSets.Derivatives(set, 1));
            Assert.Equal(message, Message(folder["cut"]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Equal(File.ReadAllBytes(folder["plain"]), File.ReadAllBytes(folder["hostile"]));
    }

    private static string Message(string path) =>
        Assert.Throws<ModelFormatException>(() => TrainingSet<NamedModel, double>.Open(path)).Message;

    private static (double[] Rows, int[] Labels, double[] Weights) Rows(int count)
    {
        var random = new Random(3);
        double[] rows = new double[count * NamedModel.Features];
        foreach (ref double value in rows.AsSpan())
        {
            value = (random.NextDouble() * 8) - 4;
        }

        int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(NamedModel.Classes))];
        double[] weights = [.. Enumerable.Range(0, count).Select(_ => random.Next(4) * 0.75)];
        return (rows, labels, weights);
    }
}
