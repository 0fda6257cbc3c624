// Trains one model over all processes that have started it, and prints the same for any number of them:
//
//   dotnet build -c Release samples/Cluster
//   mpirun -n 4 dotnet samples/Cluster/bin/Release/net10.0/Cluster.dll 1000000
//
// A second argument is the path of a checkpoint: the same command goes on after whatever has stopped it.
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Cluster;
using SoftmaxGen;
using SoftmaxGen.Mpi;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
long rowCount = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
var options = new TrainingOptions
{
    Checkpoint = args.Length > 1 ? new TrainingCheckpoint { Path = args[1], EveryIterations = 5, Resume = true } : null,
};

return MpiProcessGroup.Run(group =>
{
    // Each process makes, or reads, its own part of the rows and no other.
    RankShare share = group.ShareOf(rowCount);
    using TrainingSet<SignalModel, double> part = Signals.Create(share);
    using TrainingSet<SignalModel, double> all = part.Join(group);

    TrainingResult<SignalModel> fit = SoftmaxTrainer.Train(all, options);

    // All have the model; one tells of it.
    if (group.Rank == 0)
    {
        string digest = Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(fit.Model.Weights)))[..16];
        Console.WriteLine($"{all.RowCount:N0} rows: {fit.Solver}, {fit.StopReason} after {fit.Iterations} iterations and {fit.Evaluations} passes");
        Console.WriteLine($"loss {fit.Loss:R}, weights {digest}");
        double nanoseconds = fit.Elapsed.TotalNanoseconds / fit.Evaluations / rowCount;
        Console.Error.WriteLine($"{group.Size} ranks of {group.Library} took {fit.Elapsed.TotalSeconds:F2} s, {nanoseconds:F1} ns a row and pass");
    }
});
