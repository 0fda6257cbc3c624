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
    /// <see cref="ScoreTile"/>: <c>contrasts * columns</c> multiplications against <c>contrasts + columns</c> loads,
    /// of which those of features take longer where rows are far.
    /// </summary>
    /// <param name="product">The gradient, or the Hessian: its coefficients are the contrasts.</param>
    /// <param name="target">The processors.</param>
    /// <param name="rowsAreFar">Whether the rows of a tile do not stay in the first-level cache.</param>
    public static GradientTile Choose(ProductShape product, VectorTarget target, bool rowsAreFar = false)
    {
        double distance = rowsAreFar ? target.CyclesPerFarLine : 0;
        var best = new GradientTile(1, 1, 1);
        double bestCost = double.MaxValue;
        for (int chains = 1; chains <= 4; chains += chains)
        {
            for (int chunk = 1; chunk <= product.Coefficients; chunk++)
            {
                for (int width = 1; width <= product.Columns; width++)
                {
                    var tile = new GradientTile(chunk, width, chains);
                    if (tile.Registers(rowsAreFar: distance > 0) > target.FreeRegisters)
                    {
                        break;
                    }

                    double cost = tile.Cost(product, distance);
                    if (cost < bestCost - 1e-9)
                    {
                        (best, bestCost) = (tile, cost);
                    }
                }
            }
        }

        return best;
    }

    /// <summary>
    /// Whether a row vector's features stay in registers while its residuals are loaded one at a time; otherwise it is the other way round. Not for one
    /// column, where each residual would be loaded for a single multiplication, nor for chains, which serve tiles of few sums.
    /// </summary>
    public bool HoldsFeatures => Columns > 1 && Columns < Contrasts && Chains == 1;

    /// <summary>Columns of the first pass: the bias and those that are left over, so that all later passes are alike.</summary>
    public int FirstColumns(int columns) => ((columns - 1) % Columns) + 1;

    /// <summary>Blocks per turn of the loop over the rows: as many as give each chain a row vector.</summary>
    public int BlocksPerTurn(VectorTarget target) => Math.Max(1, Chains / target.VectorsPerBlock);

    // The sums, what is held of a row vector, and one of what is streamed. Rows that are near are read again at no cost: then the tiles are those that
    // would hold the residuals, which are larger by columns.
    private int Registers(bool rowsAreFar) => (Contrasts * Columns * Chains) + (rowsAreFar && HoldsFeatures ? Columns : Contrasts) + 1;

    private double Cost(ProductShape product, double distance)
    {
        (int chunks, int restOfContrasts) = (product.Coefficients / Contrasts, product.Coefficients % Contrasts);
        (int widths, int restOfColumns) = (product.Columns / Columns, product.Columns % Columns);
        return (chunks * widths * CostOfPass(Contrasts, Columns, distance))
            + (chunks * CostOfPass(Contrasts, restOfColumns, distance))
            + (widths * CostOfPass(restOfContrasts, Columns, distance))
            + CostOfPass(restOfContrasts, restOfColumns, distance);
    }

    private double CostOfPass(int chunk, int width, double distance)
    {
        const double Latency = 4;
        const double LoopOverhead = 0.5;
        if (chunk == 0 || width == 0)
        {
            return 0;
        }

        double multiplications = chunk * width / 2.0;
        double loads = (chunk + width) / 2.0;
        return Math.Max(Math.Max(multiplications, loads), Latency / Chains) + (LoopOverhead / Chains) + (distance * width);
    }
}
