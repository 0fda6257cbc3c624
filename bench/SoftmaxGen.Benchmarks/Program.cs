using BenchmarkDotNet.Running;
using SoftmaxGen.Benchmarks.Modes.Ratios;
using SoftmaxGen.Benchmarks.Modes.Train;

// `ratios` is the quick comparison that the README quotes; everything else goes to BenchmarkDotNet.
if (args is ["ratios", .. string[] options])
{
    return RatiosMode.Run(options);
}

// `train` measures whole trainings.
if (args is ["train", .. string[] trainOptions])
{
    return TrainMode.Run(trainOptions);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
