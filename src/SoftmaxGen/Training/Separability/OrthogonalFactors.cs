using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Separability;

/// <summary>
/// The factors <c>M = Q R</c> of a matrix that gains and loses columns: by Gram-Schmidt's method, each column twice, and by Givens's rotations (Golub
/// and Van Loan, <i>Matrix Computations</i>, 4th edition, sections 5.2 and 6.5). With them it solves the least squares problem <c>M z = e</c>, where
/// <c>e</c> is the last unit vector.
/// </summary>
internal sealed class OrthogonalFactors(int length)
{
    // The columns of Q, and those of R down to the diagonal.
    private readonly List<double[]> _directions = [];
    private readonly List<double[]> _triangle = [];

    /// <summary>Appends a column.</summary>
    /// <returns>Whether it does not depend on the others.</returns>
    public bool TryAppend(double[] column)
    {
        double[] rest = [.. column];
        double[] coefficients = new double[_directions.Count + 1];
        TakeOff(rest, coefficients);
        TakeOff(rest, coefficients);
        double norm = VectorAlgebra.Norm(rest);
        if (!(norm > 0))
        {
            return false;
        }

        coefficients[^1] = norm;
        VectorAlgebra.Scale(1 / norm, rest, rest);
        _directions.Add(rest);
        _triangle.Add(coefficients);
        return true;
    }

    /// <summary>Removes a column.</summary>
    public void Remove(int index)
    {
        _triangle.RemoveAt(index);
        for (int j = index; j < _triangle.Count; j++)
        {
            // The columns behind it have one element below the diagonal now, which a rotation of two rows moves into the diagonal.
            double[] column = _triangle[j];
            double radius = double.Hypot(column[j], column[j + 1]);
            (double cosine, double sine) = radius == 0 ? (1, 0) : (column[j] / radius, column[j + 1] / radius);
            for (int k = j; k < _triangle.Count; k++)
            {
                double[] rotated = _triangle[k];
                (rotated[j], rotated[j + 1]) =
                    ((cosine * rotated[j]) + (sine * rotated[j + 1]), (cosine * rotated[j + 1]) - (sine * rotated[j]));
            }

            VectorAlgebra.Rotate(cosine, sine, _directions[j], _directions[j + 1]);
            _triangle[j] = column[..(j + 1)];
        }

        _directions.RemoveAt(_directions.Count - 1);
    }

    /// <summary>Solves the least squares problem.</summary>
    /// <returns>A number for each column.</returns>
    public double[] Solve()
    {
        double[] solution = [.. _directions.Select(direction => direction[length - 1])];
        for (int j = solution.Length - 1; j >= 0; j--)
        {
            solution[j] /= _triangle[j][j];
            VectorAlgebra.AddScaled(-solution[j], _triangle[j].AsSpan(0, j), solution.AsSpan(0, j));
        }

        return solution;
    }

    /// <summary>
    /// Computes the residual <c>e - M z</c>. Twice: what a small residual has left of its digits is at right angles to the columns only then.
    /// </summary>
    public double Residual(double[] residual)
    {
        Array.Clear(residual);
        residual[length - 1] = 1;
        TakeOff(residual, default);
        TakeOff(residual, default);
        return VectorAlgebra.Norm(residual);
    }

    private void TakeOff(double[] vector, Span<double> coefficients)
    {
        for (int i = 0; i < _directions.Count; i++)
        {
            double product = VectorAlgebra.Dot(_directions[i], vector);
            VectorAlgebra.AddScaled(-product, _directions[i], vector);
            if (!coefficients.IsEmpty)
            {
                coefficients[i] += product;
            }
        }
    }
}
