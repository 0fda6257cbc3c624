using System.Net;
using System.Net.Sockets;

namespace SoftmaxGen.Site.Tests;

/// <summary>Serves the site on the loopback address: a browser runs no scripts of modules from files.</summary>
internal sealed class SiteServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public SiteServer()
    {
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Gets the address of the site.</summary>
    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext request;
            try
            {
                request = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await AnswerAsync(request);
        }
    }

    private static async Task AnswerAsync(HttpListenerContext request)
    {
        string path = Path.Combine(BuiltSite.Folder, request.Request.Url!.AbsolutePath.TrimStart('/'));
        using HttpListenerResponse response = request.Response;
        if (!File.Exists(path))
        {
            response.StatusCode = (int)HttpStatusCode.NotFound;
            return;
        }

        response.ContentType = Path.GetExtension(path) switch
        {
            ".html" => "text/html",
            ".js" => "text/javascript",
            ".css" => "text/css",
            ".svg" => "image/svg+xml",
            ".json" => "application/json",
            _ => "application/octet-stream",
        };
        try
        {
            await response.OutputStream.WriteAsync(await File.ReadAllBytesAsync(path));
        }
        catch (HttpListenerException)
        {
            // The browser has left the page.
        }
    }
}
