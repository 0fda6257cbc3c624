// Guards of a game decide anew in each frame. The weights are part of the program, and a frame allocates nothing.
//
//   dotnet run -c Release --project samples/GameLoop              500 guards, 2,000 frames
//   dotnet run -c Release --project samples/GameLoop -- train     trains anew; the next build takes the weights
using System.Diagnostics;
using GameLoop;
using SoftmaxGen;

if (args is ["train"])
{
    TrainingResult<GuardModel> fit = World.Train();
    fit.Save("guard.softmax.json");
    Console.WriteLine($"{fit.StopReason}, loss {fit.Loss:F3}: build again to take the weights over");
    return;
}

GuardModel mind = GuardModel.Pretrained ?? throw new InvalidOperationException("The program has no weights: run it with 'train', then build it again.");
var world = new World(guards: 500);
var times = new FrameTimes();
for (int frame = 0; frame < 100; frame++)
{
    // The compiler does its work here, behind the loading screen.
    world.Step(mind);
    times.Record(Stopwatch.GetTimestamp());
}

times = new FrameTimes();
Array.Clear(world.Moves);
long allocated = GC.GetAllocatedBytesForCurrentThread();
for (int frame = 0; frame < 2000; frame++)
{
    long start = Stopwatch.GetTimestamp();
    world.Step(mind);
    times.Record(start);
}

allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
Console.WriteLine($"2,000 frames of 500 guards: {allocated} bytes allocated");
Console.WriteLine(string.Join(", ", Enum.GetValues<Move>().Select(move => $"{move} {world.Moves[(int)move]}")));
times.Write();
