using SoftmaxGen.Numerics;

namespace SoftmaxGen.Training;

/// <summary>
/// Decides whether 0 is a combination of vectors with positive coefficients only: the first phase of the simplex method (Dantzig, 1947) on a dense table with a
/// row for each dimension. Bland's rule takes over where the choice of the steepest column goes round in circles.
/// </summary>
internal sealed class ConeFeasibility(int dimension)
{
    // Of vectors whose largest magnitude is 1: what is rounding, and what is not.
    private const double Zero = 1e-11;
    private const double Infeasible = 1e-8;

    // Steps without Bland's rule, by row of the table.
    private const int SteepestSteps = 50;

    private readonly List<double> _vectors = [];

    /// <summary>Adds a vector.</summary>
    public void Add(ReadOnlySpan<double> vector) => _vectors.AddRange(vector);

    /// <summary>Decides.</summary>
    /// <returns>Whether <c>sum_i u_i a_i = 0</c> for some <c>u_i > 0</c>.</returns>
    public bool HasPositiveCombination()
    {
        // sum_i v_i a_i = -sum_i a_i, v >= 0: u = 1 + v. A row of the table for each equation, the right-hand side last; below them the sum of what is missing.
        int count = _vectors.Count / dimension;
        double[][] table = [.. Enumerable.Range(0, dimension + 1).Select(_ => new double[count + 1])];
        double[] missing = table[dimension];
        for (int r = 0; r < dimension; r++)
        {
            double[] row = table[r];
            for (int i = 0; i < count; i++)
            {
                row[i] = _vectors[(i * dimension) + r];
                row[count] -= row[i];
            }

            VectorAlgebra.Scale(row[count] < 0 ? -1 : 1, row, row);
            VectorAlgebra.AddScaled(-1, row, missing);
        }

        int[] basis = [.. Enumerable.Range(count, dimension)];
        for (int step = 0; ; step++)
        {
            bool isBland = step > SteepestSteps * dimension;
            int enters = Enters(missing.AsSpan(0, count), isBland);
            int leaves = enters < 0 ? -1 : Leaves(table, basis, enters, count);
            if (enters >= 0 && leaves < 0)
            {
                // What is missing cannot fall for ever: the column is nothing but rounding.
                missing[enters] = 0;
                continue;
            }

            if (leaves < 0 || step > 2 * SteepestSteps * dimension)
            {
                return -missing[count] <= Infeasible * count;
            }

            Pivot(table, leaves, enters);
            basis[leaves] = enters;
        }
    }

    private static int Enters(ReadOnlySpan<double> costs, bool isBland)
    {
        int enters = -1;
        double steepest = -Zero;
        for (int c = 0; c < costs.Length; c++)
        {
            if (costs[c] < steepest)
            {
                enters = c;
                if (isBland)
                {
                    break;
                }

                steepest = costs[c];
            }
        }

        return enters;
    }

    private static int Leaves(double[][] table, int[] basis, int enters, int count)
    {
        int leaves = -1;
        double least = double.PositiveInfinity;
        for (int r = 0; r < basis.Length; r++)
        {
            if (table[r][enters] > Zero)
            {
                double ratio = table[r][count] / table[r][enters];
                if (ratio < least || (ratio == least && basis[r] < basis[leaves]))
                {
                    (leaves, least) = (r, ratio);
                }
            }
        }

        return leaves;
    }

    private static void Pivot(double[][] table, int row, int column)
    {
        VectorAlgebra.Scale(1 / table[row][column], table[row], table[row]);
        foreach (double[] other in table)
        {
            if (other != table[row] && other[column] != 0)
            {
                VectorAlgebra.AddScaled(-other[column], table[row], other);
                other[column] = 0;
            }
        }
    }
}
