using BenchmarkDotNet.Running;
using SoftmaxGen.Benchmarks.Modes.Ratios;

// `ratios` is the quick comparison that the README quotes; everything else goes to BenchmarkDotNet.
if (args is ["ratios", .. string[] options])
{
    return RatiosMode.Run(options);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
