namespace SoftmaxGen.Training;

/// <summary>What <see cref="Solver.Auto"/> stands for.</summary>
internal static class SolverChoice
{
    /// <summary>Chooses the algorithm of a training.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="options">The solver that was asked for.</param>
    /// <returns>The solver; not <see cref="Solver.Auto"/>.</returns>
    public static Solver For(Objective objective, TrainingOptions options) =>
        options.Solver switch
        {
            Solver.Auto when objective.IsUnpenalised && objective.HasHessian => Solver.Newton,
            Solver.Auto => Solver.Lbfgs,
            Solver chosen => chosen,
        };
}
