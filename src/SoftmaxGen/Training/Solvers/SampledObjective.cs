using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// The objective of a sample of the rows, and a linear term <c>c'V</c>: its minimum is near that of all rows, and with <c>c</c> such that its gradient at a
/// point is a given <c>q</c> it lies at about <c>-H^-1 q</c> from there, since the Hessians of the two are alike (Shamir, Srebro and Zhang,
/// <i>Communication-efficient distributed optimization using an approximate Newton-type method</i>, ICML 2014). A pass over the sample is cheap, and L-BFGS,
/// which needs no Hessian, remembers its curvature from one minimisation to the next.
/// </summary>
internal sealed class SampledObjective : ILineFunction, IDisposable
{
    // How far the objective of the sample is from that of all rows, a smaller gradient does not matter.
    private const double StartTolerance = 1e-4;
    private const int MostStartIterations = 60;

    // A preconditioner need not be exact: by measurement fewer iterations cost passes over all rows, more save none.
    private const double Reduction = 0.05;
    private const int MostIterations = 8;

    private readonly Objective _objective;
    private readonly IRowSample _sample;
    private readonly double[] _direction;
    private readonly double[] _linear;
    private double[] _point;
    private double[] _gradient;
    private double[] _trialPoint;
    private double[] _trialGradient;
    private double _value;
    private double _trialValue;
    private InverseHessian _inverseHessian;

    private SampledObjective(Objective objective, IRowSample sample)
    {
        Workspace workspace = objective.Workspace;
        int length = objective.ParameterCount;
        _objective = objective;
        _sample = sample;
        _direction = workspace.Rent(length);
        _linear = workspace.Rent(length);
        _point = workspace.Rent(length);
        _gradient = workspace.Rent(length);
        _trialPoint = workspace.Rent(length);
        _trialGradient = workspace.Rent(length);
        _value = objective.SampleValueAndGradient(sample, _point, _gradient);
        _inverseHessian = new InverseHessian(workspace, length, _value / VectorAlgebra.Dot(_gradient, _gradient));
    }

    /// <summary>Takes rows, evenly spread, that can stand for all.</summary>
    /// <param name="objective">The objective of all rows.</param>
    /// <param name="stride">The distance from one row to the next.</param>
    /// <returns>The objective of the sample; null where some rows cannot stand for all.</returns>
    public static SampledObjective? Take(Objective objective, long stride) =>
        objective.Sample(stride) is IRowSample sample ? new SampledObjective(objective, sample) : null;

    /// <inheritdoc/>
    public LinePoint Origin => new(0, _value, VectorAlgebra.Dot(_gradient, _direction));

    /// <inheritdoc/>
    public double Noise => _objective.Noise(_value, _point);

    /// <inheritdoc/>
    public LinePoint At(double step)
    {
        VectorAlgebra.AddScaled(step, _direction, _point, _trialPoint);
        _trialValue = _objective.SampleValueAndGradient(_sample, _trialPoint, _trialGradient);
        _trialValue += VectorAlgebra.Dot(_linear, _trialPoint);
        VectorAlgebra.AddScaled(1, _linear, _trialGradient);
        return new LinePoint(step, _trialValue, VectorAlgebra.Dot(_trialGradient, _direction));
    }

    /// <summary>Finds a point near the minimum of the sample, which is near that of all rows; called first.</summary>
    /// <returns>The point, until the next call.</returns>
    public ReadOnlySpan<double> Minimize()
    {
        Minimize(StartTolerance, MostStartIterations);
        return _point;
    }

    /// <summary>Multiplies a vector by about the inverse of the Hessian at a point.</summary>
    /// <param name="point">The point, <c>C x (m+1)</c>, row-major.</param>
    /// <param name="vector">The vector; receives the product.</param>
    public void Precondition(ReadOnlySpan<double> point, Span<double> vector)
    {
        point.CopyTo(_point);
        _value = _objective.SampleValueAndGradient(_sample, _point, _gradient);
        VectorAlgebra.AddScaled(1, vector, _gradient, _linear);
        VectorAlgebra.Scale(-1, _linear, _linear);
        VectorAlgebra.Scale(-1, vector, _gradient);
        _value += VectorAlgebra.Dot(_linear, _point);
        Minimize(Reduction * VectorAlgebra.Norm(_gradient), MostIterations);
        VectorAlgebra.Subtract(_point, point, vector);
    }

    /// <summary>Frees the sample.</summary>
    public void Dispose() => _sample.Dispose();

    private void Minimize(double tolerance, int iterations)
    {
        for (int i = 0; i < iterations && VectorAlgebra.Norm(_gradient) > tolerance; i++)
        {
            _inverseHessian.Descend(_gradient, _direction);
            if (StrongWolfeLineSearch.Find(this) is null)
            {
                return;
            }

            _inverseHessian.Learn(_point, _trialPoint, _gradient, _trialGradient);
            (_point, _trialPoint) = (_trialPoint, _point);
            (_gradient, _trialGradient) = (_trialGradient, _gradient);
            _value = _trialValue;
        }
    }
}
