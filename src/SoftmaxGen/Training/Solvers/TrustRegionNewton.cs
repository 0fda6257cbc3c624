using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Newton's method without a matrix, in a trust region (Lin, Weng and Keerthi, <i>Trust region Newton method for large-scale logistic regression</i>,
/// JMLR 9, 2008, algorithms 1 and 2): the step minimises the quadratic model within a radius by conjugate gradients (Steihaug, 1983), for which products
/// with the Hessian are enough, and the radius follows how well the model foretold the objective. For shapes too large for an exact Hessian.
/// </summary>
internal struct TrustRegionNewton : ISolver
{
    // The constants of the paper: what share of the foretold decrease accepts a step (eta), and how the radius changes (sigma).
    private const double Eta0 = 1e-4;
    private const double Eta1 = 0.25;
    private const double Eta2 = 0.75;
    private const double Sigma1 = 0.25;
    private const double Sigma2 = 0.5;
    private const double Sigma3 = 4;

    // A radius that no step with a curvature meets, and whose square is finite.
    private const double Unbounded = 1e100;

    // What may be left of the residual of a step that tells whether there is an optimum, of one after which the penalty is likely to prove that the optimum
    // is near, and of others at most.
    private const double Exact = 1e-8;
    private const double Close = 1e-2;
    private const double Rough = 0.1;

    private readonly Objective _objective;
    private readonly ObjectiveLine _line;
    private readonly TrainingMonitor _monitor;
    private readonly double[] _residual;
    private readonly double[] _conjugate;
    private readonly double[] _product;
    private double _radius;
    private double _foretold;
    private double _residualLeft;
    private bool _asks;
    private bool _triedClose;
#pragma warning disable CA1859 // Each may be followed by the other: structures that contain each other have no size.
    private ISolver? _successor;
#pragma warning restore CA1859

    /// <summary>Initializes a new instance of the <see cref="TrustRegionNewton"/> struct.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="line">The objective along a line.</param>
    /// <param name="monitor">Knows what is negligible.</param>
    public TrustRegionNewton(Objective objective, ObjectiveLine line, TrainingMonitor monitor)
    {
        _objective = objective;
        _line = line;
        _monitor = monitor;
        _residual = objective.Workspace.Rent(objective.ParameterCount);
        _conjugate = objective.Workspace.Rent(objective.ParameterCount);
        _product = objective.Workspace.Rent(objective.ParameterCount);
        _radius = VectorAlgebra.Norm(line.Gradient);
    }

    /// <inheritdoc/>
    public StopReason? FindNext(bool isFlat)
    {
        // Whoever hands on a point whose gradient is within the tolerance has asked the penalty for a proof.
        bool isPenalised = _objective is { IsSmooth: true, L2: > 0 };
        bool asks = _asks && isFlat && isPenalised;
        _asks = true;
        if (asks && OptimalityGap.Bound(_objective, _line, _monitor.NegligibleDecrease) <= _monitor.NegligibleDecrease)
        {
            return StopReason.Converged;
        }

        if (_successor is not null)
        {
            return _successor.FindNext(isFlat);
        }

        bool mayStep = !isFlat || _monitor.MayGoOn;
        if (isFlat && !_triedClose && isPenalised && mayStep)
        {
            // A step that is not exact takes a fraction of the products, and the penalty then proves what it could not before.
            _triedClose = true;
            (_radius, _residualLeft, _foretold) = (Unbounded, Close, double.NaN);
            if (Step(double.NegativeInfinity, mayStep: true))
            {
                return null;
            }
        }

        if (isFlat)
        {
            // Lengths by curvature, so that a feature with next to none is not passed over, and no bounds to the step, so that it tells what is left.
            _monitor.Recentre(_line);
            _radius = Unbounded;
        }

        _foretold = double.NaN;
        _residualLeft = isFlat ? Exact : Math.Min(Rough, Math.Sqrt(VectorAlgebra.Norm(_line.Gradient)));
        if (Step(isFlat ? _monitor.AimedDecrease : double.NegativeInfinity, mayStep))
        {
            return null;
        }

        if (RowFactor.Fit(_objective))
        {
            _successor = new Newton(_objective, _line, _monitor);
            return _successor.FindNext(isFlat);
        }

        bool isNegligible = isFlat && _foretold <= _monitor.NegligibleDecrease;
        if (isNegligible && _monitor.Answer(_line.Direction, isExact: false) is StopReason answer)
        {
            return answer;
        }

        // A step that gains next to nothing, but moves scores, is taken.
        return isNegligible && mayStep && Step(double.NegativeInfinity, mayStep) ? null
            : mayStep ? StopReason.NoProgress
            : StopReason.MaxIterations;
    }

    /// <summary>Finds an acceptable step, in a smaller region if need be.</summary>
    /// <param name="negligible">What is foretold that is not worth a step.</param>
    /// <param name="mayStep">Whether a step may be taken; if not, it is foretold what the first would give.</param>
    /// <returns>Whether there is one.</returns>
    private bool Step(double negligible, bool mayStep)
    {
        double smallest = double.Epsilon + ((double.BitIncrement(1) - 1) * VectorAlgebra.Norm(_line.Point));
        bool firstStep = VectorAlgebra.Norm(_line.Point) == 0;
        while (_radius > smallest)
        {
            FindStep();
            double length = VectorAlgebra.Norm(_line.Direction);
            double slope = _line.Origin.Slope;

            // The model's decrease g's + s'Hs / 2, with Hs = -(g + r).
            double foretold = -0.5 * (slope - VectorAlgebra.Dot(_line.Direction, _residual));
            _foretold = double.IsNaN(_foretold) ? Math.Abs(foretold) : _foretold;
            if (!(slope < 0) || foretold <= negligible || !mayStep)
            {
                return false;
            }

            LinePoint trial = _line.At(1);
            double decrease = _line.Value - trial.Value;
            if (firstStep)
            {
                _radius = Math.Min(_radius, length);
                firstStep = false;
            }

            // Where the change of the value drowns in rounding, a smaller gradient accepts the step.
            bool drowns = Math.Abs(decrease) <= _line.Noise && foretold <= _line.Noise;
            bool flatter = drowns && VectorAlgebra.Norm(_line.TrialGradient) < VectorAlgebra.Norm(_line.Gradient);
            if (!drowns)
            {
                AdaptRadius(length, slope, decrease, foretold);
            }

            if (flatter || (!drowns && decrease > Eta0 * foretold))
            {
                return true;
            }

            if (drowns)
            {
                return false;
            }
        }

        return false;
    }

    private void AdaptRadius(double length, double slope, double decrease, double foretold)
    {
        // The minimum of the parabola through the value, the slope and the value at the end of the step.
        double rise = -decrease - slope;
        double alpha = rise <= 0 ? Sigma3 : Math.Max(Sigma1, -0.5 * (slope / rise));
        if (!(decrease >= Eta0 * foretold))
        {
            _radius = double.IsNaN(alpha) ? Sigma1 * length : Math.Min(Math.Max(alpha, Sigma1) * length, Sigma2 * _radius);
        }
        else if (decrease < Eta1 * foretold)
        {
            _radius = Math.Max(Sigma1 * _radius, Math.Min(alpha * length, Sigma2 * _radius));
        }
        else if (decrease < Eta2 * foretold)
        {
            _radius = Math.Max(Sigma1 * _radius, Math.Min(alpha * length, Sigma3 * _radius));
        }
        else
        {
            _radius = Math.Max(_radius, Math.Min(alpha * length, Sigma3 * _radius));
        }
    }

    /// <summary>
    /// Minimises the model by conjugate gradients from zero until the residual <c>r = -g - H s</c> is small against the gradient, or the step leaves the
    /// region and is cut at its boundary. The forcing term shrinks with the gradient, which makes the iterations converge faster than linearly
    /// (Nocedal and Wright, theorem 7.2).
    /// </summary>
    private void FindStep()
    {
        Span<double> step = _line.Direction;
        step.Clear();
        VectorAlgebra.Scale(-1, _line.Gradient, _residual);
        _residual.CopyTo(_conjugate, 0);
        double square = VectorAlgebra.Dot(_residual, _residual);
        double norm = Math.Sqrt(square);
        double small = _residualLeft * norm;

        // Exact arithmetic would need no more iterations than there are coordinates.
        for (int iteration = 0; iteration < step.Length && Math.Sqrt(square) > small; iteration++)
        {
            _objective.HessianProduct(_line.Point, _conjugate, _product);
            double curvature = VectorAlgebra.Dot(_conjugate, _product);
            double length = square / curvature;
            double reach = ToBoundary(step);
            if (!(curvature > 0) || length >= reach)
            {
                VectorAlgebra.AddScaled(reach, _conjugate, step);
                VectorAlgebra.AddScaled(curvature > 0 ? -reach : 0, _product, _residual);
                return;
            }

            VectorAlgebra.AddScaled(length, _conjugate, step);
            VectorAlgebra.AddScaled(-length, _product, _residual);
            double next = VectorAlgebra.Dot(_residual, _residual);
            VectorAlgebra.Scale(next / square, _conjugate, _conjugate);
            VectorAlgebra.AddScaled(1, _residual, _conjugate);
            square = next;
        }
    }

    /// <summary>Finds how far the conjugate direction may be followed: the positive root <c>t</c> of <c>|s + t d| = radius</c>.</summary>
    private double ToBoundary(ReadOnlySpan<double> step)
    {
        double dd = VectorAlgebra.Dot(_conjugate, _conjugate);
        double sd = VectorAlgebra.Dot(step, _conjugate);
        double room = (_radius * _radius) - VectorAlgebra.Dot(step, step);
        double root = Math.Sqrt(Math.Max(0, (sd * sd) + (dd * room)));

        // Of the two forms of the root, the one without cancellation.
        return sd >= 0 ? Math.Max(0, room) / (sd + root) : (root - sd) / dd;
    }
}
