// Loads the churn service, exchanges its model meanwhile, kills it, and looks whether what it learned has survived.
//
//   dotnet run -c Release --project samples/Churn/LoadTest -- --rate 10000 --seconds 20 --swaps 100 --bad 10 --p99 2
//
// Ends with 0 when there was no error, all models and bad files were noticed, the state survived, and the latency is within its limit.
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChurnLoadTest;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Options options = Options.Parse(args);
DirectoryInfo folder = Directory.CreateTempSubdirectory("softmaxgen-churn-");
try
{
    var deployment = new Deployment(Path.Combine(folder.FullName, "churn.softmax.json"));
    await deployment.PrepareAsync(folder.FullName);
    bool isGood = true;
    Answer learned;
    using (ServiceProcess service = await ServiceProcess.StartAsync(folder.FullName))
    {
        // The compiler is done after some thousand requests.
        await Load.RunAsync(service.Port, options.Rate, seconds: 2, options.Connections);
        TimeSpan before = service.ProcessorTime;
        Task deployed = deployment.RunAsync(options.Swaps, options.BadFiles, TimeSpan.FromSeconds(options.Seconds));
        (double[] latencies, int errors) = await Load.RunAsync(service.Port, options.Rate, options.Seconds, options.Connections);
        TimeSpan busy = service.ProcessorTime - before;
        await deployed;
        double p99 = latencies[(int)(latencies.Length * 0.99)];
        Console.WriteLine($"{latencies.Length:N0} requests in {options.Seconds} s: {errors} errors; median {latencies[latencies.Length / 2]:F2} ms, "
            + $"P99 {p99:F2} ms, P99.9 {latencies[(int)(latencies.Length * 0.999)]:F2} ms, longest {latencies[^1]:F1} ms");
        Console.WriteLine(
            $"the service was at work on {busy.TotalSeconds / options.Seconds:F2} cores, {busy.TotalMicroseconds / latencies.Length:F0} us a request");

        await Until(async () => await Count(service, "softmaxgen_model_swaps") == options.Swaps
            && await Count(service, "softmaxgen_model_refused_files") == options.BadFiles);
        (int swaps, int refused) = (await Count(service, "softmaxgen_model_swaps"), await Count(service, "softmaxgen_model_refused_files"));
        Console.WriteLine($"{swaps} of {options.Swaps} models put in force, {refused} of {options.BadFiles} bad files refused");
        isGood &= errors == 0 && swaps == options.Swaps && refused == options.BadFiles && p99 <= options.LongestP99;

        // Something to lose: rows that are learned, and saved a second later at most.
        long already = (await Ask(service)).Learned;
        string[] clients = Clients.Make(500);
        foreach (string client in clients)
        {
            using var content = new StringContent(Clients.Outcome(client, leaves: true), Encoding.UTF8, "application/json");
            (await service.Client.PostAsync(new Uri("/feedback", UriKind.Relative), content)).EnsureSuccessStatusCode();
        }

        await Until(async () => (await Ask(service)).Learned == already + clients.Length);
        learned = await Ask(service);
        await Task.Delay(TimeSpan.FromSeconds(2));
        service.Kill();
    }

    using (ServiceProcess service = await ServiceProcess.StartAsync(folder.FullName))
    {
        Answer resumed = await Ask(service);
        Console.WriteLine($"before the kill {learned}, after the restart {resumed}");
        isGood &= resumed == learned;
    }

    Console.WriteLine(isGood ? "good" : "NOT GOOD");
    return isGood ? 0 : 1;
}
finally
{
    folder.Delete(recursive: true);
}

static async Task Until(Func<Task<bool>> isSo)
{
    for (int attempt = 0; attempt < 100 && !await isSo(); attempt++)
    {
        await Task.Delay(100);
    }
}

static async Task<int> Count(ServiceProcess service, string series)
{
    string text = await service.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
    return Regex.Match(text, $@"^{series}_sum (\d+)$", RegexOptions.Multiline) is { Success: true } match
        ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
}

static async Task<Answer> Ask(ServiceProcess service)
{
    using var content = new StringContent(Clients.Make(1)[0], Encoding.UTF8, "application/json");
    HttpResponseMessage response = (await service.Client.PostAsync(new Uri("/predict", UriKind.Relative), content)).EnsureSuccessStatusCode();
    JsonElement model = await service.Client.GetFromJsonAsync<JsonElement>(new Uri("/model", UriKind.Relative));
    JsonElement prediction = await response.Content.ReadFromJsonAsync<JsonElement>();
    return new Answer(model.GetProperty("learned").GetInt64(), prediction.GetProperty("leaves").GetDouble());
}

/// <summary>What the service says of itself and of one client.</summary>
/// <param name="Learned">The rows of feedback that the model has learned from.</param>
/// <param name="Leaves">The probability that the client leaves.</param>
internal sealed record Answer(long Learned, double Leaves);
