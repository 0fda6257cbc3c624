using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Newton's method for <c>F(x) = f(x) + sum_i lambda_i |x_i|</c>: each step minimises the quadratic model of <c>f</c> together with the whole penalty, by
/// coordinate descent, and is then shortened until <c>F</c> decreases enough (Friedman, Hastie and Tibshirani, <i>Regularization paths for generalized linear
/// models via coordinate descent</i>, J. Stat. Softw. 33, 2010; Lee, Sun and Saunders, <i>Proximal Newton-type methods for minimizing composite
/// functions</i>, SIAM J. Optim. 24, 2014). A whole step has exact zeros. Biases have <c>lambda = 0</c>.
/// </summary>
internal sealed class ProximalNewton
{
    private const double SufficientDecrease = 1e-4;

    // Halvings of a step: 2^-50 of one is nothing.
    private const int MaxHalvings = 50;

    // More sweeps are not worth their time: a step that is not quite the model's minimum still descends.
    private const int MaxSweeps = 500;

    private readonly Objective _objective;
    private readonly ObjectiveLine _line;
    private readonly double[] _packed;
    private readonly double[] _hessian;
    private readonly double[] _strengths;
    private readonly double[] _target;
    private readonly double[] _slopes;

    private ProximalNewton(Objective objective, ObjectiveLine line)
    {
        int size = objective.ParameterCount;
        _objective = objective;
        _line = line;
        _packed = objective.Workspace.Take(objective.PackedHessianLength);
        _hessian = objective.Workspace.Take(size * size);
        _strengths = objective.Workspace.Take(size);
        _target = objective.Workspace.Take(size);
        _slopes = objective.Workspace.Take(size);
        for (int i = 0; i < size; i++)
        {
            _strengths[i] = objective.LassoStrength(i);
        }
    }

    /// <summary>Minimizes an objective with its L1 penalty from the current point of a line, leaving the line at the best point found.</summary>
    /// <param name="objective">The objective; it must have its Hessian.</param>
    /// <param name="line">Its smooth part along a line.</param>
    /// <param name="monitor">Told of every iteration; decides when to stop.</param>
    /// <returns>The reason to stop.</returns>
    public static StopReason Minimize(Objective objective, ObjectiveLine line, TrainingMonitor monitor) =>
        Resume(objective, line, monitor, monitor.Record(line.Point, line.Value, line.Gradient));

    /// <summary>Goes on minimizing from a point that the monitor was told of, until what is left to gain is negligible.</summary>
    /// <param name="objective">The objective; it must have its Hessian.</param>
    /// <param name="line">Its smooth part along a line.</param>
    /// <param name="monitor">Told of every iteration; decides when to stop.</param>
    /// <param name="stop">The reason to stop at the current point, or null; <see cref="StopReason.Converged"/> is not taken for granted.</param>
    /// <returns>The reason to stop.</returns>
    public static StopReason Resume(Objective objective, ObjectiveLine line, TrainingMonitor monitor, StopReason? stop)
    {
        var solver = new ProximalNewton(objective, line);
        while (stop is null or StopReason.Converged)
        {
            bool isFlat = stop is not null;
            objective.Hessian(line.Point, solver._packed, solver._hessian);
            double decrease = solver.MinimizeModel();
            if (isFlat && decrease <= monitor.NegligibleDecrease)
            {
                break;
            }

            stop = isFlat && !monitor.MayGoOn ? StopReason.MaxIterations : solver.Search() ? monitor.Advance(line) : StopReason.NoProgress;
        }

        return stop ?? StopReason.Converged;
    }

    /// <summary>
    /// Minimises <c>g'd + d'Hd / 2 + sum_i lambda_i |x_i + d_i|</c>, one coordinate after the other, each exactly: its slope at <c>z = x + d</c> is kept
    /// up to date, and soft thresholding of <c>z - slope / h</c> by <c>lambda / h</c> is its minimum. The closer the optimum, the more exactly.
    /// </summary>
    /// <returns>By how much the model is lower there.</returns>
    private double MinimizeModel()
    {
        int size = _target.Length;
        double steepness = Math.Sqrt(SquaredSubgradient(_line.Point, _line.Gradient));
        double enough = steepness * Math.Min(1e-2, steepness);
        _line.Point.CopyTo(_target);
        _line.Gradient.CopyTo(_slopes);
        double largest = double.PositiveInfinity;
        for (int sweep = 0; sweep < MaxSweeps && largest > enough; sweep++)
        {
            largest = 0;
            for (int i = 0; i < size; i++)
            {
                ReadOnlySpan<double> row = _hessian.AsSpan(i * size, size);
                double curvature = row[i];
                if (curvature > 0)
                {
                    double change = SoftThreshold(_target[i] - (_slopes[i] / curvature), _strengths[i] / curvature) - _target[i];
                    if (change != 0)
                    {
                        _target[i] += change;
                        VectorAlgebra.AddScaled(change, row, _slopes);
                        largest = Math.Max(largest, curvature * Math.Abs(change));
                    }
                }
            }
        }

        VectorAlgebra.Subtract(_target, _line.Point, _line.Direction);

        // The slopes at the end are g + H d: g'd + d'Hd / 2 is half of d'(g + slopes).
        double smooth = (_line.Origin.Slope + VectorAlgebra.Dot(_line.Direction, _slopes)) / 2;
        return Math.Abs(smooth + _objective.Lasso(_target) - _objective.Lasso(_line.Point));
    }

    /// <summary>Halves the step until the objective decreases enough; where its change drowns in rounding, until the subgradient is smaller.</summary>
    /// <returns>Whether a step was found; it is the point evaluated last.</returns>
    private bool Search()
    {
        double lasso = _objective.Lasso(_line.Point);
        double slope = _line.Origin.Slope + _objective.Lasso(_target) - lasso;
        double steepness = SquaredSubgradient(_line.Point, _line.Gradient);
        double step = 1;
        for (int halvings = 0; halvings <= MaxHalvings; halvings++)
        {
            double change = _line.At(step).Value - _line.Value + _objective.Lasso(_line.TrialPoint) - lasso;
            if (change <= SufficientDecrease * step * Math.Min(slope, 0)
                || (Math.Abs(change) <= _line.Noise && SquaredSubgradient(_line.TrialPoint, _line.TrialGradient) < steepness))
            {
                return change != 0 || SquaredSubgradient(_line.TrialPoint, _line.TrialGradient) < steepness;
            }

            step /= 2;
        }

        return false;
    }

    private double SquaredSubgradient(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient)
    {
        double sum = 0;
        for (int i = 0; i < _strengths.Length; i++)
        {
            double element = Subgradient.Nearest(point[i], gradient[i], _strengths[i]);
            sum += element * element;
        }

        return sum;
    }

    private static double SoftThreshold(double x, double threshold) =>
        x > threshold ? x - threshold : x < -threshold ? x + threshold : 0;
}
