// What memory a training from a file takes. Arguments: the file. Prints the bytes of packed rows, the bytes that the process had at its peak before the
// file was opened, and those at its peak after the training.
using System.Diagnostics;
using System.Globalization;
using SoftmaxGen;
using SoftmaxGen.Data;
using SoftmaxGen.DataProbe;

string path = args[0];
DataFile file = Path.GetExtension(path) switch
{
    ".csv" => DataFile.Csv(path),
    ".parquet" => DataFile.Parquet(path),
    _ => DataFile.Arrow(path),
};
using var builder = new TrainingSetBuilder<ProbeModel, double>();
builder.AddFile(file);
using TrainingSet<ProbeModel, double> set = builder.Build();
SoftmaxTrainer.Train(set, new TrainingOptions { Solver = Solver.Lbfgs, MaxIterations = 5 });

// A block of 8 rows has their features, the index of the class and the weight.
long packed = (long)set.RowCount * (ProbeModel.Features + 2) * sizeof(double);
using var process = Process.GetCurrentProcess();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set.RowCount} {packed} {process.PeakWorkingSet64}"));
