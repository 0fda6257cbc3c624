using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Newton's method for <c>F(x) = f(x) + penalty(x)</c> with a penalty that has kinks: each step minimises the quadratic model of <c>f</c> together with the
/// whole penalty, by descent in blocks of coordinates, and is then shortened until <c>F</c> decreases enough (Friedman, Hastie and Tibshirani,
/// <i>Regularization paths for generalized linear models via coordinate descent</i>, J. Stat. Softw. 33, 2010; Lee, Sun and Saunders, <i>Proximal Newton-type
/// methods for minimizing composite functions</i>, SIAM J. Optim. 24, 2014), and by steps on the faces between. A whole step has exact zeros. With a model that
/// is learned it is a quasi-Newton method.
/// </summary>
internal struct ProximalNewton : ISolver
{
    private const double SufficientDecrease = 1e-4;

    // Halvings of a step: 2^-50 of one is nothing.
    private const int MaxHalvings = 50;

    // Rounds of sweeps, with steps on the face between them. More are not worth their time: a step that is not quite the model's minimum still descends. So are
    // more digits of a learned model.
    private const int Rounds = 60;
    private const int RoundsOfLearned = 3;
    private const int Sweeps = 7;
    private const double Accuracy = 1e-2;
    private const double AccuracyOfLearned = 0.1;

    private readonly Objective _objective;
    private readonly SparsityPenalty _penalty;
    private readonly ObjectiveLine _line;
    private readonly TrainingMonitor _monitor;
    private readonly IQuadraticModel _model;

    // Null where the model is learned.
    private readonly FaceStep? _face;
    private readonly double[] _target;
    private readonly double[] _elements;
    private int _flatIterations;
    private double _steepness = double.PositiveInfinity;

    private ProximalNewton(Objective objective, ObjectiveLine line, TrainingMonitor monitor, IQuadraticModel model, FaceStep? face)
    {
        _objective = objective;
        _penalty = objective.Sparsity;
        _line = line;
        _monitor = monitor;
        _model = model;
        _face = face;
        _target = objective.Workspace.Rent(objective.ParameterCount);
        _elements = objective.Workspace.Rent(objective.Classes);
    }

    /// <summary>Makes the solver that knows the Hessian, and goes on until what is left to gain is negligible.</summary>
    /// <param name="objective">The objective; <see cref="Objective.CanFindHessian"/>.</param>
    /// <param name="line">Its smooth part along a line.</param>
    /// <param name="monitor">Knows what is negligible.</param>
    /// <returns>The solver.</returns>
    public static ProximalNewton Exact(Objective objective, ObjectiveLine line, TrainingMonitor monitor)
    {
        var model = new ExactModel(objective);
        return new ProximalNewton(objective, line, monitor, model, new FaceStep(objective, model));
    }

    /// <summary>Makes the solver that learns of the curvature; <see cref="StopReason.Converged"/> is for another to prove.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="line">Its smooth part along a line.</param>
    /// <param name="monitor">Knows what is negligible.</param>
    /// <returns>The solver.</returns>
    public static ProximalNewton Learning(Objective objective, ObjectiveLine line, TrainingMonitor monitor)
    {
        double steepness = objective.Sparsity.SquaredSteepness(line.Point, line.Gradient);
        double value = line.Value + objective.Sparsity.Value(line.Point);
        return new ProximalNewton(objective, line, monitor, new LearnedModel(objective.Workspace, objective.ParameterCount, steepness / value), null);
    }

    /// <inheritdoc/>
    public StopReason? FindNext(bool isFlat)
    {
        do
        {
            if (isFlat && !_model.IsExact && !OptimalityGap.MayProve(_objective, _line, _monitor, _flatIterations++))
            {
                return StopReason.Converged;
            }

            _model.Set(_line);
            double steepness = _steepness;
            double decrease = MinimizeModel();

            // Newton's steps halve the gradient at least, until it is nothing but rounding.
            bool isRounding = _steepness > steepness / 2 && _monitor.IsWithinRounding;
            if (_model.IsExact && decrease <= _monitor.NegligibleDecrease && (isFlat || isRounding))
            {
                return StopReason.Converged;
            }

            if (isFlat && !_monitor.MayGoOn)
            {
                return StopReason.MaxIterations;
            }

            if (Search())
            {
                _model.Learn(_line);
                return null;
            }
        }
        while (!(isFlat && _model.IsExact) && _model.Forget());
        return isFlat && !_model.IsExact ? StopReason.Converged : StopReason.NoProgress;
    }

    /// <summary>
    /// Minimises <c>g'd + d'Bd / 2 + penalty(x + d)</c>, one block of coordinates after the other. With the slopes at <c>z = x + d</c>, which are kept up to
    /// date, and the curvature <c>h</c> of the block, the minimum is where the penalty, by <c>1/h</c>, shrinks <c>z - slope / h</c>: exactly of one coordinate,
    /// of more a lower place. The closer the optimum, the more exactly.
    /// </summary>
    /// <returns>By how much the model is lower at its minimum, as far as it is known.</returns>
    private double MinimizeModel()
    {
        double steepness = Math.Sqrt(_penalty.SquaredSteepness(_line.Point, _line.Gradient));
        _steepness = steepness;
        double enough = steepness * (_model.IsExact ? Math.Min(Accuracy, steepness) : AccuracyOfLearned);
        int rounds = _model.IsExact ? Rounds : RoundsOfLearned;
        _line.Point.CopyTo(_target);
        double largest = double.PositiveInfinity;
        double decrease = 0;
        double gain = 0;
        for (int round = 0; round < rounds && largest > enough; round++)
        {
            if (round > 0)
            {
                _face?.TakeAll(_target);
            }

            for (int sweep = 0; sweep < Sweeps && largest > enough; sweep++)
            {
                largest = Sweep();
            }

            gain = FindDecrease() - decrease;
            decrease += gain;
        }

        // A minimum that was not reached may be far away all the same.
        return largest <= Accuracy * steepness || gain <= Accuracy * _line.Noise ? Math.Abs(decrease) : double.PositiveInfinity;
    }

    // Sets the direction to where the model was minimised to, and returns by how much the model is lower there.
    private double FindDecrease()
    {
        VectorAlgebra.Subtract(_target, _line.Point, _line.Direction);

        // The slopes are g + B d: g'd + d'Bd / 2 is half of d'(g + slopes).
        double smooth = _line.Origin.Slope;
        for (int i = 0; i < _target.Length; i++)
        {
            smooth += _line.Direction[i] * _model.Slope(i);
        }

        return _penalty.Value(_line.Point) - _penalty.Value(_target) - (smooth / 2);
    }

    // Returns how far the farthest block was from its minimum, as a slope.
    private double Sweep()
    {
        double largest = 0;
        for (int b = 0; b < _penalty.BlockCount; b++)
        {
            largest = Math.Max(largest, Improve(_penalty.Block(b)));
        }

        return largest;
    }

    private double Improve(CoordinateBlock block)
    {
        double curvature = _model.Curvature(block);
        if (!(curvature > 0))
        {
            return 0;
        }

        Span<double> elements = _elements.AsSpan(0, block.Count);
        for (int i = 0; i < block.Count; i++)
        {
            elements[i] = _target[block[i]] - (_model.Slope(block[i]) / curvature);
        }

        _penalty.Shrink(block, elements, 1 / curvature);
        double squares = 0;
        for (int i = 0; i < block.Count; i++)
        {
            double change = elements[i] - _target[block[i]];
            if (change != 0)
            {
                _target[block[i]] += change;
                _model.Move(block[i], change);
                squares += change * change;
            }
        }

        return curvature * Math.Sqrt(squares);
    }

    /// <summary>Halves the step until the objective decreases enough; where its change drowns in rounding, until the subgradient is smaller.</summary>
    /// <returns>Whether a step was found; it is the point evaluated last.</returns>
    private bool Search()
    {
        double penalty = _penalty.Value(_line.Point);
        double slope = _line.Origin.Slope + _penalty.Value(_target) - penalty;
        double steepness = _penalty.SquaredSteepness(_line.Point, _line.Gradient);
        double step = 1;
        for (int halvings = 0; halvings <= MaxHalvings; halvings++)
        {
            double change = _line.At(step).Value - _line.Value + _penalty.Value(_line.TrialPoint) - penalty;
            if (change <= SufficientDecrease * step * Math.Min(slope, 0)
                || (Math.Abs(change) <= _line.Noise && _penalty.SquaredSteepness(_line.TrialPoint, _line.TrialGradient) < steepness))
            {
                return change != 0 || _penalty.SquaredSteepness(_line.TrialPoint, _line.TrialGradient) < steepness;
            }

            step /= 2;
        }

        return false;
    }
}
