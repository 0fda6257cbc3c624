namespace SoftmaxGen.Numerics;

/// <summary>
/// The eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations (Golub and Van Loan, <i>Matrix Computations</i>, 4th edition,
/// section 8.5): each one makes an element beside the diagonal 0, until none is left.
/// </summary>
internal static class SymmetricEigen
{
    /// <summary>Far more than needed: the distance from a diagonal matrix is squared by each of the last sweeps.</summary>
    private const int MostSweeps = 30;

    /// <summary>Decomposes a matrix, <c>A = Q^T diag(d) Q</c>.</summary>
    /// <param name="matrix">The matrix, <c>n x n</c>, both triangles; receives the eigenvalues on its diagonal.</param>
    /// <param name="size">The size, <c>n</c>.</param>
    /// <returns>The eigenvectors, <c>n x n</c>: row <c>i</c> is that of the <c>i</c>-th element of the diagonal.</returns>
    public static double[] Decompose(double[] matrix, int size)
    {
        double[] axes = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            axes[(i * size) + i] = 1;
        }

        for (int sweep = 0; sweep < MostSweeps && !IsDiagonal(matrix, size); sweep++)
        {
            for (int p = 0; p < size; p++)
            {
                for (int q = p + 1; q < size; q++)
                {
                    Rotate(matrix, axes, size, p, q);
                }
            }
        }

        return axes;
    }

    private static bool IsDiagonal(double[] matrix, int size)
    {
        double beside = 0;
        double all = 0;
        for (int i = 0; i < matrix.Length; i++)
        {
            all += matrix[i] * matrix[i];
            beside += i % (size + 1) == 0 ? 0 : matrix[i] * matrix[i];
        }

        // The squares of numbers within rounding of the largest.
        return beside <= 1e-32 * all;
    }

    private static void Rotate(double[] matrix, double[] axes, int size, int p, int q)
    {
        double element = matrix[(p * size) + q];
        if (element == 0)
        {
            return;
        }

        // The smaller of the two angles, whose tangent t solves t^2 + 2 theta t = 1.
        double theta = (matrix[(q * size) + q] - matrix[(p * size) + p]) / (2 * element);
        double tangent = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
        double sine = tangent * cosine;
        for (int k = 0; k < size; k++)
        {
            Turn(ref matrix[(k * size) + p], ref matrix[(k * size) + q], cosine, sine);
        }

        for (int k = 0; k < size; k++)
        {
            Turn(ref matrix[(p * size) + k], ref matrix[(q * size) + k], cosine, sine);
            Turn(ref axes[(p * size) + k], ref axes[(q * size) + k], cosine, sine);
        }
    }

    private static void Turn(ref double first, ref double second, double cosine, double sine) =>
        (first, second) = ((cosine * first) - (sine * second), (sine * first) + (cosine * second));
}
