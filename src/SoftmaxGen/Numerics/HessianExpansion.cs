using System.ComponentModel;

namespace SoftmaxGen.Numerics;

/// <summary>From the distinct elements of a Hessian to its lower triangle. For generated code alone.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class HessianExpansion
{
    /// <summary>
    /// Adds a Hessian given by the sums <c>S[(j, l), (a, b)]</c> over pairs of classes <c>j &gt;= l &gt;= 1</c> and pairs of columns <c>a &gt;= b</c>.
    /// The blocks of class 0 are minus the sums of the others, because one vector added to every row of <c>W</c> changes no probability.
    /// </summary>
    /// <param name="sums">The sums, both triangles row by row.</param>
    /// <param name="classes">The classes, <c>C</c>.</param>
    /// <param name="columns">The columns, <c>m + 1</c>.</param>
    /// <param name="hessian">The lower triangle to add to, <c>P x P</c> with <c>P = C * (m + 1)</c>, row-major.</param>
    public static void Add(ReadOnlySpan<double> sums, int classes, int columns, Span<double> hessian)
    {
        int columnPairs = columns * (columns + 1) / 2;
        for (int j = 1; j < classes; j++)
        {
            for (int l = 1; l <= j; l++)
            {
                ReadOnlySpan<double> block = sums.Slice(((j * (j - 1) / 2) + l - 1) * columnPairs, columnPairs);
                for (int a = 0; a < columns; a++)
                {
                    // Block (l, j), above the diagonal, is the same by symmetry: class 0 loses both.
                    ReadOnlySpan<double> row = block.Slice(a * (a + 1) / 2, a + 1);
                    VectorAlgebra.AddScaled(1, row, Row(hessian, classes, columns, j, l, a));
                    VectorAlgebra.AddScaled(-1, row, Row(hessian, classes, columns, j, 0, a));
                    VectorAlgebra.AddScaled(l < j ? 2 : 1, row, Row(hessian, classes, columns, 0, 0, a));
                    if (l < j)
                    {
                        VectorAlgebra.AddScaled(-1, row, Row(hessian, classes, columns, l, 0, a));
                    }
                }
            }
        }

        MirrorBlocks(hessian, classes, columns);
    }

    // A row of block (j, l) up to the diagonal of the block.
    private static Span<double> Row(Span<double> hessian, int classes, int columns, int j, int l, int a) =>
        hessian.Slice((((j * columns) + a) * classes * columns) + (l * columns), a + 1);

    // Every block equals its transpose; those beside the diagonal are kept whole.
    private static void MirrorBlocks(Span<double> hessian, int classes, int columns)
    {
        int parameters = classes * columns;
        for (int j = 1; j < classes; j++)
        {
            for (int l = 0; l < j; l++)
            {
                Span<double> block = hessian[((j * columns * parameters) + (l * columns))..];
                for (int a = 0; a < columns; a++)
                {
                    for (int b = a + 1; b < columns; b++)
                    {
                        block[(a * parameters) + b] = block[(b * parameters) + a];
                    }
                }
            }
        }
    }
}
