using System.Diagnostics;
using SoftmaxGen.DiskProbe;

namespace SoftmaxGen.Disk.Tests;

/// <summary>Files that several sets, threads and processes have at a time, and files that change under them.</summary>
public sealed class SharedFileTests
{
    private const int Count = 100_000;

    [Fact]
    public async Task Sets_and_threads_read_one_file_at_a_time()
    {
        using var folder = new Folder();
        var rows = new RandomRows<ManyClassesModel, double>(Count, Extras.Weights);
        using TrainingSet<ManyClassesModel, double> memory = rows.InMemory();
        rows.InFile(folder["rows"]).Dispose();
        double[] expected = SameSets.Derivatives(memory, 1);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            using TrainingSet<ManyClassesModel, double> set = TrainingSet<ManyClassesModel, double>.Open(folder["rows"]);
            await Task.WhenAll(Enumerable.Range(1, 3).Select(threads => Task.Run(() => SameSets.Equal(expected, SameSets.Derivatives(set, threads)))));
        })));
    }

    [Fact]
    public async Task A_set_may_be_disposed_of_while_calls_read_it()
    {
        using var folder = new Folder();
        var rows = new RandomRows<ManyClassesModel, double>(Count, Extras.None);
        rows.InFile(folder["rows"]).Dispose();
        for (int i = 0; i < 20; i++)
        {
            TrainingSet<ManyClassesModel, double> set = TrainingSet<ManyClassesModel, double>.Open(folder["rows"]);

            // On threads of their own: those of the pool would all read, and none be left to dispose.
            Task[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(
                () => ReadUntilDisposed(set), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
            await Task.Delay(i);
            set.Dispose();
            await Task.WhenAll(readers);
            Assert.Throws<ObjectDisposedException>(() => SameSets.Derivatives(set, 1));
        }
    }

    [Fact]
    public void Two_processes_read_one_file()
    {
        using var folder = new Folder();
        Probe.Run("write", folder["rows"], "50000");
        using TrainingSet<StreamModel, float> set = TrainingSet<StreamModel, float>.Open(folder["rows"]);
        string[] one = Probe.Run("train", folder["rows"], "2");
        string[] other = Probe.Run("memory", "50000", "1");

        Assert.Equal(other[..2], one[..2]);
        Assert.Equal(50_000, set.RowCount);
    }

    [Fact]
    public void A_file_that_is_replaced_stays_for_those_who_have_it()
    {
        using var folder = new Folder();
        var rows = new RandomRows<NamedModel, double>(5000, Extras.None);
        using TrainingSet<NamedModel, double> memory = rows.InMemory();
        using TrainingSet<NamedModel, double> set = rows.InFile(folder["rows"]);

        using TrainingSet<NamedModel, double> next = new RandomRows<NamedModel, double>(70, Extras.None).InFile(folder["rows"]);

        SameSets.Check(memory, set, Extras.None, trains: false);
        using TrainingSet<NamedModel, double> opened = TrainingSet<NamedModel, double>.Open(folder["rows"]);
        Assert.Equal((70, 70), (next.RowCount, opened.RowCount));
        Assert.Equal(["rows"], folder.Names);
    }

    [Fact]
    public void A_file_that_has_become_shorter_is_noticed_by_the_next_pass()
    {
        using var folder = new Folder();
        new RandomRows<NamedModel, double>(5000, Extras.None).InFile(folder["rows"]).Dispose();
        using TrainingSet<NamedModel, double> set = TrainingSet<NamedModel, double>.Open(folder["rows"]);
        SameSets.Derivatives(set, 1);
        using (var writer = new FileStream(folder["rows"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            writer.SetLength(8192);
        }

        string message = Assert.Throws<ModelFormatException>(() => SameSets.Derivatives(set, 1)).Message;
        Assert.Contains("shorter", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_that_are_no_files_are_refused()
    {
        using var folder = new Folder();
        string here = Path.GetDirectoryName(folder["x"])!;
        Assert.Throws<FileNotFoundException>(() => TrainingSet<NamedModel, double>.Open(folder["none"]));
        Assert.Contains("folder", Assert.Throws<IOException>(() => TrainingSet<NamedModel, double>.Open(here)).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => TrainingSet<NamedModel, double>.Open(""));
        Assert.Throws<IOException>(() => new TrainingSetBuilder<NamedModel, double>(here));
        Assert.Throws<DirectoryNotFoundException>(() => new TrainingSetBuilder<NamedModel, double>(Path.Combine(folder["none"], "rows")));
        Assert.ThrowsAny<ArgumentException>(() => new TrainingSetBuilder<NamedModel, double>(""));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_build_that_fails_leaves_what_there_was()
    {
        using var folder = new Folder();
        var rows = new RandomRows<NamedModel, double>(100, Extras.None);
        rows.InFile(folder["rows"]).Dispose();
        byte[] before = File.ReadAllBytes(folder["rows"]);

        using (var builder = new TrainingSetBuilder<NamedModel, double>(folder["rows"]))
        {
            Assert.Throws<InvalidOperationException>(builder.Build);
            builder.Add([1, 2, 3, 4], [0], [0.0]);
            Assert.Throws<ArgumentException>(builder.Build);
            Assert.Throws<ObjectDisposedException>(() => builder.Add([1, 2, 3, 4], [0]));
        }

        using (var builder = new TrainingSetBuilder<NamedModel, double>())
        {
            rows.AddTo(builder);
            Assert.Throws<DirectoryNotFoundException>(() => builder.Build(Path.Combine(folder["none"], "rows")));
            using TrainingSet<NamedModel, double> set = builder.Build(folder["other"]);
            Assert.Equal(100, set.RowCount);
            Assert.Throws<ObjectDisposedException>(builder.Build);
        }

        new TrainingSetBuilder<NamedModel, double>(folder["rows"]).Dispose();
        using (var builder = new TrainingSetBuilder<NamedModel, double>(folder["third"]))
        {
            builder.Add([1, 2, 3, 4], [0]);
            Assert.Throws<InvalidOperationException>(() => builder.Build(folder["fourth"]));
        }

        Assert.Equal(before, File.ReadAllBytes(folder["rows"]));
        Assert.Equal(["other", "rows"], folder.Names.Order());
    }

    [Fact]
    public void A_full_disk_ends_the_builder_and_leaves_nothing()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // No file may be longer than 5 MB, and the process is told instead of being killed.
        using var folder = new Folder();
        ProcessStartInfo start = Probe.Start("write", folder["rows"], "300000");
        start.ArgumentList.Insert(0, start.FileName);
        start.ArgumentList.Insert(0, "trap '' XFSZ; ulimit -f 10000; exec \"$0\" \"$@\"");
        start.ArgumentList.Insert(0, "-c");
        start.FileName = "/bin/sh";

        // Otherwise the runtime keeps code in a file, too.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        (int code, _, string errors) = Probe.Run(start);

        Assert.NotEqual(0, code);
        Assert.Contains("TrainingSetBuilder", errors, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    private static void ReadUntilDisposed(TrainingSet<ManyClassesModel, double> set)
    {
        try
        {
            while (true)
            {
                SameSets.Derivatives(set, 2);
            }
        }
        catch (ObjectDisposedException)
        {
            // The end.
        }
    }
}
