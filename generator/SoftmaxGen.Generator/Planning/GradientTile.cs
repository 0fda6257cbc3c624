namespace SoftmaxGen.Generator.Planning;

/// <summary>
/// The gradient stage holds <c>Contrasts x Columns x Chains</c> accumulators and runs over the row vectors of a tile. Column 0 is the bias.
/// </summary>
/// <param name="Contrasts">Contrasts per pass over the rows.</param>
/// <param name="Columns">Columns of the gradient per pass over the rows.</param>
/// <param name="Chains">Independent sums per element, for shapes with too few elements to hide the latency of an addition.</param>
internal sealed record GradientTile(int Contrasts, int Columns, int Chains)
{
    /// <summary>
    /// Chooses the tile with the fewest estimated cycles per row vector over all passes, by the same port counts as
    /// <see cref="ScoreTile"/>: <c>contrasts * columns</c> multiplications against <c>contrasts + columns</c> loads.
    /// </summary>
    public static GradientTile Choose(int contrasts, int columns, int registers)
    {
        var best = new GradientTile(1, 1, 1);
        double bestCost = double.MaxValue;
        for (int chains = 1; chains <= 4; chains += chains)
        {
            for (int chunk = 1; chunk <= contrasts; chunk++)
            {
                for (int width = 1; width <= columns; width++)
                {
                    // The residuals of the chunk and one feature.
                    if ((chunk * width * chains) + chunk + 1 > registers)
                    {
                        break;
                    }

                    double cost = Cost(contrasts, columns, chunk, width, chains);
                    if (cost < bestCost - 1e-9)
                    {
                        (best, bestCost) = (new GradientTile(chunk, width, chains), cost);
                    }
                }
            }
        }

        return best;
    }

    /// <summary>Columns of the first pass: the bias and those that are left over, so that all later passes are alike.</summary>
    public int FirstColumns(int columns) => ((columns - 1) % Columns) + 1;

    /// <summary>Blocks per turn of the loop over the rows: as many as give each chain a row vector.</summary>
    public int BlocksPerTurn(int vectorsPerBlock) => Math.Max(1, Chains / vectorsPerBlock);

    private static double Cost(int contrasts, int columns, int chunk, int width, int chains)
    {
        (int chunks, int restOfContrasts) = (contrasts / chunk, contrasts % chunk);
        (int widths, int restOfColumns) = (columns / width, columns % width);
        return (chunks * widths * CostOfPass(chunk, width, chains))
            + (chunks * CostOfPass(chunk, restOfColumns, chains))
            + (widths * CostOfPass(restOfContrasts, width, chains))
            + CostOfPass(restOfContrasts, restOfColumns, chains);
    }

    private static double CostOfPass(int chunk, int width, int chains)
    {
        const double Latency = 4;
        const double LoopOverhead = 0.5;
        if (chunk == 0 || width == 0)
        {
            return 0;
        }

        double multiplications = chunk * width / 2.0;
        double loads = (chunk + width) / 2.0;
        return Math.Max(Math.Max(multiplications, loads), Latency / chains) + (LoopOverhead / chains);
    }
}
