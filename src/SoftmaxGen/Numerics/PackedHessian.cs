namespace SoftmaxGen.Numerics;

/// <summary>
/// The distinct elements of the Hessian of a loss: <c>S[(j, l), (a, b)]</c> over pairs of classes <c>j &gt;= l &gt;= 1</c> and pairs of columns
/// <c>a &gt;= b</c>, both triangles row by row. The blocks of class 0 are minus the sums of the others, because one vector added to every row of <c>W</c>
/// changes no probability; the other blocks are symmetric.
/// </summary>
internal readonly record struct PackedHessian(int Classes, int Columns)
{
    public PackedHessian(ModelShape shape)
        : this(shape.Classes, shape.Features + 1)
    {
    }

    /// <summary>Gets the number of elements.</summary>
    public int Length => Triangle(Classes - 1) * BlockLength;

    private int BlockLength => Triangle(Columns);

    private int Parameters => Classes * Columns;

    /// <summary>Gets the lower triangle of a block, row by row.</summary>
    /// <param name="packed">The elements.</param>
    /// <param name="j">A class, at least 1.</param>
    /// <param name="l">A class from 1 to <paramref name="j"/>.</param>
    public ReadOnlySpan<double> Block(ReadOnlySpan<double> packed, int j, int l) => packed.Slice((Triangle(j - 1) + l - 1) * BlockLength, BlockLength);

    /// <summary>Writes the elements out.</summary>
    /// <param name="packed">The elements.</param>
    /// <param name="hessian">Receives the lower triangle, <c>P x P</c> with <c>P = C * (m + 1)</c>, row-major; zero above the diagonal.</param>
    public void Expand(ReadOnlySpan<double> packed, Span<double> hessian)
    {
        hessian.Clear();
        for (int j = 1; j < Classes; j++)
        {
            for (int l = 1; l <= j; l++)
            {
                ReadOnlySpan<double> block = Block(packed, j, l);
                for (int a = 0; a < Columns; a++)
                {
                    // Block (l, j), above the diagonal, is the same by symmetry: class 0 loses both.
                    ReadOnlySpan<double> row = block.Slice(Triangle(a), a + 1);
                    row.CopyTo(Row(hessian, j, l, a));
                    VectorAlgebra.AddScaled(-1, row, Row(hessian, j, 0, a));
                    VectorAlgebra.AddScaled(l < j ? 2 : 1, row, Row(hessian, 0, 0, a));
                    if (l < j)
                    {
                        VectorAlgebra.AddScaled(-1, row, Row(hessian, l, 0, a));
                    }
                }
            }
        }

        MirrorBlocks(hessian);
    }

    private static int Triangle(int size) => size * (size + 1) / 2;

    // A row of block (j, l) up to the diagonal of the block.
    private Span<double> Row(Span<double> hessian, int j, int l, int a) => hessian.Slice((((j * Columns) + a) * Parameters) + (l * Columns), a + 1);

    // Every block equals its transpose; those beside the diagonal are kept whole.
    private void MirrorBlocks(Span<double> hessian)
    {
        for (int j = 1; j < Classes; j++)
        {
            for (int l = 0; l < j; l++)
            {
                Span<double> block = hessian[((j * Columns * Parameters) + (l * Columns))..];
                for (int a = 0; a < Columns; a++)
                {
                    for (int b = a + 1; b < Columns; b++)
                    {
                        block[(a * Parameters) + b] = block[(b * Parameters) + a];
                    }
                }
            }
        }
    }
}
