using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// <c>F(x) = f(x) + sum_i lambda_i |x_i|</c> within the orthant where it is smooth: that of the current point, or of the steepest descent where a
/// coordinate is 0 (Andrew and Gao, <i>Scalable training of L1-regularized log-linear models</i>, ICML 2007). A coordinate that would leave the
/// orthant becomes exactly 0.
/// Biases have <c>lambda = 0</c> and move freely.
/// </summary>
internal sealed class OrthantLine
{
    private const double SufficientDecrease = 1e-4;

    // Halvings of a step: 2^-50 of one is nothing.
    private const int MaxHalvings = 50;

    private readonly Objective _objective;
    private readonly ObjectiveLine _line;
    private readonly double[] _strengths;
    private readonly double[] _steepest;
    private readonly double[] _orthant;

    /// <summary>Initializes a new instance of the <see cref="OrthantLine"/> class.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="line">Its smooth part along a line.</param>
    public OrthantLine(Objective objective, ObjectiveLine line)
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

    /// <summary>Gets the subgradient nearest to zero at the current point, as <see cref="FindSteepest"/> found it.</summary>
    public ReadOnlySpan<double> Steepest => _steepest;

    /// <summary>Gets a first scale for steps down the subgradient; see <see cref="ObjectiveLine.SafeStep"/>.</summary>
    public double SafeStep => Value / VectorAlgebra.Dot(_steepest, _steepest);

    private double Value => _line.Value + _objective.Lasso(_line.Point);

    /// <summary>Computes the subgradient nearest to zero and the orthant that the next step stays in.</summary>
    public void FindSteepest()
    {
        for (int i = 0; i < _steepest.Length; i++)
        {
            double x = _line.Point[i];
            _steepest[i] = Subgradient.Nearest(x, _line.Gradient[i], _strengths[i]);
            _orthant[i] = x != 0 ? Sign(x) : -Sign(_steepest[i]);
        }
    }

    /// <summary>Takes out of the direction what does not point down the subgradient, a 0 that should stay 0 among it.</summary>
    public void StayDownhill()
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
    public bool Search()
    {
        double value = Value;
        double steepness = VectorAlgebra.Dot(_steepest, _steepest);
        double step = 1;
        for (int halvings = 0; halvings <= MaxHalvings; halvings++)
        {
            double slope = Project(step);
            if (slope < 0)
            {
                double change = _line.EvaluateTrial() + _objective.Lasso(_line.TrialPoint) - value;
                if (change <= SufficientDecrease * slope || (Math.Abs(change) <= _line.Noise && TrialSteepness() < steepness))
                {
                    return true;
                }
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

    private double TrialSteepness()
    {
        double sum = 0;
        for (int i = 0; i < _strengths.Length; i++)
        {
            double element = Subgradient.Nearest(_line.TrialPoint[i], _line.TrialGradient[i], _strengths[i]);
            sum += element * element;
        }

        return sum;
    }

    // Unlike Math.Sign it takes NaN, as 0.
    private static double Sign(double x) => x > 0 ? 1 : x < 0 ? -1 : 0;
}
