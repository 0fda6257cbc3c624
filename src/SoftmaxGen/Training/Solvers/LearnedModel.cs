using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// The model with the limited-memory BFGS approximation of the Hessian, learned from the latest steps <c>s</c> and changes of the gradient <c>y</c>:
/// <c>B = gamma I + sum_i (b_i b_i' - a_i a_i')</c> with <c>b_i = y_i / sqrt(s_i'y_i)</c> and <c>a_i = B_i s_i / sqrt(s_i'B_i s_i)</c>, where <c>B_i</c> has
/// the terms before (Nocedal and Wright, <i>Numerical Optimization</i>, 2nd edition, (6.19) and section 7.2). A move along a coordinate takes as many
/// operations as there are terms (Scheinberg and Tang, <i>Practical inexact proximal quasi-Newton method with global complexity analysis</i>, Math. Program.
/// 160, 2016).
/// </summary>
internal sealed class LearnedModel : IQuadraticModel
{
    private const int Memory = 10;
    private const int Terms = 2 * Memory;

    private readonly int _length;
    private readonly double[] _steps;
    private readonly double[] _changes;
    private readonly double[] _gradient;
    private readonly double[] _direction;

    // Element by element the b_i and a_i in turn, the same with the signs of the terms, and the products of these with d.
    private readonly double[] _factors;
    private readonly double[] _signedFactors;
    private readonly double[] _products;

    // Of each coordinate: its curvature, and what the b_i add to it.
    private readonly double[] _curvatures;
    private readonly double[] _additions;
    private readonly double[] _term;
    private double _gamma;
    private int _count;

    /// <summary>Initializes a new instance of the <see cref="LearnedModel"/> class, which knows no step.</summary>
    /// <param name="workspace">Where vectors are rented.</param>
    /// <param name="length">The length of the vectors.</param>
    /// <param name="gamma">The curvature <c>gamma</c> to start with.</param>
    public LearnedModel(Workspace workspace, int length, double gamma)
    {
        _length = length;
        _gamma = gamma;
        _steps = workspace.Rent(Memory * length);
        _changes = workspace.Rent(Memory * length);
        _gradient = workspace.Rent(length);
        _direction = workspace.Rent(length);
        _factors = workspace.Rent(Terms * length);
        _signedFactors = workspace.Rent(Terms * length);
        _products = workspace.Rent(Terms);
        _curvatures = workspace.Rent(length);
        _additions = workspace.Rent(length);
        _term = workspace.Rent(length);
    }

    /// <inheritdoc/>
    public bool IsExact => false;

    /// <inheritdoc/>
    public void Set(ObjectiveLine line)
    {
        line.Gradient.CopyTo(_gradient);
        Array.Clear(_factors);
        Array.Clear(_signedFactors);
        for (int pair = 0; pair < _count; pair++)
        {
            ReadOnlySpan<double> s = Step(pair);
            ReadOnlySpan<double> y = Change(pair);
            SetDirection(s);
            for (int i = 0; i < _length; i++)
            {
                _term[i] = Curve(i);
            }

            double curvature = VectorAlgebra.Dot(s, _term);
            if (curvature > 0)
            {
                double inverse = 1 / Math.Sqrt(curvature);
                double inverseChange = 1 / Math.Sqrt(VectorAlgebra.Dot(s, y));
                for (int i = 0; i < _length; i++)
                {
                    int term = (i * Terms) + (2 * pair);
                    _factors[term] = _signedFactors[term] = y[i] * inverseChange;
                    _factors[term + 1] = _term[i] * inverse;
                    _signedFactors[term + 1] = -_factors[term + 1];
                }
            }
        }

        for (int i = 0; i < _length; i++)
        {
            _curvatures[i] = _gamma + VectorAlgebra.Dot(Factors(i), SignedFactors(i));
            _additions[i] = (_curvatures[i] - _gamma + VectorAlgebra.Dot(Factors(i), Factors(i))) / 2;
        }

        SetDirection(default);
    }

    /// <inheritdoc/>
    public double Curvature(CoordinateBlock block)
    {
        if (block.Count == 1)
        {
            return _curvatures[block.First];
        }

        // The largest eigenvalue is at most what gamma and the b_i add up to; the a_i only take from it.
        double sum = _gamma;
        for (int i = 0; i < block.Count; i++)
        {
            sum += _additions[block[i]];
        }

        return sum;
    }

    /// <inheritdoc/>
    public double Slope(int index) => _gradient[index] + Curve(index);

    /// <inheritdoc/>
    public void Move(int index, double change)
    {
        _direction[index] += change;
        VectorAlgebra.AddScaled(change, SignedFactors(index), _products.AsSpan(0, 2 * _count));
    }

    /// <inheritdoc/>
    public void Learn(ObjectiveLine line)
    {
        if (_count == Memory)
        {
            _steps.AsSpan(_length).CopyTo(_steps);
            _changes.AsSpan(_length).CopyTo(_changes);
            _count--;
        }

        Span<double> s = Step(_count);
        Span<double> y = Change(_count);
        VectorAlgebra.Subtract(line.TrialPoint, line.Point, s);
        VectorAlgebra.Subtract(line.TrialGradient, line.Gradient, y);
        double curvature = VectorAlgebra.Dot(s, y);
        if (curvature > 0)
        {
            _gamma = VectorAlgebra.Dot(y, y) / curvature;
            _count++;
        }
    }

    /// <inheritdoc/>
    public bool Forget()
    {
        bool isForgotten = _count > 0;
        _count = 0;
        return isForgotten;
    }

    // An element of B d.
    private double Curve(int index) => (_gamma * _direction[index]) + VectorAlgebra.Dot(Factors(index), _products.AsSpan(0, 2 * _count));

    private void SetDirection(ReadOnlySpan<double> direction)
    {
        Array.Clear(_direction);
        Array.Clear(_products);
        for (int i = 0; i < direction.Length; i++)
        {
            Move(i, direction[i]);
        }
    }

    private ReadOnlySpan<double> Factors(int index) => _factors.AsSpan(index * Terms, 2 * _count);

    private ReadOnlySpan<double> SignedFactors(int index) => _signedFactors.AsSpan(index * Terms, 2 * _count);

    private Span<double> Step(int pair) => _steps.AsSpan(pair * _length, _length);

    private Span<double> Change(int pair) => _changes.AsSpan(pair * _length, _length);
}
