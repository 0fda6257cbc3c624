namespace SoftmaxGen.Data.Tests.Harness;

/// <summary>A file that is gone after the test.</summary>
internal sealed class TempFile(string extension) : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"softmaxgen-{Guid.NewGuid():N}.{extension}");

    public void Dispose() => File.Delete(Path);
}
