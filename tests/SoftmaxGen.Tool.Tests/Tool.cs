using System.Runtime.CompilerServices;
using SoftmaxGen.Tool.Output;

namespace SoftmaxGen.Tool.Tests;

/// <summary>Runs the tool in this process, in a folder of its own.</summary>
internal sealed class Tool : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("softmaxgen-tool-").FullName;

    /// <summary>Gets what the last command wrote.</summary>
    public string Output { get; private set; } = "";

    /// <summary>Gets what the last command wrote to the error output.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Gets the path of a file in the folder.</summary>
    public string this[string name] => Path.Combine(_folder, name);

    /// <summary>Gets the path of a sample.</summary>
    public static string Sample(string name) => Path.Combine(AppContext.BaseDirectory, "Data", name);

    /// <summary>Writes a file.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Runs a command.</summary>
    public async Task<int> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await CommandLine.RunAsync(arguments, new Screen(output, error, isTerminal: false, isErrorTerminal: false, Timeout.InfiniteTimeSpan));
        (Output, Error) = (output.ToString(), error.ToString());
        return code;
    }

    /// <summary>Runs a command that must succeed.</summary>
    public async Task<string> RunWellAsync(params string[] arguments)
    {
        int code = await RunAsync(arguments);
        Assert.True(code == 0, $"{string.Join(' ', arguments)}: {code}\n{Output}\n{Error}");
        return Output;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Before anything asks for the folder of compiled shapes: that of the user is not for tests.
    [ModuleInitializer]
    internal static void UseOwnCache()
    {
        string cache = Directory.CreateTempSubdirectory("softmaxgen-cache-").FullName;
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", cache);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(cache, recursive: true);
    }
}
