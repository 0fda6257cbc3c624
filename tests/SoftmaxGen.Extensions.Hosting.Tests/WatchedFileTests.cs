namespace SoftmaxGen.Extensions.Hosting.Tests;

/// <summary>What a look at a file finds, look by look.</summary>
public sealed class WatchedFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string Path => _folder["churn.softmax.json"];

    [Fact]
    public void A_content_that_cannot_be_loaded_is_judged_at_the_second_look_and_told_once()
    {
        WatchedFile<ChurnModel, double> file = Read(Given.Model(1));

        File.WriteAllText(Path, "half");

        Assert.Equal([FileState.Doubtful, FileState.Refused, FileState.Known, FileState.Known], Looks(file, 4));
    }

    [Fact]
    public void Half_of_a_file_that_is_whole_at_the_next_look_is_not_refused()
    {
        WatchedFile<ChurnModel, double> file = Read(Given.Model(1));
        Given.Model(2).Save(_folder["other"]);
        byte[] content = File.ReadAllBytes(_folder["other"]);

        File.WriteAllBytes(Path, content[..100]);
        FileState half = file.Look().State;
        File.WriteAllBytes(Path, content);

        Assert.Equal([FileState.Doubtful, FileState.Changed, FileState.Known], [half, .. Looks(file, 2)]);
    }

    [Fact]
    public void The_same_content_is_no_other_model_whatever_its_time()
    {
        WatchedFile<ChurnModel, double> file = Read(Given.Model(1));

        Given.Model(1).Save(Path);

        Assert.Equal([FileState.Known], Looks(file, 1));
    }

    [Fact]
    public void A_missing_file_is_refused_and_known_when_it_is_back()
    {
        WatchedFile<ChurnModel, double> file = Read(Given.Model(1));

        File.Move(Path, _folder["away"]);
        FileState[] away = Looks(file, 3);
        File.Move(_folder["away"], Path);

        Assert.Equal([FileState.Doubtful, FileState.Refused, FileState.Known], away);
        Assert.Equal([FileState.Restored, FileState.Known], Looks(file, 2));
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_refused()
    {
        WatchedFile<ChurnModel, double> file = Read(Given.Model(1));

        File.Delete(Path);
        Directory.CreateDirectory(Path);

        Assert.Equal([FileState.Doubtful, FileState.Refused], Looks(file, 2));
    }

    public void Dispose() => _folder.Dispose();

    private static FileState[] Looks(WatchedFile<ChurnModel, double> file, int count) => [.. Enumerable.Range(0, count).Select(_ => file.Look().State)];

    private WatchedFile<ChurnModel, double> Read(ChurnModel model)
    {
        model.Save(Path);
        var file = new WatchedFile<ChurnModel, double>(Path);
        Assert.Equal(FileState.Changed, file.Read().State);
        return file;
    }
}
