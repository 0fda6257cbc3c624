using System.Numerics;
using SoftmaxGen.Tests.Oracles;

namespace SoftmaxGen.Tests.Training;

/// <summary>
/// What a training says is so: 2,000 small sets of fifteen kinds, each trained by one of the deterministic solvers, against <see cref="PreciseSoftmax"/>; and
/// 1,200 of nine kinds in single precision.
/// </summary>
public sealed class TruthTests
{
    private const int SetsPerModel = 400;

    // Relative to the optimum, at a tolerance of 1e-6 or less; at larger ones a tenth of it is promised. A loss in single precision is rounded to 1e-7 or so.
    private const double Near = 1e-6;
    private const double NearInSingle = 1e-4;
    private const double RoundingInSingle = 1e-6;
    private const double ByTolerance = 0.1;

    // Of trainings that are not steepest descent's. Single precision has too few digits more often, above all where nothing is penalised.
    private const double MostUnanswered = 0.03;
    private const double MostUnansweredInSingle = 0.1;

    // What single precision can hold.
    private static readonly HardKind[] _kindsInSingle =
    [
        HardKind.Ordinary, HardKind.SaturatedStart, HardKind.Offsets, HardKind.Separable, HardKind.QuasiSeparable, HardKind.Determined, HardKind.ManyDecades,
        HardKind.LightRows, HardKind.Switches,
    ];

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Training_2x1_says_what_is_so() => Run<Double2x1, double>(1);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Training_2x2_says_what_is_so() => Run<Double2x2, double>(2);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Training_3x1_says_what_is_so() => Run<Double3x1, double>(3);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Training_3x2_says_what_is_so() => Run<Double3x2, double>(4);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Training_4x2_says_what_is_so() => Run<Double4x2, double>(5);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Training_2x1_in_single_says_what_is_so() => Run<Single2x1, float>(6);

    [Fact]
    [Trait(TestCategory.Name, TestCategory.Slow)]
    public void Training_2x2_in_single_says_what_is_so() => Run<Single2x2, float>(7);

    [Fact]
    public void Training_3x4_in_single_says_what_is_so() => Run<Single3x4, float>(8);

    private static void Run<TModel, T>(int seed)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool isSingle = typeof(T) == typeof(float);
        HardKind[] kinds = isSingle ? _kindsInSingle : Enum.GetValues<HardKind>();
        var random = new Random(seed);
        int asked = 0;
        List<string> unanswered = [];
        for (int i = 0; i < SetsPerModel; i++)
        {
            HardProblem problem = HardProblem.Draw(TModel.Shape, kinds[i % kinds.Length], random);
            if (isSingle)
            {
                problem.RoundToSingle();
            }

            using var set = new TrainingSet<TModel, T>(new TrainingRows<T>
            {
                Rows = Narrow(problem.Rows), Labels = problem.Labels, RowWeights = Narrow(problem.RowWeights), Offsets = Narrow(problem.Offsets ?? []),
            });
            var options = new TrainingOptions
            {
                Solver = problem.Solver, L2 = problem.L2, Standardize = problem.Standardize, InitialWeights = problem.Start, Tolerance = problem.Tolerance,
            };
            TrainingResult<TModel> result = SoftmaxTrainer.Train(set, options);
            double[] weights = [.. result.Model.Weights.ToArray().Select(double.CreateChecked)];
            string wrong = Wrong(problem, result.StopReason, result.Objective, weights, TModel.Shape.Classes, isSingle);
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
        Assert.True(unanswered.Count <= (isSingle ? MostUnansweredInSingle : MostUnanswered) * asked,
            $"Of {asked} were not answered: {string.Join(", ", unanswered)}.");

        static T[] Narrow(double[] numbers) => [.. numbers.Select(T.CreateChecked)];
    }

    private static string Wrong(HardProblem problem, StopReason stop, double told, double[] weights, int classes, bool isSingle)
    {
        PreciseSoftmax oracle = problem.Oracle(classes);
        bool hasOptimum = problem.L2 != 0 || !oracle.HasRecession();
        if (stop == StopReason.Separable)
        {
            return hasOptimum ? "called separable, and there is an optimum" : "";
        }

        if (stop != StopReason.Converged)
        {
            return "";
        }

        if (!hasOptimum)
        {
            return "called converged, and there is no optimum";
        }

        double least = oracle.Minimum();
        double actual = oracle.ObjectiveOf(weights);
        double near = (Math.Max(isSingle ? NearInSingle : Near, ByTolerance * problem.Tolerance) * least) + (isSingle ? RoundingInSingle : 0);
        return Math.Abs(actual - least) <= near && Math.Abs(told - least) <= near
            ? ""
            : $"called converged at {actual:R}, told as {told:R}, and the optimum is {least:R}";
    }
}
