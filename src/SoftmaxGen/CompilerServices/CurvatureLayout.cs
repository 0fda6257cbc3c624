namespace SoftmaxGen.CompilerServices;

/// <summary>
/// Where the parts of the second-order scratch begin, in doubles; each begins on a 64-byte boundary. It is rented from the array pool: a
/// call of these kernels is long enough not to notice.
/// </summary>
internal readonly struct CurvatureLayout
{
    // A tile's pairs and products are read several times; they should stay in the second-level cache.
    private const int TileBytes = 256 * 1024;
    private const int LargestTile = 64;

    /// <summary>Initializes a new instance of the <see cref="CurvatureLayout"/> struct.</summary>
    /// <param name="contrasts">The contrasts, <c>C - 1</c>.</param>
    /// <param name="columns">The columns, <c>m + 1</c>.</param>
    /// <param name="coefficients">The residuals of a row, or its pairs of contrasts.</param>
    /// <param name="columnPairs">The products of columns of a row that are stored; 0 where none are.</param>
    /// <param name="sumDoubles">The doubles of the sums.</param>
    public CurvatureLayout(int contrasts, int columns, int coefficients, int columnPairs, int sumDoubles)
    {
        int blocks = LargestTile;
        while (blocks > 2 * BlockLayout.GroupBlocks && (long)blocks * (contrasts + coefficients + columnPairs) * BlockLayout.VectorBytes > TileBytes)
        {
            blocks /= 2;
        }

        int tileDoubles = blocks * ScratchLayout.BlockDoubles;
        TileBlocks = blocks;
        SumDoubles = sumDoubles;
        Direction = ScratchLayout.RoundUp(contrasts * columns);
        Sums = 2 * Direction;
        RowWeights = Sums + ScratchLayout.RoundUp(sumDoubles);
        Probabilities = RowWeights + tileDoubles;
        Coefficients = Probabilities + (tileDoubles * contrasts);
        ColumnPairs = Coefficients + (tileDoubles * coefficients);
        Length = ColumnPairs + (tileDoubles * columnPairs) + ScratchLayout.Slack;
    }

    /// <summary>Gets the blocks of a tile.</summary>
    public int TileBlocks { get; }

    /// <summary>Gets where the scaled direction of a product with the Hessian begins; the scaled weights of the contrasts come first.</summary>
    public int Direction { get; }

    /// <summary>Gets where the sums begin.</summary>
    public int Sums { get; }

    /// <summary>Gets the doubles of the sums.</summary>
    public int SumDoubles { get; }

    /// <summary>Gets where the weights of the rows begin, which are made when the training set has none.</summary>
    public int RowWeights { get; }

    /// <summary>Gets where the probabilities of the tile begin.</summary>
    public int Probabilities { get; }

    /// <summary>Gets where the contrasts of the direction begin, and then the residuals; or the pairs of contrasts.</summary>
    public int Coefficients { get; }

    /// <summary>Gets where the products of columns begin.</summary>
    public int ColumnPairs { get; }

    /// <summary>Gets the doubles in all, alignment included.</summary>
    public int Length { get; }
}
