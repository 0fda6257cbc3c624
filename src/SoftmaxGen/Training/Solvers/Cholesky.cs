using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Solves <c>A x = b</c> for a symmetric positive semidefinite matrix by Cholesky's factorisation without square roots, <c>A = U^T D^-1 U</c> with
/// <c>D</c> the diagonal of <c>U</c> (Golub and Van Loan, <i>Matrix Computations</i>, 4th edition, sections 4.1 and 4.2). A coordinate whose pivot is within
/// rounding of zero depends on those before it: its part of every solution is exactly 0, and the equations of the others are solved.
/// </summary>
internal static class Cholesky
{
    /// <summary>Factors a matrix in place.</summary>
    /// <param name="matrix">
    /// The matrix, <c>n x n</c>, row-major, of which the lower triangle is read; receives <c>U</c> above the diagonal and <c>U^T</c> below it.
    /// </param>
    /// <param name="inversePivots">Receives the inverse of the diagonal of <c>U</c>, <c>n</c> numbers; 0 for a coordinate that depends on others.</param>
    public static void Factor(Span<double> matrix, Span<double> inversePivots)
    {
        int size = inversePivots.Length;

        // The rounding errors of a pivot, relative to the diagonal element it is what remains of.
        double rounding = 8 * size * (double.BitIncrement(1) - 1);
        for (int k = 0; k < size; k++)
        {
            inversePivots[k] = rounding * matrix[(k * size) + k];
        }

        for (int k = 0; k < size; k++)
        {
            double pivot = matrix[(k * size) + k];
            double inverse = 1 / pivot;
            inversePivots[k] = pivot > inversePivots[k] && double.IsFinite(inverse) ? inverse : 0;

            // The column becomes a row, so that all that follows runs along rows.
            Span<double> row = RowAfter(matrix, size, k);
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = matrix[((k + 1 + i) * size) + k];
            }

            if (inversePivots[k] != 0)
            {
                Eliminate(matrix[((k + 1) * size)..], size, k + 1, inverse, row);
            }
        }
    }

    /// <summary>Solves for a right-hand side.</summary>
    /// <param name="factor">The factored matrix, <c>n x n</c>.</param>
    /// <param name="inversePivots">The inverse pivots.</param>
    /// <param name="x">The right-hand side, <c>n</c> numbers; receives the solution.</param>
    public static void Solve(Span<double> factor, ReadOnlySpan<double> inversePivots, Span<double> x)
    {
        // Number by number: vectors would begin one place later at every turn, and wait for those of the turn before to be in the cache.
        int size = x.Length;
        for (int k = 0; k < size; k++)
        {
            AddScaled(-inversePivots[k] * x[k], RowAfter(factor, size, k), x[(k + 1)..]);
        }

        // The columns of U are still there, below the diagonal.
        for (int k = size - 1; k >= 0; k--)
        {
            x[k] *= inversePivots[k];
            AddScaled(-x[k], factor.Slice(k * size, k), x[..k]);
        }
    }

    private static void AddScaled(double a, ReadOnlySpan<double> x, Span<double> y)
    {
        y = y[..x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            y[i] += a * x[i];
        }
    }

    // Takes a row's multiples off the rows below it, as far as their diagonals.
    private static void Eliminate(Span<double> below, int size, int column, double inversePivot, ReadOnlySpan<double> row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            VectorAlgebra.AddScaled(-inversePivot * row[i], row[..(i + 1)], below.Slice((i * size) + column, i + 1));
        }
    }

    // What a row has above the diagonal.
    private static Span<double> RowAfter(Span<double> matrix, int size, int k) => matrix.Slice((k * size) + k + 1, size - k - 1);
}
