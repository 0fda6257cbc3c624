namespace SoftmaxGen.Generator.Planning;

/// <summary>The size of the largest emitted method of a matrix product over the rows of a tile: <c>Gradient4</c>, say.</summary>
internal static class ProductStageSize
{
    public static CodeSize Of(GradientTile tile, int columns, int vectorsPerBlock)
    {
        int firstColumns = tile.FirstColumns(columns);
        CodeSize first = Pass(tile, firstColumns, vectorsPerBlock, hasBias: true);
        if (firstColumns == columns)
        {
            return first;
        }

        CodeSize later = StatementSizes.Loop + Pass(tile, tile.Columns, vectorsPerBlock, hasBias: false) + (2 * StatementSizes.Advance);
        return (2 * StatementSizes.Advance) + first + later;
    }

    private static CodeSize Pass(GradientTile tile, int columns, int vectorsPerBlock, bool hasBias)
    {
        int rowVectors = tile.BlocksPerTurn(vectorsPerBlock) * vectorsPerBlock;
        int features = hasBias ? columns - 1 : columns;
        CodeSize rowVector = (tile.Contrasts * StatementSizes.Load)
            + (features * (StatementSizes.Load + (tile.Contrasts * StatementSizes.MultiplyAdd)));
        if (hasBias)
        {
            rowVector += tile.Contrasts * StatementSizes.Add;
        }

        CodeSize sums = tile.Contrasts * columns * (StatementSizes.Store
            + (tile.Chains * StatementSizes.Zero)
            + ((tile.Chains - 1) * StatementSizes.Term));
        CodeSize loop = StatementSizes.Loop + (rowVectors * rowVector) + (2 * StatementSizes.Advance);
        return sums + (2 * StatementSizes.Reference) + loop;
    }
}
