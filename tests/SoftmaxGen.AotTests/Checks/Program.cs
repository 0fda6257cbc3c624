// Compares what the library computes on this processor with the oracles of the tests. The argument says what is compared. The first line that is written
// describes the processor, the last one counts the comparisons; where one fails, the program ends with an exception.
using SoftmaxGen.AotTests.Checks;

Console.WriteLine(Processor.Describe());
switch (args[0])
{
    case "kernels":
        Models.All(new KernelCheck());
        KernelCheck.Exponentials();
        KernelCheck.Points();
        KernelCheck.Threads();
        break;
    case "predictions":
        Models.All(new PredictionCheck());
        PredictionCheck.MissingValues();
        TypedCheck.Run();
        PretrainedCheck.Run();
        break;
    case "training":
        TrainingCheck.Run();
        break;
    case "files":
        Models.All(new FileCheck());
        FileCheck.CommittedFiles();
        FileCheck.TrainedModels();
        break;
    default:
        throw new ArgumentException($"There is no check '{args[0]}'.");
}

Console.WriteLine($"{Check.Count} comparisons");
