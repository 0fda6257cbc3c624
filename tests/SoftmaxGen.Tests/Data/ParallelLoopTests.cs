using SoftmaxGen.Data;

namespace SoftmaxGen.Tests.Data;

/// <summary>Each part is done once, by however many threads, and what a part throws reaches the caller.</summary>
public sealed class ParallelLoopTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void Each_part_is_done_once_in_every_run(int threads)
    {
        var loop = new Loop(parts: 37, failing: -1);
        for (int run = 1; run <= 200; run++)
        {
            loop.Run(threads);
            Assert.All(loop.Done, done => Assert.Equal(run, done));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void What_a_part_throws_is_thrown_to_the_caller(int threads)
    {
        for (int failing = 0; failing < 37; failing++)
        {
            var loop = new Loop(parts: 37, failing);
            Assert.Equal($"Part {failing}", Assert.Throws<TimeoutException>(() => loop.Run(threads)).Message);
            Assert.Equal(0, loop.Done[failing]);
        }
    }

    private sealed class Loop(int parts, int failing) : ParallelLoop(parts)
    {
        public int[] Done { get; } = new int[parts];

        public new void Run(int maxThreads) => base.Run(maxThreads);

        protected override void Do(int part)
        {
            if (part == failing)
            {
                throw new TimeoutException($"Part {part}");
            }

            Done[part]++;
        }
    }
}
