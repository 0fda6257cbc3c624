namespace SoftmaxGen.Benchmarks.Modes.Train;

/// <summary>All solvers on one problem.</summary>
internal sealed record ProblemResult
{
    /// <summary>Gets the name of the problem.</summary>
    public required string Name { get; init; }

    /// <summary>Gets its rows.</summary>
    public required int RowCount { get; init; }

    /// <summary>Gets its shape.</summary>
    public required ModelShape Shape { get; init; }

    /// <summary>Gets the solver that the default one turned out to be.</summary>
    public required Solver Choice { get; init; }

    /// <summary>Gets the time of the first fit of a fresh process, by the default solver.</summary>
    public required double ColdMilliseconds { get; init; }

    /// <summary>Gets what a second fit on the same training set allocates, the model among it.</summary>
    public required long RefitBytes { get; init; }

    /// <summary>Gets what the model alone allocates.</summary>
    public required long ModelBytes { get; init; }

    /// <summary>Gets the solvers, and those that were driven over plain loops.</summary>
    public required IReadOnlyList<SolverResult> Solvers { get; init; }

    /// <summary>Names a solver that is driven over plain loops.</summary>
    /// <param name="solver">Its own name.</param>
    /// <returns>The name.</returns>
    public static string InPlainLoops(string solver) => $"plain loops, {solver}";

    /// <summary>Finds a solver.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The solver; null when it was not measured.</returns>
    public SolverResult? Find(string name) => Solvers.FirstOrDefault(solver => solver.Solver == name);
}
