using Xunit.Abstractions;
using Xunit.Sdk;

namespace SoftmaxGen.AotTests;

/// <summary>The folder with the program, and the program for the JIT. What it reports is shown by the test runner.</summary>
public sealed class NativeProgramFixture(IMessageSink messages) : IAsyncLifetime
{
    private Playground? _playground;
    private Publication? _jit;

    /// <summary>Gets the folder.</summary>
    internal Playground Playground => _playground!;

    /// <summary>Gets the program for the JIT.</summary>
    internal Publication Jit => _jit!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (NativeTools.Linker is null)
        {
            return;
        }

        _playground = await Playground.CreateAsync();
        foreach (string file in (string[])["App.csproj", "IrisModel.cs", "SparseModel.cs", "Program.cs"])
        {
            _playground.Write($"App/{file}", Repository.Read($"tests/SoftmaxGen.AotTests/App/{file}"));
        }

        _playground.Write("App/sparse.softmax.json", Repository.Read("tests/SoftmaxGen.TestModels/Pretrained/sparse-narrow.softmax.json"));
        _playground.Write("App/iris.csv", Repository.Read("samples/data/iris.csv"));
        _jit = await Publication.JitAsync(_playground);
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        _playground?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Shows a line, whether or not the test passes.</summary>
    /// <param name="line">The line.</param>
    internal void Report(string line) => messages.OnMessage(new DiagnosticMessage(line));
}
