using System.Diagnostics;
using System.Globalization;
using SoftmaxGen.Peers;

// The churn job of docs/coming-from-mlnet.md, by this library and by ML.NET: the log loss on clients that were not trained on, and the time of the whole job.
// With the argument `peers [--markdown FILE]`: fits and predictions by this library and by others. With `data`: rows a second from files, by this library and
// by those that it reads them with.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["peers", .. string[] options])
{
    return PeersMode.Run(options is ["--markdown", string file] ? file : null);
}

DirectoryInfo folder = Directory.CreateTempSubdirectory("softmaxgen-");
if (args is ["data"])
{
    await DataFiles.RunAsync(folder.FullName);
    folder.Delete(recursive: true);
    return 0;
}

string csv = Path.Combine(folder.FullName, "churn.csv");
ChurnFile.Write(csv);
(double LogLoss, TimeSpan Time) ours = Measure(() => ChurnJob.Run(csv, Path.Combine(folder.FullName, "churn.softmax.json")));
(double LogLoss, TimeSpan Time) theirs = Measure(() => SoftmaxGen.Peers.MlNet.ChurnJob.Run(csv, Path.Combine(folder.FullName, "churn.zip")));
folder.Delete(recursive: true);
Console.WriteLine($"SoftmaxGen: log loss {ours.LogLoss:F4}, {ours.Time.TotalMilliseconds:F0} ms");
Console.WriteLine($"ML.NET:     log loss {theirs.LogLoss:F4}, {theirs.Time.TotalMilliseconds:F0} ms");
return Math.Abs(ours.LogLoss - theirs.LogLoss) < 0.01 ? 0 : 1;

static (double LogLoss, TimeSpan Time) Measure(Func<double> job)
{
    long start = Stopwatch.GetTimestamp();
    double logLoss = job();
    return (logLoss, Stopwatch.GetElapsedTime(start));
}
