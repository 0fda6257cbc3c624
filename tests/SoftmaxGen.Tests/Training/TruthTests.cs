using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training;

/// <summary>
/// What a training says is so: 2,000 small sets of thirteen kinds, each trained by one of the deterministic solvers, against <see cref="PreciseSoftmax"/>.
/// </summary>
public sealed class TruthTests
{
    private const int SetsPerModel = 400;

    // Relative to the optimum, at a tolerance of 1e-6 or less; at larger ones a tenth of it is promised.
    private const double Near = 1e-6;
    private const double ByTolerance = 0.1;

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Training_2x1_says_what_is_so() => Run<Double2x1>(1);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Training_2x2_says_what_is_so() => Run<Double2x2>(2);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Training_3x1_says_what_is_so() => Run<Double3x1>(3);

    [Fact]
    public void Training_3x2_says_what_is_so() => Run<Double3x2>(4);

    [Fact]
    public void Training_4x2_says_what_is_so() => Run<Double4x2>(5);

    private static void Run<TModel>(int seed)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        HardKind[] kinds = Enum.GetValues<HardKind>();
        var random = new Random(seed);
        int asked = 0;
        List<string> unanswered = [];
        for (int i = 0; i < SetsPerModel; i++)
        {
            HardProblem problem = HardProblem.Draw(TModel.Shape, kinds[i % kinds.Length], random);
            using var set = new TrainingSet<TModel, double>(new TrainingRows<double>
            {
                Rows = problem.Rows, Labels = problem.Labels, RowWeights = problem.RowWeights, Offsets = problem.Offsets,
            });
            var options = new TrainingOptions
            {
                Solver = problem.Solver, L2 = problem.L2, Standardize = problem.Standardize, InitialWeights = problem.Start, Tolerance = problem.Tolerance,
            };
            TrainingResult<TModel> result = SoftmaxTrainer.Train(set, options);
            string wrong = Wrong(problem, result, TModel.Shape.Classes);
            Assert.True(wrong.Length == 0, $"Set {i}, {problem.Kind}, {problem.Solver}, L2 = {problem.L2}, Standardize = {problem.Standardize}, "
                + $"Tolerance = {problem.Tolerance}: {wrong}");
            if (problem.Solver != Solver.GradientDescent)
            {
                asked++;
                if (result.StopReason is not (StopReason.Converged or StopReason.Separable))
                {
                    unanswered.Add($"{problem.Kind} {problem.Solver} {result.StopReason}");
                }
            }
        }

        // Nothing is learned from trainings that give up. Steepest descent does, and says so.
        Assert.True(unanswered.Count <= 0.03 * asked, $"Of {asked} were not answered: {string.Join(", ", unanswered)}.");
    }

    private static string Wrong<TModel>(HardProblem problem, TrainingResult<TModel> result, int classes)
        where TModel : class, ISoftmaxModel<TModel, double>
    {
        PreciseSoftmax oracle = problem.Oracle(classes);
        bool hasOptimum = problem.L2 != 0 || !oracle.HasRecession();
        if (result.StopReason == StopReason.Separable)
        {
            return hasOptimum ? "called separable, and there is an optimum" : "";
        }

        if (result.StopReason != StopReason.Converged)
        {
            return "";
        }

        if (!hasOptimum)
        {
            return "called converged, and there is no optimum";
        }

        double least = oracle.Minimum();
        double actual = oracle.ObjectiveOf(result.Model.Weights);
        double near = Math.Max(Near, ByTolerance * problem.Tolerance) * least;
        return Math.Abs(actual - least) <= near && Math.Abs(result.Objective - least) <= near
            ? ""
            : $"called converged at {actual:R}, told as {result.Objective:R}, and the optimum is {least:R}";
    }
}
