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
    private readonly double[] _scratch;
    private readonly double[] _matrix;
    private readonly double[] _inversePivots;
    private readonly double[] _contrasts;
    private readonly double[] _curvatures;
    private readonly double[] _mean;
    private readonly double[] _meanGradient;

    /// <summary>Initializes a new instance of the <see cref="NewtonDirection"/> class.</summary>
    /// <param name="objective">The objective; it must have its Hessian.</param>
    public NewtonDirection(Objective objective)
    {
        int size = objective.ParameterCount - objective.RowLength;
        _objective = objective;
        _scratch = objective.Workspace.Take(objective.ParameterCount * objective.ParameterCount);
        _matrix = objective.Workspace.Take(size * size);
        _inversePivots = objective.Workspace.Take(size);
        _contrasts = objective.Workspace.Take(size);
        _curvatures = objective.Workspace.Take(objective.RowLength);
        _mean = objective.Workspace.Take(objective.RowLength);
        _meanGradient = objective.Workspace.Take(objective.RowLength);
        for (int column = 0; column < _curvatures.Length; column++)
        {
            _curvatures[column] = objective.PenaltyCurvature(column);
        }
    }

    /// <summary>Finds the direction at the current point of a line and sets it: one pass over the training set.</summary>
    /// <param name="line">The line.</param>
    public void Set(ObjectiveLine line)
    {
        _objective.ContrastHessian(line.Point, _scratch, _matrix);
        AddPenalty();
        Cholesky.Factor(_matrix, _inversePivots);

        Array.Clear(_mean);
        AddToMean(line.Point);
        VectorAlgebra.Multiply(_curvatures, _mean, _meanGradient);
        int columns = _mean.Length;
        for (int row = 0; row < _contrasts.Length; row += columns)
        {
            VectorAlgebra.Subtract(_meanGradient, line.Gradient.Slice(row + columns, columns), _contrasts.AsSpan(row, columns));
        }

        Cholesky.Solve(_matrix, _inversePivots, _contrasts);

        AddToMean(_contrasts);
        VectorAlgebra.Scale(-1, _mean, line.Direction[..columns]);
        for (int row = 0; row < _contrasts.Length; row += columns)
        {
            VectorAlgebra.Subtract(_contrasts.AsSpan(row, columns), _mean, line.Direction.Slice(row + columns, columns));
        }
    }

    // Of two classes j and l the same column: l2 u^2 ([j == l] - 1/C).
    private void AddPenalty()
    {
        int columns = _curvatures.Length;
        int size = _contrasts.Length;
        double share = 1.0 / _objective.Classes;
        for (int column = 1; column < columns; column++)
        {
            double curvature = _curvatures[column];
            for (int i = column; i < size; i += columns)
            {
                Span<double> row = _matrix.AsSpan(i * size, i + 1);
                row[i] += curvature;
                for (int other = column; other < row.Length; other += columns)
                {
                    row[other] -= share * curvature;
                }
            }
        }
    }

    // The mean over the classes; what is not there is 0.
    private void AddToMean(ReadOnlySpan<double> rows)
    {
        for (int row = 0; row < rows.Length; row += _mean.Length)
        {
            VectorAlgebra.AddScaled(1.0 / _objective.Classes, rows.Slice(row, _mean.Length), _mean);
        }
    }
}
