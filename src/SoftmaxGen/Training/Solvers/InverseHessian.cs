using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// The limited-memory BFGS approximation <c>H</c> of the inverse Hessian: <c>gamma I</c>, corrected by the latest steps <c>s</c> and changes of the
/// gradient <c>y</c> (Nocedal and Wright, <i>Numerical Optimization</i>, 2nd edition, section 7.2). No call allocates.
/// </summary>
internal struct InverseHessian
{
    /// <summary>The number of pairs remembered.</summary>
    public const int Memory = 10;

    private readonly int _length;
    private readonly double[] _steps;
    private readonly double[] _changes;
    private readonly double[] _inverseCurvatures;
    private readonly double[] _alphas;
    private double _gamma;
    private int _count;
    private int _next;

    /// <summary>Initializes a new instance of the <see cref="InverseHessian"/> struct, with an empty memory.</summary>
    /// <param name="workspace">Where vectors are rented.</param>
    /// <param name="length">The length of the vectors.</param>
    /// <param name="gamma">The scale <c>gamma</c> to start with.</param>
    public InverseHessian(Workspace workspace, int length, double gamma)
    {
        _length = length;
        _gamma = gamma;
        _inverseCurvatures = workspace.Rent(Memory);
        _alphas = workspace.Rent(Memory);
        _steps = workspace.Rent(Memory * length);
        _changes = workspace.Rent(Memory * length);
    }

    /// <summary>Gets a value indicating whether no pair is remembered: <c>H</c> is <c>gamma I</c>.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Computes the direction <c>d = -H g</c> by the two-loop recursion (algorithm 7.4).</summary>
    /// <param name="gradient">The gradient <c>g</c>.</param>
    /// <param name="direction">Receives the direction.</param>
    public readonly void Descend(ReadOnlySpan<double> gradient, Span<double> direction)
    {
        TakeOff(gradient, direction);
        VectorAlgebra.Scale(_gamma, direction, direction);
        PutOn(direction);
    }

    /// <summary>
    /// Computes the first loop of the recursion: what of <c>-g</c> is left to an approximation that knows none of the steps. Whoever has a better one than
    /// <c>gamma I</c> multiplies by that before <see cref="PutOn"/>.
    /// </summary>
    /// <param name="gradient">The gradient <c>g</c>.</param>
    /// <param name="direction">Receives what is left.</param>
    public readonly void TakeOff(ReadOnlySpan<double> gradient, Span<double> direction)
    {
        VectorAlgebra.Scale(-1, gradient, direction);
        for (int age = 1; age <= _count; age++)
        {
            int i = Slot(age);
            _alphas[i] = _inverseCurvatures[i] * VectorAlgebra.Dot(Step(i), direction);
            VectorAlgebra.AddScaled(-_alphas[i], Change(i), direction);
        }
    }

    /// <summary>Computes the second loop of the recursion: what the remembered steps add to the direction.</summary>
    /// <param name="direction">What the first loop left, times the approximation; receives the direction.</param>
    public readonly void PutOn(Span<double> direction)
    {
        for (int age = _count; age >= 1; age--)
        {
            int i = Slot(age);
            double beta = _inverseCurvatures[i] * VectorAlgebra.Dot(Change(i), direction);
            VectorAlgebra.AddScaled(_alphas[i] - beta, Step(i), direction);
        }
    }

    /// <summary>
    /// Remembers a step, in the place of the oldest when the memory is full, and rescales: <c>gamma = s'y / y'y</c> ((7.20)). A step without
    /// positive curvature <c>s'y</c> is ignored, so that <c>H</c> stays positive definite.
    /// </summary>
    /// <param name="point">The point left.</param>
    /// <param name="nextPoint">The point reached.</param>
    /// <param name="gradient">The gradient at the point left.</param>
    /// <param name="nextGradient">The gradient at the point reached.</param>
    public void Learn(
        ReadOnlySpan<double> point, ReadOnlySpan<double> nextPoint, ReadOnlySpan<double> gradient, ReadOnlySpan<double> nextGradient)
    {
        Span<double> s = Step(_next);
        Span<double> y = Change(_next);
        VectorAlgebra.Subtract(nextPoint, point, s);
        VectorAlgebra.Subtract(nextGradient, gradient, y);

        double curvature = VectorAlgebra.Dot(s, y);
        if (curvature > 0)
        {
            _inverseCurvatures[_next] = 1 / curvature;
            _gamma = curvature / VectorAlgebra.Dot(y, y);
            _next = (_next + 1) % Memory;
            _count = Math.Min(_count + 1, Memory);
        }
    }

    /// <summary>Forgets every step, keeping the scale.</summary>
    public void Forget() => _count = 0;

    private readonly int Slot(int age) => (_next - age + Memory) % Memory;

    private readonly Span<double> Step(int slot) => _steps.AsSpan(slot * _length, _length);

    private readonly Span<double> Change(int slot) => _changes.AsSpan(slot * _length, _length);
}
