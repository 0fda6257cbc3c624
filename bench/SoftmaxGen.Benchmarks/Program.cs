using BenchmarkDotNet.Running;
using SoftmaxGen.Benchmarks.Modes.Cold;
using SoftmaxGen.Benchmarks.Modes.Evaluate;
using SoftmaxGen.Benchmarks.Modes.Generator;
using SoftmaxGen.Benchmarks.Modes.Native;
using SoftmaxGen.Benchmarks.Modes.Online;
using SoftmaxGen.Benchmarks.Modes.Predict;
using SoftmaxGen.Benchmarks.Modes.Ratios;
using SoftmaxGen.Benchmarks.Modes.Sparse;
using SoftmaxGen.Benchmarks.Modes.Sweep;
using SoftmaxGen.Benchmarks.Modes.Train;

// The modes are quick comparisons whose results are committed; everything else goes to BenchmarkDotNet.
return args switch
{
    ["ratios", .. string[] options] => RatiosMode.Run(options),
    ["predict", .. string[] options] => PredictMode.Run(options),
    ["native", .. string[] options] => NativeMode.Run(options),
    ["cold", .. string[] options] => ColdMode.Run(options),
    ["evaluate", .. string[] options] => EvaluateMode.Run(options),
    ["online", .. string[] options] => OnlineMode.Run(options),
    ["sparse", .. string[] options] => SparseMode.Run(options),
    ["train", .. string[] options] => TrainMode.Run(options),
    ["sweep", .. string[] options] => SweepMode.Run(options),
    ["generator", .. string[] options] => GeneratorMode.Run(options),
    _ => RunBenchmarks(args),
};

static int RunBenchmarks(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return 0;
}
