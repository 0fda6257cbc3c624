using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SoftmaxGen.Reports.Tests.Harness;

/// <summary>A headless Chromium with one page, driven by its protocol for developers' tools.</summary>
internal sealed partial class Chromium : IAsyncDisposable
{
    /// <summary>What to do where there is none.</summary>
    public const string Lack = "There is no Chromium here; on Debian: apt-get install chromium-headless-shell.";

    private static readonly string[] _names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly DirectoryInfo _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly List<JsonNode> _events = [];
    private string? _session;
    private int _last;

    private Chromium(Process process, DirectoryInfo profile)
    {
        _process = process;
        _profile = profile;
    }

    /// <summary>Gets the path of the program; null where there is none.</summary>
    public static string? Program { get; } = Find();

    /// <summary>
    /// Gets a value indicating whether the tests may be left out: outside of continuous integration, or where it could not install the program.
    /// </summary>
    public static bool MayBeMissing =>
        Environment.GetEnvironmentVariable("SOFTMAXGEN_CHROMIUM") == "missing" || Environment.GetEnvironmentVariable("CI") is null or "";

    /// <summary>Gets what the page has written to the console, errors and all else, and what it has thrown.</summary>
    public IReadOnlyList<string> Complaints =>
    [
        .. _events.Where(static one => Method(one) is "Runtime.consoleAPICalled" or "Runtime.exceptionThrown" or "Log.entryAdded")
            .Select(static one => one.ToJsonString()),
    ];

    /// <summary>Gets the addresses that the page has asked for, its own first.</summary>
    public IReadOnlyList<string> Requests =>
        [.. _events.Where(static one => Method(one) == "Network.requestWillBeSent").Select(static one => (string)one["params"]!["request"]!["url"]!)];

    /// <summary>Starts the program.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "It is the caller's.")]
    public static async Task<Chromium> StartAsync()
    {
        DirectoryInfo profile = Directory.CreateTempSubdirectory("softmaxgen-chromium-");
        ProcessStartInfo start = new(
            Program!,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage", "--remote-debugging-port=0",
                $"--user-data-dir={profile.FullName}", "about:blank",
            ])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        var chromium = new Chromium(process, profile);
        using CancellationTokenSource patience = new(_patience);
        string address = "";
        while (address.Length == 0)
        {
            string line = await process.StandardError.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("Chromium ended.");
            address = Address().Match(line).Value;
        }

        _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await chromium._socket.ConnectAsync(new Uri(address), patience.Token);
        JsonNode target = await chromium.CallAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        var which = new JsonObject { ["targetId"] = (string)target["targetId"]!, ["flatten"] = true };
        JsonNode attached = await chromium.CallAsync("Target.attachToTarget", which);
        chromium._session = (string)attached["sessionId"]!;
        foreach (string domain in (string[])["Page", "Runtime", "Log", "Network"])
        {
            await chromium.CallAsync($"{domain}.enable");
        }

        return chromium;
    }

    /// <summary>Opens a file at a width, light or dark.</summary>
    public async Task OpenAsync(string path, int width, bool isDark)
    {
        var screen = new JsonObject { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = false };
        await CallAsync("Emulation.setDeviceMetricsOverride", screen);
        await ShowAsync("screen", isDark);
        _events.Clear();
        await CallAsync("Page.navigate", new JsonObject { ["url"] = new Uri(path).AbsoluteUri });
        while (!_events.Exists(static one => Method(one) == "Page.loadEventFired"))
        {
            _events.Add(await ReceiveAsync());
        }
    }

    /// <summary>Shows the page on a medium, <c>screen</c> or <c>print</c>.</summary>
    public async Task ShowAsync(string medium, bool isDark)
    {
        var scheme = new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" };
        await CallAsync("Emulation.setEmulatedMedia", new JsonObject { ["media"] = medium, ["features"] = new JsonArray(scheme) });
    }

    /// <summary>Asks the page.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        JsonNode answer = await CallAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["returnByValue"] = true });
        Assert.Null(answer["exceptionDetails"]);
        return answer["result"]!["value"];
    }

    /// <summary>Takes a picture of the whole page.</summary>
    public async Task<byte[]> ScreenshotAsync()
    {
        JsonNode answer = await CallAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png", ["captureBeyondViewport"] = true });
        return Convert.FromBase64String((string)answer["data"]!);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();

        // Its helpers may write a last time.
        for (int i = 0; i < 20 && Directory.Exists(_profile.FullName); i++)
        {
            try
            {
                _profile.Delete(recursive: true);
            }
            catch (IOException)
            {
                await Task.Delay(50);
            }
        }
    }

    private static string? Method(JsonNode node) => (string?)node["method"];

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(static folder => _names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private async Task<JsonNode> CallAsync(string method, JsonObject? parameters = null)
    {
        int id = ++_last;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (_session is not null)
        {
            message["sessionId"] = _session;
        }

        using CancellationTokenSource patience = new(_patience);
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        while (true)
        {
            JsonNode answer = await ReceiveAsync();
            if ((int?)answer["id"] == id)
            {
                Assert.Null(answer["error"]);
                return answer["result"]!;
            }

            _events.Add(answer);
        }
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        using CancellationTokenSource patience = new(_patience);
        using MemoryStream bytes = new();
        byte[] piece = new byte[64 * 1024];
        WebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(piece, patience.Token);
            await bytes.WriteAsync(piece.AsMemory(0, received.Count), patience.Token);
        }
        while (!received.EndOfMessage);
        return JsonNode.Parse(bytes.ToArray())!;
    }

    [GeneratedRegex("ws://[^ ]+")]
    private static partial Regex Address();
}
