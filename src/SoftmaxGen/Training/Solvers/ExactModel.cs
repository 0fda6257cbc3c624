using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>The model with the Hessian of the smooth part of an objective.</summary>
internal sealed class ExactModel : IQuadraticModel
{
    private readonly Objective _objective;
    private readonly double[] _scratch;
    private readonly double[] _hessian;
    private readonly double[] _slopes;

    /// <summary>Initializes a new instance of the <see cref="ExactModel"/> class.</summary>
    /// <param name="objective">The objective; <see cref="Objective.CanFindHessian"/>.</param>
    public ExactModel(Objective objective)
    {
        int size = objective.ParameterCount;
        _objective = objective;
        _scratch = objective.Workspace.Rent(objective.HasHessian ? objective.PackedHessianLength : size);
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
    public void Learn(ObjectiveLine line)
    {
    }

    /// <inheritdoc/>
    public bool Forget() => false;

    private ReadOnlySpan<double> Row(int index) => _hessian.AsSpan(index * _slopes.Length, _slopes.Length);
}
