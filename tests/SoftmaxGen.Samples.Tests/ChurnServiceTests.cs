using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace SoftmaxGen.Samples.Tests;

/// <summary>What the churn service answers, over HTTP.</summary>
public sealed class ChurnServiceTests : IAsyncLifetime, IDisposable
{
    private const string Client =
        """{"contract":"Monthly","internet":"Fiber","isSenior":false,"hasSupport":false,"tenure":3,"monthly":89.5,"calls":4}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("softmaxgen-churn-");
    private readonly HttpClient _client = new();
    private Process? _service;

    public async Task InitializeAsync()
    {
        int port = FreePort();
        _client.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        _service = Process.Start(new ProcessStartInfo(
            Sample.Host,
            ["exec", Sample.Assembly("Churn"), "--urls", $"http://127.0.0.1:{port}", "--contentRoot", _folder.FullName, "--Logging:LogLevel:Default", "None"]));
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await _client.GetStringAsync(new Uri("/health", UriKind.Relative));
                return;
            }
            catch (HttpRequestException) when (attempt < 600 && !_service!.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    [Fact]
    public async Task A_client_is_predicted_as_the_model_of_the_file_predicts()
    {
        JsonElement prediction = JsonDocument.Parse(await (await PostAsync("/predict", Client)).Content.ReadAsStringAsync()).RootElement;
        JsonElement file = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "churn.softmax.json"))).RootElement;

        // The columns in their order, by hand: contract, internet, flags, tenure and what is beyond its knot, charges, calls and their blank.
        double[] columns = [1, 1, 0, 0, 0, 0, 1, 0, 0, 3, 0, 89.5, 4, 0];
        double[] scores =
            [.. file.GetProperty("weights").EnumerateArray().Select(row => row.EnumerateArray().Zip(columns, static (w, x) => w.GetDouble() * x).Sum())];
        Assert.Equal(columns.Length, file.GetProperty("weights")[0].GetArrayLength());
        Assert.Equal(1 / (1 + Math.Exp(scores[0] - scores[1])), prediction.GetProperty("leaves").GetDouble(), tolerance: 1e-12);
        Assert.Equal(scores[1] > scores[0] ? "Leaves" : "Stays", prediction.GetProperty("churn").GetString());
    }

    [Theory]
    [InlineData("/predict", "{}")]
    [InlineData("/predict", """{"contract":"Weekly","internet":"Fiber","isSenior":false,"hasSupport":false,"tenure":3,"monthly":89.5,"calls":4}""")]
    [InlineData("/predict", """{"contract":9,"internet":"Fiber","isSenior":false,"hasSupport":false,"tenure":3,"monthly":89.5,"calls":4}""")]
    [InlineData("/feedback", $$"""{"client":{{Client}},"churn":7}""")]
    public async Task A_request_that_makes_no_sense_is_a_bad_one(string path, string json) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(path, json)).StatusCode);

    [Fact]
    public async Task Feedback_is_learned_from_and_counted()
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("/feedback", $$"""{"client":{{Client}},"churn":"Stays"}""")).StatusCode);
        }

        await PostAsync("/predict", Client);
        while (!(await GetAsync("/model")).Contains("\"learned\":3", StringComparison.Ordinal))
        {
            await Task.Delay(20);
        }

        string metrics = await GetAsync("/metrics");
        Assert.Contains("softmaxgen_feedback_loss_count 3\n", metrics, StringComparison.Ordinal);
        Assert.Contains("softmaxgen_predictions_sum 1\n", metrics, StringComparison.Ordinal);
        Assert.Equal("Healthy", await GetAsync("/health"));
    }

    public async Task DisposeAsync()
    {
        _service!.Kill();
        await _service.WaitForExitAsync();
    }

    public void Dispose()
    {
        _service?.Dispose();
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await _client.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    private Task<string> GetAsync(string path) => _client.GetStringAsync(new Uri(path, UriKind.Relative));
}
