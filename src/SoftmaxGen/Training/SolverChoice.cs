namespace SoftmaxGen.Training;

/// <summary>What <see cref="Solver.Auto"/> stands for; the section on solvers of <c>docs/numerics.md</c> has the measurements.</summary>
internal static class SolverChoice
{
    /// <summary>
    /// The iterations of L-BFGS after which Newton takes over. Trainings that go well have ended by then; those that have not are badly conditioned.
    /// </summary>
    public const int PatienceWithLbfgs = 60;

    /// <summary>Chooses the algorithm that a training begins with.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="options">The solver that was asked for.</param>
    /// <returns>The solver; not <see cref="Solver.Auto"/>.</returns>
    public static Solver For(Objective objective, TrainingOptions options) => options.Solver switch
    {
        Solver.Auto when objective.HasHessian && (objective.IsUnpenalised || options.L1 > 0) => Solver.Newton,
        Solver.Auto => Solver.Lbfgs,
        Solver.Newton when options.L1 > 0 && !objective.HasHessian => Solver.Lbfgs,
        Solver chosen => chosen,
    };

    /// <summary>Decides whether Newton takes over from L-BFGS when that is slow.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="options">The solver that was asked for.</param>
    /// <returns>Whether it does.</returns>
    public static bool HasReserve(Objective objective, TrainingOptions options) =>
        options is { Solver: Solver.Auto, L1: 0 } && objective.HasHessian && !objective.IsUnpenalised;
}
