// A training from a file, for its memory. The argument is the file. Prints the number of rows, the bytes of the packed rows, the bytes of memory at the peak
// of the process, and the number of passes.
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
TrainingResult<ProbeModel> fit = SoftmaxTrainer.Train(set, new TrainingOptions { Solver = Solver.Lbfgs, MaxIterations = 5 });

// A block of 8 rows has their features, the index of the class and the weight.
long packed = (long)set.RowCount * (ProbeModel.Features + 2) * sizeof(double);
using var process = Process.GetCurrentProcess();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set.RowCount} {packed} {process.PeakWorkingSet64} {fit.Evaluations}"));
