using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training;

/// <summary>
/// Thousands of problems of every kind: few rows and many, separable or not, copies, constant features, empty classes, features from 1e-8 to 1e8, rows of
/// weight 0. A training ends by a documented exception, or truthfully.
/// </summary>
public sealed class RandomProblemTests
{
    private const int ProblemsPerModel = 1250;

    [Fact]
    public void Training_2x1_ends_truthfully() => Run<Double2x1>(1);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    [Trait(TestCategory.Name, TestCategory.EveryWidth)]
    public void Training_2x4_ends_truthfully() => Run<Double2x4>(2);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Training_2x9_ends_truthfully() => Run<Double2x9>(3);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Training_3x2_ends_truthfully() => Run<Double3x2>(4);

    [Fact]
    public void Training_3x4_ends_truthfully() => Run<Double3x4>(5);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Training_4x7_ends_truthfully() => Run<Double4x7>(6);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Training_7x4_ends_truthfully() => Run<Double7x4>(7);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Training_3x30_ends_truthfully() => Run<Double3x30>(8);

    private static void Run<TModel>(int seed)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        var random = new Random(seed);
        var reasons = new Dictionary<StopReason, int>();
        int refused = 0;
        for (int i = 0; i < ProblemsPerModel; i++)
        {
            var problem = RandomProblem.Draw(TModel.Shape, random);
            if (problem.HasEmptyClass)
            {
                Assert.Throws<ArgumentException>(() => Train<TModel>(problem));
                refused++;
                continue;
            }

            TrainingResult<TModel> result = Train<TModel>(problem);
            reasons[result.StopReason] = reasons.GetValueOrDefault(result.StopReason) + 1;

            // The exact test of 93 weights takes a while.
            bool isSpared = TModel.Shape.Features > 10 && i % 8 > 0;
            Check(problem, result, isSpared, $"{TModel.Shape.Classes} x {TModel.Shape.Features}, problem {i}, {problem.Options}: {result.StopReason}, "
                + $"gradient {result.GradientNorm:R}, objective {result.Objective:R}");
        }

        // All of it has been seen: a run of nothing but exceptions would prove nothing.
        Assert.True(refused > 0);
        Assert.True(reasons.GetValueOrDefault(StopReason.Converged) > ProblemsPerModel / 4);
        Assert.True(reasons.GetValueOrDefault(StopReason.Separable) > 0);
    }

    private static TrainingResult<TModel> Train<TModel>(RandomProblem problem)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        using TrainingSet<TModel, double> set = TModel.CreateTrainingSet(problem.Rows, problem.Labels, problem.RowWeights);
        return SoftmaxTrainer.Train(set, problem.Options);
    }

    private static void Check<TModel>(RandomProblem problem, TrainingResult<TModel> result, bool isSpared, string description)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        double[] weights = result.Model.Weights.ToArray();
        Assert.True(weights.All(double.IsFinite) && double.IsFinite(result.Objective) && double.IsFinite(result.GradientNorm), description);
        double tolerance = problem.Options.Tolerance;
        bool isTrue = result.StopReason switch
        {
            StopReason.Converged => problem.GradientNorm(weights) <= tolerance + problem.Rounding(weights),
            StopReason.MaxIterations => result.Iterations == problem.Options.MaxIterations,
            StopReason.NoProgress => true,
            StopReason.Separable => problem.Options is { L2: 0, L1: 0 } && (problem.AllRowsAreWon(weights) || isSpared || problem.HasNoOptimum()),
            _ => false,
        };
        Assert.True(isTrue, $"{description}; by the reference the gradient is {problem.GradientNorm(weights):R} +- {problem.Rounding(weights):R}");
    }
}
