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
        int parameters = classes * columns;
        int columnPairs = columns * (columns + 1) / 2;
        for (int j = 1; j < classes; j++)
        {
            for (int l = 1; l <= j; l++)
            {
                ReadOnlySpan<double> block = sums.Slice(((j * (j - 1) / 2) + l - 1) * columnPairs, columnPairs);
                for (int a = 0; a < columns; a++)
                {
                    for (int b = 0; b < columns; b++)
                    {
                        double value = block[a >= b ? (a * (a + 1) / 2) + b : (b * (b + 1) / 2) + a];
                        AddElement(hessian, parameters, (j * columns) + a, (l * columns) + b, value);
                        AddElement(hessian, parameters, (j * columns) + a, b, -value);
                        AddElement(hessian, parameters, a, b, value);
                        if (l < j)
                        {
                            // Block (l, j) is the same by symmetry; its own place is above the diagonal.
                            AddElement(hessian, parameters, (l * columns) + a, b, -value);
                            AddElement(hessian, parameters, a, b, value);
                        }
                    }
                }
            }
        }
    }

    private static void AddElement(Span<double> hessian, int parameters, int row, int column, double value)
    {
        if (column <= row)
        {
            hessian[(row * parameters) + column] += value;
        }
    }
}
