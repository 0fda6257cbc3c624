using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace ChurnLoadTest;

/// <summary>The service, in a process of its own and a folder of its own.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private readonly Process _process;

    private ServiceProcess(Process process, int port)
    {
        _process = process;
        Port = port;
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>Gets the port.</summary>
    public int Port { get; }

    /// <summary>Gets a client for single questions.</summary>
    public HttpClient Client { get; }

    /// <summary>Gets the time that the process was at work, on all cores together.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts the service and waits until it is healthy.</summary>
    /// <param name="folder">Its folder: of the model file and of the state.</param>
    /// <returns>The service.</returns>
    public static async Task<ServiceProcess> StartAsync(string folder)
    {
        int port = FreePort();
        string service = typeof(ServiceProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static one => one.Key == "Service").Value!;
        var start = new ProcessStartInfo(
            "dotnet", [service, "--urls", $"http://127.0.0.1:{port}", "--contentRoot", folder, "--Logging:LogLevel:Default", "None"])
        {
            WorkingDirectory = folder,
        };
        var process = new ServiceProcess(Process.Start(start)!, port);
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await process.Client.GetStringAsync(new Uri("/health", UriKind.Relative));
                return process;
            }
            catch (HttpRequestException) when (attempt < 600 && !process._process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Trains a model in the service's program, apart from the service.</summary>
    /// <param name="path">Where to save the model.</param>
    /// <param name="seed">The seed of the clients that it is trained on.</param>
    /// <returns>A task that ends when the model is saved.</returns>
    public static async Task TrainAsync(string path, int seed)
    {
        string service = typeof(ServiceProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static one => one.Key == "Service").Value!;
        using Process process = Process.Start("dotnet", [service, "train", path, seed.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The training ended with {process.ExitCode}.");
        }
    }

    /// <summary>Kills the process: it has no time to save anything.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        _process.Dispose();
        Client.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
