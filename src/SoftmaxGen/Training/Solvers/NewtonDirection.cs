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
    // By the root of the unit of rounding: half of the digits of a pivot are lost.
    private const double WorstCondition = 1.5;

    // Of the mean square of a feature: with less, nearly all rows are certain, and what is left of their slopes is rounding.
    private const double LeastCurvature = 1e-10;

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
    private readonly double[] _diagonal;
    private RowFactor? _factor;
    private bool _isSet;

    /// <summary>Initializes a new instance of the <see cref="NewtonDirection"/> class.</summary>
    /// <param name="objective">The objective; without its Hessian only the rows tell the direction, <see cref="SetByRows"/>.</param>
    public NewtonDirection(Objective objective)
    {
        _objective = objective;
        _classes = objective.Classes;
        _columns = objective.RowLength;
        int size = (_classes - 1) * _columns;
        _stride = Cholesky.Stride(size);
        _packed = objective.Workspace.Rent(objective.HasHessian ? objective.PackedHessianLength : 0);
        _equations = objective.Workspace.Rent(size * _stride);
        _inversePivots = objective.Workspace.Rent(size);
        _contrasts = objective.Workspace.Rent(size);
        _diagonal = objective.Workspace.Rent(size);
        _mean = objective.Workspace.Rent(_columns);
        _curvatures = objective.Workspace.Rent(_columns);
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
        BoundBiases();
        SetRightHandSide(line.Point, line.Gradient);
        for (int i = 0; i < _diagonal.Length; i++)
        {
            _diagonal[i] = _equations[(i * _stride) + i];
        }

        Cholesky.Solve(_equations, _inversePivots, _contrasts);
        _isSet = true;
        IsByRows = false;
        ToDirection(line.Direction);
    }

    /// <summary>
    /// Finds the direction once more by the factor of the rows themselves, which keeps the digits that sums of products lose; see <see cref="RowFactor"/>.
    /// </summary>
    /// <param name="line">The line.</param>
    public void SetByRows(ObjectiveLine line)
    {
        _factor ??= new RowFactor(_objective);
        _factor.Set(line.Point);
        SetRightHandSide(line.Point, line.Gradient);
        for (int i = 0; i < _contrasts.Length; i++)
        {
            _contrasts[i] = _equations[(i * _stride) + _contrasts.Length];
        }

        _factor.Solve(_contrasts);
        IsByRows = true;
        ToDirection(line.Direction);
    }

    /// <summary>Gets by how much rounding may have spoiled what the last direction foretells, if it was found by <see cref="SetByRows"/>; else 0.</summary>
    public double Uncertainty => IsByRows ? _factor!.Uncertainty : 0;

    /// <summary>Gets a value indicating whether the last direction was found by <see cref="SetByRows"/>.</summary>
    public bool IsByRows { get; private set; }

    /// <summary>
    /// Gets a value indicating whether the last equations had lost most of their digits: what elimination left of a diagonal element was next to nothing.
    /// </summary>
    public bool IsIllConditioned
    {
        get
        {
            double worst = WorstCondition / Math.Sqrt(_objective.RoundingUnit);
            for (int i = 0; i < _diagonal.Length; i++)
            {
                if (!(_diagonal[i] * _inversePivots[i] < worst) || (_inversePivots[i] == 0 && _diagonal[i] != 0))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>
    /// Gets a value indicating whether the last step tells whether there is an optimum: the equations had their digits, and no direction was left in
    /// which the rows hardly curve. Along one that separates rows the curvature fades until the slope is nothing but rounding, and the step too.
    /// </summary>
    public bool IsExact
    {
        get
        {
            if (IsByRows)
            {
                return _factor!.IsExact;
            }

            double rounding = Math.Max(Cholesky.Rounding(_diagonal.Length), _objective.RoundingUnit);
            bool hasCurvature = true;
            for (int i = 0; i < _diagonal.Length && hasCurvature; i++)
            {
                int column = i % _columns;
                double meanSquare = _objective.MeanSquare(column);
                double least = Math.Max(LeastCurvature, rounding * _objective.Cancellation(column)) * meanSquare;
                hasCurvature = meanSquare == 0 || (_inversePivots[i] > 0 && _inversePivots[i] * least < 1);
            }

            return hasCurvature && !IsIllConditioned;
        }
    }

    /// <summary>
    /// Estimates half the decrement <c>g'H^-1 g</c>, which is what the quadratic model has left to give, at the current point of a line with the Hessian of the
    /// point before: no pass over the rows. Near an optimum with a penalty the two hardly differ.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <returns>The estimate; infinite as long as no direction was set.</returns>
    public double RemainingDecrease(ObjectiveLine line)
    {
        if (!_isSet)
        {
            return double.PositiveInfinity;
        }

        line.Gradient[_columns..].CopyTo(_contrasts);
        return 0.5 * Cholesky.InverseForm(_equations, _inversePivots, _contrasts);
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

    // Where all rows are certain, nothing but rounding is left of the slope and of the curvature of a bias: a quotient of the two would be the longest part of
    // the step. Without a penalty it is the step that tells that there is no optimum.
    private void BoundBiases()
    {
        for (int i = 0; i < _contrasts.Length && _objective.L2 > 0; i += _columns)
        {
            ref double curvature = ref _equations[(i * _stride) + i];
            curvature = Math.Max(curvature, _objective.RoundingUnit);
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
