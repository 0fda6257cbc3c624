using System.Runtime.Versioning;
using SoftmaxGen.Persistence;
using SoftmaxGen.TestModels.Persistence;

namespace SoftmaxGen.Tests.Persistence;

/// <summary>Saving to a path does to the file system what a user expects, and no more.</summary>
public sealed class SaveTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly NamedIris _model = NamedIris.FromWeights(Weights.Make<double>(15, 3));

    public void Dispose() => _folder.Dispose();

    [UnixTheory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)]
    [UnsupportedOSPlatform("windows")]
    public void A_file_keeps_its_permissions(UnixFileMode mode)
    {
        string path = _folder["model"];
        _model.Save(path);
        File.SetUnixFileMode(path, mode);

        _model.Save(path);

        Assert.Equal(mode, File.GetUnixFileMode(path));
        Assert.Equal(["model"], _folder.Names);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_save_that_fails_leaves_what_was_there(bool exists)
    {
        string path = _folder["model"];
        if (exists)
        {
            File.WriteAllText(path, "old");
        }

        Assert.Throws<InvalidTimeZoneException>(() => AtomicFile.Write(path, static stream =>
        {
            stream.WriteByte(1);
            throw new InvalidTimeZoneException();
        }));

        Assert.Equal(exists ? ["model"] : [], _folder.Names);
        Assert.True(!exists || File.ReadAllText(path) == "old");
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void A_read_only_file_is_not_replaced()
    {
        string path = _folder["model"];
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(path, UnixFileMode.UserRead);

        IOException exception = Assert.Throws<IOException>(() => _model.Save(path));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["model"], _folder.Names);
    }

    [UnixTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Through_a_symbolic_link_the_file_is_replaced_and_the_link_stays(bool exists)
    {
        string target = _folder["v3.json"];
        string link = _folder["current.json"];
        string linkToLink = _folder["latest.json"];
        if (exists)
        {
            File.WriteAllText(target, "old");
        }

        File.CreateSymbolicLink(link, "v3.json");
        File.CreateSymbolicLink(linkToLink, "current.json");

        _model.Save(linkToLink);

        Assert.Equal("v3.json", new FileInfo(link).LinkTarget);
        Assert.Equal("current.json", new FileInfo(linkToLink).LinkTarget);
        Assert.Equal(_model.Weights, NamedIris.Load(target).Weights);
        Assert.Equal(["current.json", "latest.json", "v3.json"], _folder.Names);
    }

    [Fact]
    public void Temporary_files_of_a_killed_process_are_removed_after_an_hour()
    {
        string abandoned = _folder[".model.abcdefgh.ijk.tmp"];
        string fresh = _folder[".model.bbcdefgh.ijk.tmp"];
        string other = _folder[".models.abcdefgh.ijk.tmp"];
        foreach (string file in (string[])[abandoned, fresh, other])
        {
            File.WriteAllText(file, "half");
        }

        File.SetLastWriteTimeUtc(abandoned, DateTime.UtcNow.AddHours(-2));
        File.SetLastWriteTimeUtc(other, DateTime.UtcNow.AddHours(-2));

        _model.Save(_folder["model"]);

        Assert.Equal([Path.GetFileName(fresh), Path.GetFileName(other), "model"], _folder.Names);
    }

    [Theory]
    [InlineData('m', 238)]
    [InlineData('m', 255)]
    [InlineData('ß', 127)]
    [InlineData('語', 85)]
    public void The_longest_names_can_be_saved(char letter, int count)
    {
        string path = _folder[new string(letter, count)];

        _model.Save(path);
        _model.Save(path);

        Assert.Equal(_model.Weights, NamedIris.Load(path).Weights);
    }

    [Fact]
    public void A_name_of_surrogate_pairs_can_be_saved()
    {
        string path = _folder["m" + string.Concat(Enumerable.Repeat("😀", 60))];

        _model.Save(path);

        Assert.Equal(_model.Weights, NamedIris.Load(path).Weights);
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        string folder = _folder["missing"];
        string path = Path.Combine(folder, "model");

        DirectoryNotFoundException exception = Assert.Throws<DirectoryNotFoundException>(() => _model.Save(path));

        Assert.Contains($"'{path}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"'{folder}'", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_neither_saved_to_nor_loaded_from()
    {
        string folder = Path.GetDirectoryName(_folder["model"])!;
        foreach (string path in (string[])[folder, Path.GetPathRoot(folder)!])
        {
            Assert.Contains($"'{path}'", Assert.Throws<IOException>(() => _model.Save(path)).Message, StringComparison.Ordinal);
            Assert.Contains($"'{path}'", Assert.Throws<IOException>(() => NamedIris.Load(path)).Message, StringComparison.Ordinal);
        }
    }
}
