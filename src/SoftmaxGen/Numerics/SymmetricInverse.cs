namespace SoftmaxGen.Numerics;

/// <summary>
/// The inverse of a symmetric positive definite matrix <c>A</c>, by Cholesky's factorisation (Golub and Van Loan, <i>Matrix Computations</i>, 4th
/// edition, section 4.2) of <c>R = D A D</c>, where <c>D</c> makes the diagonal 1: rows and columns may differ by any powers of ten without harm.
/// </summary>
internal static class SymmetricInverse
{
    /// <summary>Inverts a matrix in place.</summary>
    /// <param name="matrix">The matrix, <c>n x n</c>, row-major, of which the lower triangle is read; receives the inverse, both triangles.</param>
    /// <param name="size">The size, <c>n</c>.</param>
    /// <param name="smallestPivot">
    /// The smallest pivot of <c>R</c> that is not rounding: the share of a diagonal element that the rows before it leave unexplained.
    /// </param>
    /// <returns>The first row that depends on those before it, or -1 when there is none and the inverse is found.</returns>
    public static int Invert(double[] matrix, int size, double smallestPivot) => Invert(matrix, size, smallestPivot, out _);

    /// <summary>Inverts a matrix in place and computes the logarithm of its determinant.</summary>
    /// <param name="matrix">The matrix, <c>n x n</c>, row-major, of which the lower triangle is read; receives the inverse, both triangles.</param>
    /// <param name="size">The size, <c>n</c>.</param>
    /// <param name="smallestPivot">The smallest pivot of <c>R</c> that is not rounding.</param>
    /// <param name="logDeterminant">Receives <c>log det A = log det R - 2 log det D</c>; NaN when there is no inverse.</param>
    /// <returns>The first row that depends on those before it, or -1 when there is none and the inverse is found.</returns>
    public static int Invert(double[] matrix, int size, double smallestPivot, out double logDeterminant)
    {
        logDeterminant = double.NaN;
        double[] scales = new double[size];
        for (int i = 0; i < size; i++)
        {
            scales[i] = 1 / Math.Sqrt(matrix[(i * size) + i]);
            if (!double.IsFinite(scales[i]))
            {
                return i;
            }
        }

        Scale(matrix, scales);
        int dependent = Factor(matrix, size, smallestPivot);
        if (dependent < 0)
        {
            logDeterminant = 0;
            for (int i = 0; i < size; i++)
            {
                logDeterminant += 2 * (Math.Log(matrix[(i * size) + i]) - Math.Log(scales[i]));
            }

            InvertFactor(matrix, size);
            MultiplyByTranspose(matrix, size);
            Scale(matrix, scales);
        }

        return dependent;
    }

    /// <summary>Factors a matrix in place: leaves <c>L</c> with <c>A = L L^T</c> in the lower triangle.</summary>
    /// <param name="matrix">The matrix, <c>n x n</c>, row-major, of which the lower triangle is read.</param>
    /// <param name="size">The size, <c>n</c>.</param>
    /// <param name="smallestPivot">The smallest pivot that is not rounding.</param>
    /// <returns>The first row that depends on those before it, or -1 when there is none.</returns>
    public static int Factor(double[] matrix, int size, double smallestPivot)
    {
        for (int i = 0; i < size; i++)
        {
            Span<double> row = matrix.AsSpan(i * size, size);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> other = matrix.AsSpan(j * size, size);
                row[j] = (row[j] - VectorAlgebra.Dot(row[..j], other[..j])) / other[j];
            }

            double pivot = row[i] - VectorAlgebra.Dot(row[..i], row[..i]);
            if (!(pivot >= smallestPivot))
            {
                return i;
            }

            row[i] = Math.Sqrt(pivot);
        }

        return -1;
    }

    // Twice one factor after the other: the product of two scales may overflow where the scaled element does not.
    private static void Scale(double[] matrix, double[] scales)
    {
        int size = scales.Length;
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                matrix[(i * size) + j] = matrix[(i * size) + j] * scales[i] * scales[j];
            }
        }
    }

    /// <summary>Leaves <c>L^-1</c> in place of <c>L</c>: its row <c>i</c> is <c>(e_i - sum over k before i of L_ik times row k) / L_ii</c>.</summary>
    private static void InvertFactor(double[] matrix, int size)
    {
        for (int i = 0; i < size; i++)
        {
            Span<double> row = matrix.AsSpan(i * size, size);
            double[] factors = row[..i].ToArray();
            double inversePivot = 1 / row[i];
            row[..i].Clear();
            for (int k = 0; k < i; k++)
            {
                VectorAlgebra.AddScaled(-factors[k], matrix.AsSpan(k * size, k + 1), row[..(k + 1)]);
            }

            VectorAlgebra.Scale(inversePivot, row[..i], row[..i]);
            row[i] = inversePivot;
        }
    }

    /// <summary>Leaves <c>L^-T L^-1</c> in place of <c>L^-1</c>, both triangles.</summary>
    private static void MultiplyByTranspose(double[] matrix, int size)
    {
        double[] product = new double[matrix.Length];
        for (int k = 0; k < size; k++)
        {
            ReadOnlySpan<double> row = matrix.AsSpan(k * size, k + 1);
            for (int i = 0; i <= k; i++)
            {
                VectorAlgebra.AddScaled(row[i], row, product.AsSpan(i * size, k + 1));
            }
        }

        product.CopyTo(matrix, 0);
    }
}
