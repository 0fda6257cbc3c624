using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChurnLoadTest;

/// <summary>
/// A connection that sends requests when they are due, without waiting for the answers before, which come in the same order. Latencies count from the time
/// that a request was due: a service that stalls is not spared the requests that it would have held up.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly ConcurrentQueue<long> _due = [];
    private readonly byte[] _buffer = new byte[65536];
    private readonly List<double> _latencies;

    private Connection(int expected) => _latencies = new List<double>(expected);

    /// <summary>Gets the latencies in milliseconds.</summary>
    public IReadOnlyList<double> Latencies => _latencies;

    /// <summary>Gets the number of answers that were no success.</summary>
    public int Errors { get; private set; }

    /// <summary>Opens a connection.</summary>
    /// <param name="port">The port of the service on this machine.</param>
    /// <param name="expected">About how many requests will be sent.</param>
    /// <returns>The connection.</returns>
    public static async Task<Connection> OpenAsync(int port, int expected)
    {
        var connection = new Connection(expected);
        await connection._socket.ConnectAsync(IPAddress.Loopback, port);
        return connection;
    }

    /// <summary>Makes the bytes of a request.</summary>
    /// <param name="path">The path.</param>
    /// <param name="json">The content.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Request(string path, string json) => Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}");

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="due">When it is due, as a time stamp.</param>
    public void Send(byte[] request, long due)
    {
        _due.Enqueue(due);
        _socket.Send(request);
    }

    /// <summary>Receives answers.</summary>
    /// <param name="count">Their number.</param>
    /// <returns>A task that ends with the last.</returns>
    /// <exception cref="IOException">The service closed the connection.</exception>
    public async Task ReceiveAsync(int count)
    {
        int filled = 0;
        while (count > 0)
        {
            int received = await _socket.ReceiveAsync(_buffer.AsMemory(filled));
            filled += received > 0 ? received : throw new IOException("The service closed the connection.");
            int taken = 0;
            while (count > 0 && Length(_buffer.AsSpan(taken..filled)) is > 0 and int length)
            {
                Take(_buffer.AsSpan(taken, length));
                taken += length;
                count--;
            }

            _buffer.AsSpan(taken..filled).CopyTo(_buffer);
            filled -= taken;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    // The bytes of the first answer; 0 where it is not complete.
    private static int Length(ReadOnlySpan<byte> bytes)
    {
        int head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return 0;
        }

        int body = head + 4;
        if (bytes[..head].IndexOf("chunked"u8) >= 0)
        {
            int end = bytes[head..].IndexOf("\r\n0\r\n\r\n"u8);
            return end < 0 ? 0 : head + end + 7;
        }

        int field = bytes[..head].IndexOf("Content-Length: "u8);
        if (field < 0)
        {
            return body;
        }

        ReadOnlySpan<byte> value = bytes[(field + 16)..body];
        int length = body + int.Parse(value[..value.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
        return length <= bytes.Length ? length : 0;
    }

    private void Take(ReadOnlySpan<byte> answer)
    {
        _due.TryDequeue(out long due);
        _latencies.Add(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
        if (!answer.StartsWith("HTTP/1.1 20"u8))
        {
            Errors++;
        }
    }
}
