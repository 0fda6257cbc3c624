using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Runtime.InteropServices;
using SoftmaxGen;
using SoftmaxGen.Mpi;
using SoftmaxGen.MpiProbe;

// A training that tests look at. Arguments: what to do, the number of rows, the solver; then what the first one needs.
//   alone                     trains in one process, without MPI
//   ranks                     trains over the ranks
//   kill RANK GATHER PATH     the same, keeping a checkpoint and resuming it; the rank is killed at the gather
//   resume PATH               the same, and nobody is killed
//   throw RANK                a rank throws in the middle
// Rank 0 prints the digest of the weights, the iterations, the passes and the milliseconds.
string mode = args[0];
int rowCount = int.Parse(args[1], CultureInfo.InvariantCulture);
var options = new TrainingOptions { Solver = Enum.Parse<Solver>(args[2]), Tolerance = 1e-9 };
if (mode == "alone")
{
    using TrainingSet<ProbeModel, double> set = ProbeRows.Create(new RankShare(0, rowCount));
    Print(SoftmaxTrainer.Train(set, options));
    return 0;
}

return MpiProcessGroup.Run(mpi =>
{
    IProcessGroup group = mode == "kill" ? new KillingGroup(mpi, Number(3), Number(4)) : mpi;
    string? path = mode switch
    {
        "kill" => args[5],
        "resume" => args[3],
        _ => null,
    };
    TrainingCheckpoint? checkpoint = path is null ? null : new TrainingCheckpoint { Path = path, EveryIterations = 2, Resume = true };
    using TrainingSet<ProbeModel, double> part = ProbeRows.Create(group.ShareOf(rowCount));
    using TrainingSet<ProbeModel, double> all = part.Join(group);
    var progress = new ThrowingProgress(mode == "throw" && group.Rank == Number(3) ? 3 : int.MaxValue);
    TrainingResult<ProbeModel> result = SoftmaxTrainer.Train(all, options with { Checkpoint = checkpoint }, progress);
    if (group.Rank == 0)
    {
        Print(result);
        Console.WriteLine(mpi.Library);
    }
});

int Number(int argument) => int.Parse(args[argument], CultureInfo.InvariantCulture);

static void Print(TrainingResult<ProbeModel> result)
{
    string digest = Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(result.Model.Weights)))[..16];
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{digest} {result.Iterations} {result.Evaluations} {result.Elapsed.TotalMilliseconds:F0}"));
}
