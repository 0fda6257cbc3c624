using System.Diagnostics;

namespace ChurnLoadTest;

/// <summary>Requests at an even rate, whatever the answers: those of the same millisecond are sent together.</summary>
internal static class Load
{
    // A thread that asks for a millisecond of sleep gets little more on an idle machine. Where it gets more than that, the machine is too busy, and latencies
    // count the time as they should.
    private static readonly long _longestSleep = Stopwatch.Frequency * 3 / 2000;

    // One request in so many is feedback.
    private const int FeedbackShare = 20;

    /// <summary>Sends requests and waits for all answers.</summary>
    /// <param name="port">The port of the service.</param>
    /// <param name="rate">Requests a second.</param>
    /// <param name="seconds">For how long.</param>
    /// <param name="connections">The number of connections.</param>
    /// <returns>The latencies in milliseconds, in ascending order, and the number of errors.</returns>
    public static async Task<(double[] Latencies, int Errors)> RunAsync(int port, int rate, int seconds, int connections)
    {
        int each = rate * seconds / connections;
        var open = new List<Connection>();
        try
        {
            for (int i = 0; i < connections; i++)
            {
                open.Add(await Connection.OpenAsync(port, each));
            }

            Task[] received = [.. open.Select(connection => connection.ReceiveAsync(each))];
            Task sent = Task.Factory.StartNew(() => Send(open, rate, each), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            await sent;
            await Task.WhenAll(received).WaitAsync(TimeSpan.FromSeconds(30));
            return ([.. open.SelectMany(static connection => connection.Latencies).Order()], open.Sum(static connection => connection.Errors));
        }
        finally
        {
            open.ForEach(static connection => connection.Dispose());
        }
    }

    private static void Send(List<Connection> connections, int rate, int each)
    {
        byte[][] predictions = [.. Clients.Make(64).Select(static client => Connection.Request("/predict", client))];
        byte[][] outcomes = [.. Clients.Make(64).Select(static (client, i) => Connection.Request("/feedback", Clients.Outcome(client, leaves: i % 2 == 0)))];
        int total = each * connections.Count;
        int sent = 0;
        long start = Stopwatch.GetTimestamp();
        long last = start;
        while (sent < total)
        {
            Thread.Sleep(1);
            long now = Stopwatch.GetTimestamp();
            long due = Math.Min(now, last + _longestSleep);
            for (long target = Math.Min((long)(Stopwatch.GetElapsedTime(start, now).TotalSeconds * rate), total); sent < target; sent++)
            {
                byte[][] requests = sent % FeedbackShare == 0 ? outcomes : predictions;
                connections[sent % connections.Count].Send(requests[sent % requests.Length], due);
            }

            last = now;
        }
    }
}
