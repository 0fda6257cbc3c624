using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen.Training;

/// <summary>What <see cref="Solver.Auto"/> stands for; the section on solvers of <c>docs/numerics.md</c> has the measurements.</summary>
internal static class SolverChoice
{
    // Newton's method pays where its matrix is small, and up to a few more weights while a pass over the rows is short. Two classes are so easy for L-BFGS
    // that it does not.
    private const int MostWeightsOfNewton = 24;
    private const int MostWeightsOfFewRows = 30;
    private const int FewRows = 500;
    private const int FewestClassesOfNewton = 3;

    // Trainings that go well have ended by then, whatever the shape; those that have not are badly conditioned.
    private const int MostPatience = 60;
    private const int LeastPatience = 10;

    // A twentieth of the rows, by a prime number, so that it is no multiple of a period of theirs. The Hessian of the sample differs from that of all rows by
    // about the root of the weights to a row: more rows than the most save no pass, fewer than the least cost some.
    private const int LeastStride = 19;
    private const int LeastSampledToWeight = 10;
    private const int MostSampledToWeight = 200;

    // Below these a training ends before the sample has told anything; two classes take few passes anyway.
    private const int FewestRowsToSample = 20_000;
    private const int FewestRowsOfTwoClasses = 100_000;

    /// <summary>Chooses the algorithm that a training begins with.</summary>
    public static Solver For(Objective objective, TrainingOptions options) => options.Solver switch
    {
        Solver.Auto when objective.HasHessian && (objective.IsUnpenalised || !objective.IsSmooth || IsSmall(objective)) => Solver.Newton,
        Solver.Auto => Solver.Lbfgs,
        Solver.Newton when !objective.IsSmooth && !objective.HasHessian => Solver.Lbfgs,
        Solver chosen => chosen,
    };

    /// <summary>
    /// Decides after how many iterations Newton takes over from L-BFGS. Up to the limit it is when L-BFGS has taken as long as Newton would have from the
    /// start, by measurement about 10 iterations and one for each weight of a logit relative to class 0: no training takes much more than twice that of the
    /// better choice.
    /// </summary>
    /// <returns>The number of iterations; null where Newton does not take over.</returns>
    public static int? PatienceWithLbfgs(Objective objective, TrainingOptions options, Solver solver) =>
        solver == Solver.Lbfgs && options.Solver == Solver.Auto && objective is { IsSmooth: true, HasHessian: true }
            ? Math.Min(LeastPatience + RelativeWeights(objective), MostPatience)
            : null;

    /// <summary>
    /// Decides which rows stand for all while L-BFGS looks for the way: those at equal distances, where these are many to each weight and the penalty gives
    /// their objective a minimum.
    /// </summary>
    /// <returns>The distance from one row to the next; null where all rows are looked at.</returns>
    public static long? SampleStride(Objective objective, TrainingOptions options, Solver solver)
    {
        bool mayStand = solver == Solver.Lbfgs && options.Solver == Solver.Auto && objective is { IsSmooth: true, L2: > 0 };
        long weights = RelativeWeights(objective);
        long fewest = Math.Max(
            objective.Classes < FewestClassesOfNewton ? FewestRowsOfTwoClasses : FewestRowsToSample, LeastStride * LeastSampledToWeight * weights);
        return mayStand && objective.RowCount >= fewest
            ? Math.Max(LeastStride, objective.RowCount / (MostSampledToWeight * weights))
            : null;
    }

    /// <summary>Decides whether a solver takes batches of rows.</summary>
    public static bool IsStochastic(Solver solver) => solver is Solver.Sgd or Solver.Momentum or Solver.Adam or Solver.AdaGrad;

    /// <summary>Makes the steps of a stochastic solver, which takes batches of rows, and epochs for iterations.</summary>
    public static IStepRule? Steps(Solver solver, Objective objective) => solver switch
    {
        Solver.Sgd => new SgdSteps(),
        Solver.Momentum => new MomentumSteps(objective),
        Solver.Adam => new AdamSteps(objective),
        Solver.AdaGrad => new AdaGradSteps(objective),
        _ => null,
    };

    private static bool IsSmall(Objective objective) =>
        objective.Classes >= FewestClassesOfNewton
        && RelativeWeights(objective) <= (objective.RowCount <= FewRows ? MostWeightsOfFewRows : MostWeightsOfNewton);

    // The weights of the logits relative to class 0, of which Newton's method has an equation each.
    private static int RelativeWeights(Objective objective) => objective.ParameterCount - objective.RowLength;
}
