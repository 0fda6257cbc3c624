namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Solves <c>A x = b</c> for a symmetric positive semidefinite matrix by Cholesky's factorisation <c>A = L L^T</c> (Golub and Van Loan, <i>Matrix
/// Computations</i>, 4th edition, section 4.2). A coordinate whose pivot is within rounding of zero depends on those before it: it is given an
/// infinite pivot, which makes its part of every solution exactly 0 and solves the equations of the others.
/// </summary>
internal static class Cholesky
{
    /// <summary>Takes a coordinate out of the equations, before the matrix is factored: its part of every solution will be 0.</summary>
    /// <param name="matrix">The matrix, <c>n x n</c>, row-major.</param>
    /// <param name="size">The size, <c>n</c>.</param>
    /// <param name="index">The coordinate.</param>
    public static void Freeze(Span<double> matrix, int size, int index)
    {
        matrix.Slice(index * size, size).Clear();
        for (int row = index + 1; row < size; row++)
        {
            matrix[(row * size) + index] = 0;
        }
    }

    /// <summary>Factors a matrix in place.</summary>
    /// <param name="matrix">The matrix, <c>n x n</c>, row-major, of which the lower triangle is read; receives <c>L</c> there.</param>
    /// <param name="size">The size, <c>n</c>.</param>
    public static void Factor(Span<double> matrix, int size)
    {
        // The rounding errors of a pivot, relative to the diagonal element it is what remains of.
        double rounding = 8 * size * (double.BitIncrement(1) - 1);
        for (int i = 0; i < size; i++)
        {
            Span<double> row = matrix.Slice(i * size, size);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> other = matrix.Slice(j * size, size);
                row[j] = (row[j] - VectorAlgebra.Dot(row[..j], other[..j])) / other[j];
            }

            double pivot = row[i] - VectorAlgebra.Dot(row[..i], row[..i]);
            row[i] = pivot > rounding * row[i] ? Math.Sqrt(pivot) : double.PositiveInfinity;
        }
    }

    /// <summary>Solves for a right-hand side.</summary>
    /// <param name="factor">The factored matrix, <c>n x n</c>.</param>
    /// <param name="x">The right-hand side, <c>n</c> numbers; receives the solution.</param>
    public static void Solve(ReadOnlySpan<double> factor, Span<double> x)
    {
        int size = x.Length;
        for (int i = 0; i < size; i++)
        {
            ReadOnlySpan<double> row = factor.Slice(i * size, size);
            x[i] = (x[i] - VectorAlgebra.Dot(row[..i], x[..i])) / row[i];
        }

        for (int i = size - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> row = factor.Slice(i * size, size);
            x[i] /= row[i];
            VectorAlgebra.AddScaled(-x[i], row[..i], x[..i]);
        }
    }
}
