using SoftmaxGen.Compiler.Compilation;

namespace SoftmaxGen.Compiler.Tests;

/// <summary>The files of compiled shapes: found again, shared, and not believed where somebody could have changed them.</summary>
public sealed class CompilationCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Directory => _folder["cache"];

    private string CachedFile => Assert.Single(System.IO.Directory.GetFiles(Directory));

    [Fact]
    public void A_shape_is_compiled_once()
    {
        Use();
        DateTime first = Mark();
        Use();

        // A file that is found counts as used; one that is written again would be another file.
        Assert.True(File.GetLastWriteTimeUtc(CachedFile) > first);
        Assert.Equal(new byte[] { 1, 2, 3 }, Read(new CacheKey(new byte[32]), write: [1, 2, 3]));
    }

    [Fact]
    public void Files_and_folder_are_the_users_own()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Use();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Directory));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(CachedFile));
    }

    [LongTheory(every: 4)]
    [InlineData("a bit")]
    [InlineData("the hash")]
    [InlineData("cut off")]
    [InlineData("empty")]
    [InlineData("readable by others")]
    [InlineData("a link")]
    [InlineData("another shape's")]
    public void What_was_tampered_with_is_compiled_anew(string how)
    {
        Use();
        string file = CachedFile;
        byte[] right = File.ReadAllBytes(file);
        Tamper(file, right, how);
        CacheKey key = KeyOf(file);

        Assert.Null(new CompilationCache(Directory).Read(key));
        Use();
        Assert.Equal(right, File.ReadAllBytes(file));
        Assert.NotNull(new CompilationCache(Directory).Read(key));
    }

    [Fact]
    public void A_folder_that_others_can_write_is_not_used()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Use();
        CacheKey key = KeyOf(CachedFile);
        File.SetUnixFileMode(Directory, (UnixFileMode)0b111_111_111);

        Assert.Null(new CompilationCache(Directory).Read(key));
        File.Delete(CachedFile);
        Use();
        Assert.Empty(System.IO.Directory.GetFiles(Directory));
    }

    [Fact]
    public async Task Several_write_the_same_shape_at_once()
    {
        double[][] weights = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Use)));

        Assert.All(weights, one => Assert.Equal(weights[0], one));
        Assert.NotNull(new CompilationCache(Directory).Read(KeyOf(CachedFile)));
    }

    [Fact]
    public void A_folder_that_cannot_be_is_passed_over()
    {
        File.WriteAllText(Directory, "a file where the folder should be");

        Assert.NotEmpty(Use());
    }

    [Fact]
    public void Files_that_nobody_used_are_removed()
    {
        Use();
        string old = Path.Combine(Directory, "old.model");
        File.WriteAllText(old, "");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-91));
        Read(new CacheKey(new byte[32]), write: [1]);

        Assert.False(File.Exists(old));
        Assert.Equal(2, System.IO.Directory.GetFiles(Directory).Length);
    }

    public void Dispose() => _folder.Dispose();

    private static CacheKey KeyOf(string file) => new(Convert.FromHexString(Path.GetFileNameWithoutExtension(file)));

    private double[] Use()
    {
        using ICompiledTrainer trainer = ModelCompiler.Compile(Shapes.Numbered(0), new CompilerOptions { CacheDirectory = Directory });
        return trainer.Train([0, 1, 1, 1, 2, 1, 3, 1], [0, 1, 0, 1]).Model.CopyWeights();
    }

    private byte[]? Read(CacheKey key, byte[] write)
    {
        var cache = new CompilationCache(Directory);
        cache.Write(key, write);
        return cache.Read(key);
    }

    private DateTime Mark()
    {
        DateTime time = DateTime.UtcNow.AddDays(-1);
        File.SetLastWriteTimeUtc(CachedFile, time);
        return time;
    }

    private void Tamper(string file, byte[] right, string how)
    {
        byte[] wrong = [.. right];
        switch (how)
        {
            case "a bit":
                wrong[right.Length / 2] ^= 1;
                File.WriteAllBytes(file, wrong);
                break;
            case "the hash":
                wrong[0] ^= 1;
                File.WriteAllBytes(file, wrong);
                break;
            case "cut off":
                File.WriteAllBytes(file, wrong[..^1]);
                break;
            case "empty":
                File.WriteAllBytes(file, []);
                break;
            case "readable by others" when !OperatingSystem.IsWindows():
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
                break;
            case "a link" when !OperatingSystem.IsWindows():
                File.Move(file, _folder["elsewhere"]);
                File.CreateSymbolicLink(file, _folder["elsewhere"]);
                break;
            default:
                using (ICompiledTrainer other = ModelCompiler.Compile(Shapes.Numbered(1), new CompilerOptions { CacheDirectory = _folder["other"] }))
                {
                    File.Copy(Assert.Single(System.IO.Directory.GetFiles(_folder["other"])), file, overwrite: true);
                }

                break;
        }
    }
}
