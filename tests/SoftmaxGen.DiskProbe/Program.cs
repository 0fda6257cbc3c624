using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SoftmaxGen;
using SoftmaxGen.DiskProbe;

// Rows in a file, for tests that look at a process from outside, and for measuring by hand. Arguments: what to do, and what it needs.
//   write PATH ROWS           writes rows to a file as they come
//   train PATH [THREADS]      trains on a file
//   memory ROWS [THREADS]     trains on the same rows in memory
//   loop PATH ROWS            writes the file again and again, until the process is killed; a point says that a batch was written
// Prints the digest of the weights, the passes and the seconds of a training, all seconds, and the most MiB that were resident before and in the end.
string mode = args[0];
long before = Peak();
long began = Stopwatch.GetTimestamp();
switch (mode)
{
    case "write":
        using (var builder = new TrainingSetBuilder<StreamModel, float>(args[1]))
        {
            StreamRows.AddTo(builder, Number(2));
            builder.Build().Dispose();
        }

        Print("written");
        break;
    case "train":
        using (TrainingSet<StreamModel, float> set = TrainingSet<StreamModel, float>.Open(args[1]))
        {
            Print(Train(set));
        }

        break;
    case "memory":
        using (var builder = new TrainingSetBuilder<StreamModel, float>(Number(1)))
        {
            StreamRows.AddTo(builder, Number(1));
            using TrainingSet<StreamModel, float> set = builder.Build();
            Print(Train(set));
        }

        break;
    case "loop":
        while (true)
        {
            using var builder = new TrainingSetBuilder<StreamModel, float>(args[1]);
            StreamRows.AddTo(builder, Number(2), static _ =>
            {
                Console.Out.Write('.');
                Console.Out.Flush();
            });
            builder.Build().Dispose();
        }

    default:
        throw new ArgumentException($"'{mode}' is nothing to do.", nameof(args));
}

int Number(int argument) => int.Parse(args[argument], CultureInfo.InvariantCulture);

string Train(TrainingSet<StreamModel, float> set)
{
    TrainingResult<StreamModel> result = SoftmaxTrainer.Train(set, new TrainingOptions { MaxThreads = args.Length > 2 ? Number(2) : 1 });
    string digest = Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(result.Model.Weights)))[..16];
    return string.Create(CultureInfo.InvariantCulture, $"{digest} {result.Evaluations} {result.Elapsed.TotalSeconds:F2}");
}

void Print(string what) => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"{what} {Stopwatch.GetElapsedTime(began).TotalSeconds:F2} {before} {Peak()}"));

// What /proc says of the process: pages of mapped files count as long as they are mapped.
static long Peak()
{
    const string Name = "VmHWM:";
    string[] lines = OperatingSystem.IsLinux() ? File.ReadAllLines("/proc/self/status") : [];
    string? line = Array.Find(lines, static line => line.StartsWith(Name, StringComparison.Ordinal));
    return line is null
        ? Process.GetCurrentProcess().PeakWorkingSet64 >> 20
        : long.Parse(line[Name.Length..^2].Trim(), CultureInfo.InvariantCulture) >> 10;
}
