namespace SoftmaxGen.Tool.Tests;

/// <summary>A model of clients, trained once.</summary>
public sealed class TrainedModel : IAsyncLifetime, IDisposable
{
    public const string Header = "charges,contract,senior,label\n";

    private readonly Tool _tool = new();

    public string Model => _tool["model.softmax.json"];

    public string Data => _tool["data.csv"];

    public async Task InitializeAsync()
    {
        _tool.Write("data.csv", Header + string.Concat(Enumerable.Range(0, 40).Select(static i =>
            $"{(i % 2 * 50) + i},{(i % 4 < 2 ? "monthly" : "yearly")},{(i % 3 == 0 ? "yes" : "no")},{(i % 2 == 0 ? "leaves" : "\"stays, here\"")}\n")));
        await _tool.RunWellAsync("train", Data, "--label", "label", "--out", Model);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _tool.Dispose();
}
