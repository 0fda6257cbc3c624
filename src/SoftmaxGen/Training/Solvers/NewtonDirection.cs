using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Newton's direction <c>d = -H^-1 g</c> at a point <c>V</c>, by the contrasts <c>c_j = d_j - d_0</c> of the classes, on which alone the loss depends:
/// <c>C - 1</c> rows instead of <c>C</c>, and no direction left in which nothing curves. What the contrasts leave open is the mean over the classes.
/// No loss depends on it, and a penalty is smallest where it is 0, so that the step takes it to 0. With the mean <c>v</c> of the rows of <c>V</c>,
/// <para>
/// <c>d_j = c_j - (1/C) sum_l c_l - v</c> and <c>sum_l (H_jl + l2 u^2 ([j == l] - 1/C)) c_l = l2 u^2 v - g_j</c> for <c>j >= 1</c>.
/// </para>
/// No call allocates.
/// </summary>
internal sealed class NewtonDirection
{
    private readonly Objective _objective;
    private readonly int _classes;
    private readonly int _columns;
    private readonly int _stride;
    private readonly double[] _packed;
    private readonly double[] _equations;
    private readonly double[] _inversePivots;
    private readonly double[] _contrasts;
    private readonly double[] _curvatures;
    private readonly double[] _mean;

    /// <summary>Initializes a new instance of the <see cref="NewtonDirection"/> class.</summary>
    /// <param name="objective">The objective; it must have its Hessian.</param>
    public NewtonDirection(Objective objective)
    {
        _objective = objective;
        _classes = objective.Classes;
        _columns = objective.RowLength;
        int size = (_classes - 1) * _columns;
        _stride = Cholesky.Stride(size);
        _packed = objective.Workspace.Take(objective.PackedHessianLength);
        _equations = objective.Workspace.Take(size * _stride);
        _inversePivots = objective.Workspace.Take(size);
        _contrasts = objective.Workspace.Take(size);
        _mean = objective.Workspace.Take(_columns);
        _curvatures = objective.Workspace.Take(_columns);
        for (int column = 0; column < _columns; column++)
        {
            _curvatures[column] = objective.PenaltyCurvature(column);
        }
    }

    /// <summary>Finds the direction at the current point of a line and sets it: one pass over the training set.</summary>
    /// <param name="line">The line.</param>
    public void Set(ObjectiveLine line)
    {
        _objective.ContrastHessian(line.Point, _packed, _equations, _stride);
        AddPenalty();
        SetRightHandSide(line.Point, line.Gradient);
        Cholesky.Solve(_equations, _inversePivots, _contrasts);
        ToDirection(line.Direction);
    }

    // Of two classes j and l the same column: l2 u^2 ([j == l] - 1/C).
    private void AddPenalty()
    {
        int size = _contrasts.Length;
        double share = 1.0 / _classes;
        for (int column = 1; column < _columns; column++)
        {
            double curvature = _curvatures[column];
            for (int i = column; i < size; i += _columns)
            {
                Span<double> row = _equations.AsSpan(i * _stride, size);
                row[i] += curvature;
                for (int other = i; other < row.Length; other += _columns)
                {
                    row[other] -= share * curvature;
                }
            }
        }
    }

    // l2 u^2 v - g_j, in the column behind the matrix.
    private void SetRightHandSide(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient)
    {
        int size = _contrasts.Length;
        for (int column = 0; column < _columns; column++)
        {
            double sum = 0;
            for (int i = column; i < point.Length; i += _columns)
            {
                sum += point[i];
            }

            _mean[column] = sum / _classes;
            double meanGradient = _curvatures[column] * _mean[column];
            for (int i = column; i < size; i += _columns)
            {
                _equations[(i * _stride) + size] = meanGradient - gradient[i + _columns];
            }
        }
    }

    // d_j = c_j - (1/C) sum_l c_l - v, where c_0 = 0.
    private void ToDirection(Span<double> direction)
    {
        for (int column = 0; column < _columns; column++)
        {
            double sum = 0;
            for (int i = column; i < _contrasts.Length; i += _columns)
            {
                sum += _contrasts[i];
            }

            double shift = _mean[column] + (sum / _classes);
            direction[column] = -shift;
            for (int i = column; i < _contrasts.Length; i += _columns)
            {
                direction[i + _columns] = _contrasts[i] - shift;
            }
        }
    }
}
