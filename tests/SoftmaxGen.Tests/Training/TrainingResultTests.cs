using SoftmaxGen.Tests.Oracles;
using SoftmaxGen.Training;

namespace SoftmaxGen.Tests.Training;

public sealed class TrainingResultTests
{
    [Theory]
    [InlineData(200, StopReason.Converged)]
    [InlineData(2, StopReason.MaxIterations)]
    public void Result_tells_how_the_training_ended(int maxIterations, StopReason stopReason)
    {
        Solution solution = SoftmaxTrainer.Solve(
            new PlainMeanLoss(SampleData.Load("iris")), new TrainingOptions { MaxIterations = maxIterations });

        var result = new TrainingResult<string>("model", solution, separation: null, static (_, _, _, _) => { });

        Assert.Equal("model", result.Model);
        Assert.Equal(stopReason, result.StopReason);
        Assert.Equal(stopReason == StopReason.Converged, result.Converged);
        Assert.Equal(solution.Objective, result.Objective);
        Assert.Equal(solution.Loss, result.Loss);
        Assert.Equal(solution.Evaluations, result.Evaluations);
        Assert.Equal(solution.Elapsed, result.Elapsed);
        Assert.Equal(solution.History, result.History);
        Assert.Equal(result.History.Count - 1, result.Iterations);
        Assert.Equal(result.History[^1].GradientNorm, result.GradientNorm);
    }
}
