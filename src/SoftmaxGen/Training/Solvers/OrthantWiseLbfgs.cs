namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// L-BFGS for <c>F(x) = f(x) + sum_i lambda_i |x_i|</c> (Andrew and Gao, <i>Scalable training of L1-regularized log-linear models</i>, ICML 2007, OWL-QN). Within
/// an orthant <c>F</c> is smooth: each step stays in the orthant of its start, or of the steepest descent where a coordinate is 0, and a coordinate
/// that would leave it becomes exactly 0. Curvature is learned from <c>f</c> alone. Biases have <c>lambda = 0</c> and move freely.
/// </summary>
internal sealed class OrthantWiseLbfgs
{
    private const double SufficientDecrease = 1e-4;

    // Halvings of a step: 2^-50 of one is nothing.
    private const int MaxHalvings = 50;

    private readonly Objective _objective;
    private readonly ObjectiveLine _line;
    private readonly double[] _strengths;
    private readonly double[] _steepest;
    private readonly double[] _orthant;

    private OrthantWiseLbfgs(Objective objective, ObjectiveLine line)
    {
        _objective = objective;
        _line = line;
        _strengths = objective.Workspace.Take(objective.ParameterCount);
        _steepest = objective.Workspace.Take(objective.ParameterCount);
        _orthant = objective.Workspace.Take(objective.ParameterCount);
        for (int i = 0; i < _strengths.Length; i++)
        {
            _strengths[i] = objective.LassoStrength(i);
        }
    }

    /// <summary>Minimizes an objective with its L1 penalty from the current point of a line, leaving the line at the best point found.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="line">Its smooth part along a line.</param>
    /// <param name="monitor">Told of every iteration; decides when to stop.</param>
    /// <returns>The reason to stop.</returns>
    public static StopReason Minimize(Objective objective, ObjectiveLine line, TrainingMonitor monitor)
    {
        var solver = new OrthantWiseLbfgs(objective, line);
        StopReason? stop = monitor.Record(line.Point, line.Value, line.Gradient);
        solver.FindSteepest();
        double scale = (line.Value + objective.Lasso(line.Point)) / VectorAlgebra.Dot(solver._steepest, solver._steepest);
        var inverseHessian = new InverseHessian(objective.Workspace, objective.ParameterCount, scale);
        while (stop is null)
        {
            solver.FindSteepest();
            inverseHessian.Descend(solver._steepest, line.Direction);
            solver.StayDownhill();
            if (solver.Search())
            {
                inverseHessian.Learn(line.Point, line.TrialPoint, line.Gradient, line.TrialGradient);
                stop = monitor.Advance(line);
            }
            else if (!inverseHessian.IsEmpty)
            {
                inverseHessian.Forget();
            }
            else
            {
                stop = StopReason.NoProgress;
            }
        }

        return stop.Value;
    }

    /// <summary>Computes the subgradient nearest to zero and the orthant that the next step stays in.</summary>
    private void FindSteepest()
    {
        for (int i = 0; i < _steepest.Length; i++)
        {
            double x = _line.Point[i];
            _steepest[i] = Subgradient.Nearest(x, _line.Gradient[i], _strengths[i]);
            _orthant[i] = x != 0 ? Math.Sign(x) : -Sign(_steepest[i]);
        }
    }

    /// <summary>Takes out of the direction what does not point down the subgradient: a 0 that should stay 0 among them.</summary>
    private void StayDownhill()
    {
        Span<double> direction = _line.Direction;
        for (int i = 0; i < direction.Length; i++)
        {
            if (_strengths[i] > 0 && !(direction[i] * _steepest[i] < 0))
            {
                direction[i] = 0;
            }
        }
    }

    /// <summary>Halves the step until the objective decreases enough; where its change drowns in rounding, until the subgradient is smaller.</summary>
    /// <returns>Whether a step was found; it is the point evaluated last.</returns>
    private bool Search()
    {
        double value = _line.Value + _objective.Lasso(_line.Point);
        double steepness = SquaredSubgradient(_line.Point, _line.Gradient);
        double step = 1;
        for (int halvings = 0; halvings <= MaxHalvings; halvings++)
        {
            double slope = Project(step);
            if (!(slope < 0))
            {
                return false;
            }

            double change = _line.EvaluateTrial() + _objective.Lasso(_line.TrialPoint) - value;
            if (change <= SufficientDecrease * slope
                || (Math.Abs(change) <= _line.Noise && SquaredSubgradient(_line.TrialPoint, _line.TrialGradient) < steepness))
            {
                return true;
            }

            step /= 2;
        }

        return false;
    }

    /// <summary>Steps to <c>x + t d</c>, with the coordinates that leave the orthant at 0.</summary>
    /// <returns>The change that the subgradient foretells.</returns>
    private double Project(double step)
    {
        double slope = 0;
        Span<double> trial = _line.TrialPoint;
        for (int i = 0; i < trial.Length; i++)
        {
            double next = _line.Point[i] + (step * _line.Direction[i]);
            trial[i] = _strengths[i] > 0 && Sign(next) != _orthant[i] ? 0 : next;
            slope += _steepest[i] * (trial[i] - _line.Point[i]);
        }

        return slope;
    }

    private double SquaredSubgradient(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient)
    {
        double sum = 0;
        for (int i = 0; i < point.Length; i++)
        {
            double element = Subgradient.Nearest(point[i], gradient[i], _strengths[i]);
            sum += element * element;
        }

        return sum;
    }

    // Unlike Math.Sign it takes NaN, as 0.
    private static double Sign(double x) => x > 0 ? 1 : x < 0 ? -1 : 0;
}
