namespace SoftmaxGen.Benchmarks.Modes.Train;

/// <summary>All solvers on one problem.</summary>
/// <param name="Name">The problem.</param>
/// <param name="RowCount">Its rows.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Optimum">Its optimum.</param>
/// <param name="ColdMilliseconds">The first fit of a fresh process, by the default solver.</param>
/// <param name="RefitBytes">What a second fit on the same training set allocates.</param>
/// <param name="Solvers">The solvers; plain loops come last.</param>
internal sealed record ProblemResult(
    string Name, int RowCount, ModelShape Shape, double Optimum, double ColdMilliseconds, long RefitBytes, IReadOnlyList<SolverResult> Solvers);
