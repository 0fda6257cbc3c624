using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoftmaxGen.Training.Solvers;

/// <summary>
/// Solves <c>A x = b</c> for a symmetric positive semidefinite matrix by Cholesky's factorisation without square roots, <c>A = U^T D^-1 U</c> with
/// <c>D</c> the diagonal of <c>U</c> (Golub and Van Loan, <i>Matrix Computations</i>, 4th edition, sections 4.1 and 4.2). The right-hand side is one more
/// column, so that what takes <c>A</c> to <c>U</c> takes <c>b</c> to <c>U^-T D b</c> along with it. A coordinate whose pivot is within rounding of zero
/// depends on those before it: its part of the solution is exactly 0, and the equations of the others are solved.
/// </summary>
internal static class Cholesky
{
    /// <summary>Gets the elements from one equation to the next: whole vectors, which begin at the same columns in every one.</summary>
    /// <param name="size">The number of equations.</param>
    /// <returns>The stride.</returns>
    public static int Stride(int size) => ((size / Vector<double>.Count) + 1) * Vector<double>.Count;

    /// <summary>Gets the share of a diagonal element below which what elimination leaves of it is rounding.</summary>
    /// <param name="size">The number of equations.</param>
    /// <returns>The share.</returns>
    public static double Rounding(int size) => 8 * size * (double.BitIncrement(1) - 1);

    /// <summary>Solves equations.</summary>
    /// <param name="equations">
    /// The upper triangle of <c>A</c> and the column <c>b</c> at its right, <c>n</c> rows with a <see cref="Stride"/>; what else is there is not looked at, but
    /// all of it is overwritten.
    /// </param>
    /// <param name="inversePivots">Receives the inverse of the diagonal of <c>U</c>, <c>n</c> numbers; 0 for a coordinate that depends on others.</param>
    /// <param name="x">Receives the solution, <c>n</c> numbers.</param>
    public static void Solve(Span<double> equations, Span<double> inversePivots, Span<double> x)
    {
        int size = x.Length;
        int stride = Stride(size);
        Eliminate(equations[..(size * stride)], inversePivots[..size]);

        // Column by column, so that a number of the solution waits for the one before it alone.
        ref double elements = ref MemoryMarshal.GetReference(equations);
        for (int k = 0; k < size; k++)
        {
            x[k] = Unsafe.Add(ref elements, (k * stride) + size);
        }

        for (int k = size - 1; k >= 0; k--)
        {
            double solved = x[k] * inversePivots[k];
            x[k] = solved;
            for (int i = 0; i < k; i++)
            {
                x[i] = double.MultiplyAddEstimate(-solved, Unsafe.Add(ref elements, (i * stride) + k), x[i]);
            }
        }
    }

    /// <summary>Computes <c>b'A^-1 b</c> for another right-hand side from what <see cref="Solve"/> left behind.</summary>
    /// <param name="equations">The matrix as <see cref="Solve"/> left it.</param>
    /// <param name="inversePivots">The inverse pivots.</param>
    /// <param name="b">The right-hand side, <c>n</c> numbers; receives <c>U^-T D b</c>.</param>
    /// <returns>The quadratic form; coordinates that depend on others are left out.</returns>
    public static double InverseForm(ReadOnlySpan<double> equations, ReadOnlySpan<double> inversePivots, Span<double> b)
    {
        int stride = Stride(b.Length);
        double sum = 0;
        for (int k = 0; k < b.Length; k++)
        {
            double scaled = b[k] * inversePivots[k];
            sum += scaled * b[k];
            ReadOnlySpan<double> row = equations.Slice(k * stride, b.Length);
            for (int i = k + 1; i < row.Length; i++)
            {
                b[i] = double.MultiplyAddEstimate(-scaled, row[i], b[i]);
            }
        }

        return sum;
    }

    private static void Eliminate(Span<double> equations, Span<double> inversePivots)
    {
        int size = inversePivots.Length;
        int stride = Stride(size);
        ref double elements = ref MemoryMarshal.GetReference(equations);

        // The rounding errors of a pivot, relative to the diagonal element it is what remains of.
        double rounding = Rounding(size);
        for (int k = 0; k < size; k++)
        {
            inversePivots[k] = rounding * Unsafe.Add(ref elements, (k * stride) + k);
        }

        double pivot = elements;
        for (int k = 0; k < size; k++)
        {
            ref double row = ref Unsafe.Add(ref elements, k * stride);
            ref double nextRow = ref Unsafe.Add(ref row, stride);
            double nextPivot = k + 1 < size ? Unsafe.Add(ref nextRow, k + 1) : 0;
            double inverse = 1 / pivot;
            inversePivots[k] = pivot > inversePivots[k] && double.IsFinite(inverse) ? inverse : 0;
            if (inversePivots[k] != 0)
            {
                // The next pivot ahead of its row: each waits for the one before, and that wait is most of the time of a small matrix.
                double next = Unsafe.Add(ref row, k + 1);
                nextPivot = double.MultiplyAddEstimate(-inverse * next, next, nextPivot);
                EliminateBelow(ref row, k, inverse, size, stride);
            }

            pivot = nextPivot;
        }
    }

    // Takes multiples of a row off those below it. In each from the vector on that holds its diagonal, because vectors that begin elsewhere would wait until
    // those they take from are in the cache.
    private static void EliminateBelow(ref double row, int k, double inverse, int size, int stride)
    {
        ref double target = ref row;
        for (int i = k + 1; i < size; i++)
        {
            target = ref Unsafe.Add(ref target, stride);
            var factor = new Vector<double>(-inverse * Unsafe.Add(ref row, i));
            for (int column = i & -Vector<double>.Count; column < stride; column += Vector<double>.Count)
            {
                Vector<double> multiplied = Vector.LoadUnsafe(ref row, (nuint)column);
                Vector.MultiplyAddEstimate(factor, multiplied, Vector.LoadUnsafe(ref target, (nuint)column)).StoreUnsafe(ref target, (nuint)column);
            }
        }
    }
}
