using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// The triangular factor <c>R</c> of the Hessian <c>H = R'R</c> by the contrasts <c>V_j - V_0</c>, the L2 penalty included, from the rows themselves by
/// Givens's rotations (Golub and Van Loan, <i>Matrix Computations</i>, 4th edition, sections 5.1 and 5.3). Sums of products of features keep half of the
/// digits of a feature that nearly depends on others; the factor keeps them all. It costs some ten times as much as the sums.
/// <para>
/// A row <c>z</c> with the probabilities <c>P</c> adds <c>(diag(P) - PP') * zz'</c>, and <c>diag(P) - PP' = L D L'</c> over the classes from 1 on, where
/// <c>D_k = P_k t_(k+1) / t_k</c>, <c>L_jk = -P_j / t_(k+1)</c> and <c>t_k</c> is the probability of class 0 and of those from <c>k</c> on: sums, in which
/// nothing cancels. So it adds <c>C - 1</c> rows to the matrix that is factored. The penalty is of the same form, with the probabilities <c>1/C</c>.
/// </para>
/// </summary>
internal sealed class RowFactor
{
    // Multiplications, a second or so of them; and coordinates, of which the factor has 8 MB.
    private const double MostWork = 1L << 32;
    private const int MostCoordinates = 1024;

    // What rounding leaves of a feature that depends on others, in units of the last place: of the features themselves, and for each rotation.
    private const double FeatureUnits = 2;
    private const double RotationUnits = 8;

    // Of the mean square of a feature, and in units of the last place: with less, nearly all rows are certain, and what is left of their slopes is rounding.
    private const double LeastCurvature = 1e-10;
    private const double LeastCurvatureUnits = 1e4;

    private readonly Objective _objective;
    private readonly int _size;
    private readonly double[] _factor;
    private readonly double[] _row;
    private readonly double[] _tails;
    private readonly double[] _even;
    private readonly double[] _unitRow;
    private readonly double[] _floors;
    private readonly bool[] _isDependent;

    /// <summary>Initializes a new instance of the <see cref="RowFactor"/> class.</summary>
    /// <param name="objective">The objective; it must <see cref="Fit"/>.</param>
    public RowFactor(Objective objective)
    {
        _objective = objective;
        _size = (objective.Classes - 1) * objective.RowLength;
        _factor = objective.Workspace.Rent(_size * _size);
        _row = objective.Workspace.Rent(_size);
        _tails = objective.Workspace.Rent(objective.Classes + 1);
        _even = objective.Workspace.Rent(objective.Classes);
        Array.Fill(_even, 1.0 / objective.Classes);
        _unitRow = objective.Workspace.Rent(objective.RowLength);
        _floors = objective.Workspace.Rent(_size);
        _isDependent = new bool[_size];
        FindDependent();
    }

    /// <summary>
    /// Gets a value indicating whether every coordinate curves, by itself and with those before it, so that the Hessian tells where the optimum is.
    /// </summary>
    public bool IsExact { get; private set; }

    /// <summary>Gets by how much half of <c>g'H^-1 g</c> may be wrong, because the gradient <c>g</c> is rounded: an estimate.</summary>
    public double Uncertainty { get; private set; }

    /// <summary>Decides whether there are few enough rows and weights for a factor.</summary>
    /// <param name="objective">The objective.</param>
    /// <returns>Whether there are.</returns>
    public static bool Fit(Objective objective)
    {
        double size = (objective.Classes - 1.0) * objective.RowLength;
        return size <= MostCoordinates && objective.RowCount * (objective.Classes - 1.0) * size * size <= MostWork;
    }

    /// <summary>Finds the factor at a point: one pass over the rows.</summary>
    /// <param name="point">The point <c>V</c>, <c>C x (m+1)</c>, row-major.</param>
    public void Set(ReadOnlySpan<double> point)
    {
        Array.Clear(_factor);
        AddPenalty();
        double total = _objective.TotalWeight;
        _objective.VisitProbabilities(point, 1, (_, row, p, weight) => Add(row, p, weight / total));
        FindFloors();
        double least = Math.Max(LeastCurvature, LeastCurvatureUnits * _objective.RoundingUnit);
        double residualRounding = _objective.ScoreRounding(point);
        IsExact = true;
        Uncertainty = 0;
        for (int i = 0; i < _size; i++)
        {
            double pivot = _factor[(i * _size) + i];
            double meanSquare = _objective.MeanSquare(i % _objective.RowLength);
            IsExact &= meanSquare == 0 || (!_isDependent[i] && pivot * pivot > least * meanSquare);
            if (_isDependent[i])
            {
                Remove(i);
            }

            // The factor magnifies the rounding of sums, but not that of residuals, which is a sum of rows.
            double error = _objective.RoundingUnit * Math.Sqrt(_objective.Cancellation(i % _objective.RowLength)) * InversePivot(i);
            Uncertainty += ((error * error) + (residualRounding * residualRounding)) / 2;
        }
    }

    /// <summary>Solves <c>R'R x = b</c>. A coordinate that depends on those before it stays 0.</summary>
    /// <param name="x">The right-hand side <c>b</c>; receives the solution.</param>
    public void Solve(Span<double> x)
    {
        Span<double> b = _row;
        x.CopyTo(b);
        for (int i = 0; i < _size; i++)
        {
            b[i] *= InversePivot(i);
            VectorAlgebra.AddScaled(-b[i], Row(i)[(i + 1)..], b[(i + 1)..]);
        }

        for (int i = _size - 1; i >= 0; i--)
        {
            x[i] = (b[i] - VectorAlgebra.Dot(Row(i)[(i + 1)..], x[(i + 1)..])) * InversePivot(i);
        }
    }

    // Where nearly all rows are certain, what is left of a pivot may be rounding, or nothing.
    private double InversePivot(int index)
    {
        double pivot = Math.Max(Math.Abs(_factor[(index * _size) + index]), _floors[index]);
        return _isDependent[index] || pivot == 0 ? 0 : 1 / pivot;
    }

    private Span<double> Row(int index) => _factor.AsSpan(index * _size, _size);

    private void AddPenalty()
    {
        for (int column = 1; column < _unitRow.Length; column++)
        {
            double curvature = _objective.PenaltyCurvature(column);
            if (curvature > 0)
            {
                _unitRow[column] = 1;
                Add(_unitRow, _even, curvature * _even.Length);
                _unitRow[column] = 0;
            }
        }
    }

    private void Add(ReadOnlySpan<double> row, ReadOnlySpan<double> p, double share)
    {
        _tails[p.Length] = p[0];
        for (int j = p.Length - 1; j > 0; j--)
        {
            _tails[j] = _tails[j + 1] + p[j];
        }

        for (int k = 1; k < p.Length; k++)
        {
            double length = Math.Sqrt(share) * Math.Sqrt(p[k]) * Math.Sqrt(_tails[k + 1] / _tails[k]);
            if (length > 0)
            {
                Array.Clear(_row);
                for (int j = k; j < p.Length; j++)
                {
                    double element = j == k ? length : -length * (p[j] / _tails[k + 1]);
                    VectorAlgebra.Scale(element, row, _row.AsSpan((j - 1) * row.Length, row.Length));
                }

                Rotate(_row, (k - 1) * row.Length);
            }
        }
    }

    // Takes a row into the factor: rotations of it and of each row of the factor make its elements 0, one by one.
    private void Rotate(Span<double> row, int first)
    {
        for (int i = first; i < row.Length; i++)
        {
            if (row[i] != 0)
            {
                Span<double> target = Row(i);
                double radius = double.Hypot(target[i], row[i]);
                VectorAlgebra.Rotate(target[i] / radius, row[i] / radius, target[i..], row[i..]);
                row[i] = 0;
            }
        }
    }

    // Features that depend on those before them but for their rounding, whatever the weights: found where all probabilities are the same, and all rows as long,
    // so that one far row does not hide the others.
    private void FindDependent()
    {
        AddPenalty();
        _objective.VisitCentredRows(1, row =>
        {
            Add(row.Columns, _even, 1 / (VectorAlgebra.Dot(row.Columns, row.Columns) * _objective.RowCount));
            return true;
        });
        FindFloors();
        for (int i = 0; i < _size; i++)
        {
            _isDependent[i] = !(Math.Abs(_factor[(i * _size) + i]) > _floors[i]);
            if (_isDependent[i])
            {
                Remove(i);
            }
        }
    }

    // What rounding leaves of a pivot: of its own column and, as far as they have a part in it, of those before it.
    private void FindFloors()
    {
        double rotations = RotationUnits * _size * (double.BitIncrement(1) - 1);
        for (int i = 0; i < _size; i++)
        {
            double square = 0;
            for (int k = 0; k <= i; k++)
            {
                double features = FeatureUnits * _objective.RoundingUnit * Math.Sqrt(_objective.Cancellation(k % _objective.RowLength));
                double error = (features + rotations) * _factor[(k * _size) + i];
                square += error * error;
            }

            _floors[i] = Math.Sqrt(square);
        }
    }

    // Without a coordinate its row belongs to those behind it.
    private void Remove(int index)
    {
        Row(index).CopyTo(_row);
        Row(index).Clear();
        Rotate(_row, index + 1);
    }
}
