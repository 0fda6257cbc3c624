using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>The model with the Hessian of the smooth part of an objective.</summary>
internal sealed class ExactModel : IQuadraticModel
{
    // Of a standardised feature; the Hessian of the loss has no more than 1/2.
    private const double LeastDamping = 1e-8;
    private const double FirstDamping = 1e-3;
    private const double MostDamping = 10;
    private const double DampingFactor = 10;

    private readonly Objective _objective;
    private readonly double[] _scratch;
    private readonly double[] _hessian;
    private readonly double[] _slopes;
    private double _damping;

    /// <summary>Initializes a new instance of the <see cref="ExactModel"/> class.</summary>
    /// <param name="objective">The objective; <see cref="Objective.CanFindHessian"/>.</param>
    public ExactModel(Objective objective)
    {
        int size = objective.ParameterCount;
        _objective = objective;
        _scratch = objective.Workspace.Rent(objective.HasHessian ? Math.Max(objective.PackedHessianLength, size) : size);
        _hessian = objective.Workspace.Rent(size * size);
        _slopes = objective.Workspace.Rent(size);
    }

    /// <inheritdoc/>
    public bool IsExact => true;

    /// <inheritdoc/>
    public void Set(ObjectiveLine line)
    {
        _objective.Hessian(line.Point, _scratch, _hessian);
        line.Gradient.CopyTo(_slopes);
        for (int i = 0; i < _hessian.Length; i += _slopes.Length + 1)
        {
            _hessian[i] += _hessian[i] > 0 ? _damping : 0;
        }
    }

    /// <inheritdoc/>
    public double Curvature(CoordinateBlock block)
    {
        // The largest eigenvalue is at most the largest sum of magnitudes of a row (Gershgorin).
        double largest = 0;
        for (int i = 0; i < block.Count; i++)
        {
            ReadOnlySpan<double> row = Row(block[i]);
            double sum = 0;
            for (int j = 0; j < block.Count; j++)
            {
                sum += Math.Abs(row[block[j]]);
            }

            largest = Math.Max(largest, sum);
        }

        return largest;
    }

    /// <inheritdoc/>
    public double Slope(int index) => _slopes[index];

    /// <inheritdoc/>
    public void Move(int index, double change) => VectorAlgebra.AddScaled(change, Row(index), _slopes);

    /// <inheritdoc/>
    public void Learn(ObjectiveLine line) => _damping = _damping < LeastDamping ? 0 : _damping / DampingFactor;

    /// <summary>Takes the function to curve more than it does here: next to nothing is no curvature to go by (Levenberg and Marquardt).</summary>
    /// <returns>Whether it was not taken to do so before.</returns>
    public bool Forget()
    {
        bool isLess = _damping < MostDamping;
        _damping = Math.Max(FirstDamping, DampingFactor * _damping);
        return isLess;
    }

    /// <summary>Gets a row of the Hessian.</summary>
    public ReadOnlySpan<double> Row(int index) => _hessian.AsSpan(index * _slopes.Length, _slopes.Length);
}
