using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace SoftmaxGen.PackageTests;

/// <summary>A web service that a page says how to start, and how to ask.</summary>
internal sealed partial class Service : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    private readonly HttpClient _client;
    private readonly Process _process;

    private Service(Process process, int port)
    {
        _process = process;
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>Starts a service by a command of a page, on a port of its own, and waits until it answers.</summary>
    /// <param name="folder">The current folder.</param>
    /// <param name="command">The command, which begins with <c>dotnet</c>.</param>
    public static async Task<Service> StartAsync(string folder, string command)
    {
        int port = FreePort();
        string[] arguments = [.. command.Split(' ')[1..].TakeWhile(static word => word != "--urls")];
        Service service = new(DotNet.Start(folder, [.. arguments, "--urls", $"http://127.0.0.1:{port}"]), port);
        await UntilAsync(command, async () =>
        {
            try
            {
                using HttpResponseMessage answer = await service._client.GetAsync(new Uri("/", UriKind.Relative));
                return true;
            }
            catch (HttpRequestException)
            {
                Assert.False(service._process.HasExited, $"'{command}' has ended.");
                return false;
            }
        });
        return service;
    }

    /// <summary>Waits for something to happen.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> isSo)
    {
        using CancellationTokenSource patience = new(_patience);
        while (!await isSo())
        {
            Assert.False(patience.IsCancellationRequested, $"It has not happened: {what}");
            await Task.Delay(50, CancellationToken.None);
        }
    }

    /// <summary>Asks as <c>curl</c> would.</summary>
    /// <param name="command">The command of a page.</param>
    /// <returns>The body of the answer, which was a success.</returns>
    public async Task<string> CurlAsync(string command)
    {
        Match match = Curl().Match(command);
        Uri path = new(match.Groups["path"].Value, UriKind.Relative);
        using StringContent content = new(match.Groups["body"].Value, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = match.Groups["body"].Success ? await _client.PostAsync(path, content) : await _client.GetAsync(path);
        string body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"'{command}' is answered by {answer.StatusCode}: {body}");
        return body;
    }

    /// <summary>Asks for a page.</summary>
    public Task<string> GetAsync(string path) => _client.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <summary>Kills the process, and those that it has started: none has time to save anything.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
        _client.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("""^curl localhost:5000(?<path>/\w+)( -H 'Content-Type: application/json'\s+(\\\s+)?-d '(?<body>[^']*)')?$""")]
    private static partial Regex Curl();
}
