namespace SoftmaxGen.Tests.Training.Separability;

/// <summary>
/// What a set of small whole numbers says of its separation, by the linear program <c>max sum t</c> with <c>0 &lt;= t &lt;= 1</c> and
/// <c>(D_y - D_j) x >= t</c> for every row and every other class, whose optimum has <c>t = 1</c> exactly where a row can be separated. A plain
/// tableau with Bland's rule, in decimals of 28 digits.
/// </summary>
internal static class SeparationProgram
{
    private const decimal Zero = 1e-18m;

    /// <summary>Counts the pairs of a row and another class that can be separated strictly, all of them by one direction.</summary>
    /// <param name="rows">The rows, <c>n x m</c>.</param>
    /// <param name="ownClasses">The classes of each row: those whose scores must stay equal.</param>
    /// <param name="classes">The number of classes.</param>
    public static int CountSeparated(double[][] rows, int[][] ownClasses, int classes)
    {
        int columns = rows[0].Length + 1;
        var strict = new List<decimal[]>();
        var equal = new List<decimal[]>();
        for (int i = 0; i < rows.Length; i++)
        {
            int y = ownClasses[i][0];

            // A constraint may be multiplied by any positive number: rows far out come near, exactly.
            decimal unit = rows[i].Max(Math.Abs) >= 1000 ? 1000 : 1;
            for (int j = 0; j < classes; j++)
            {
                if (j != y)
                {
                    decimal[] constraint = new decimal[classes * columns];
                    for (int k = 0; k < columns; k++)
                    {
                        decimal x = (k == 0 ? 1 : (decimal)rows[i][k - 1]) / unit;
                        constraint[(y * columns) + k] = x;
                        constraint[(j * columns) + k] = -x;
                    }

                    (ownClasses[i].Contains(j) ? equal : strict).Add(constraint);
                }
            }
        }

        return strict.Count == 0 ? 0 : (int)decimal.Round(Maximum(strict, equal, classes * columns));
    }

    // The columns: D+, D-, t, the slacks of the rows, the right-hand side. The rows: t - a'D <= 0, t <= 1, e'D <= 0, -e'D <= 0, and minus the objective.
    private static decimal Maximum(List<decimal[]> strict, List<decimal[]> equal, int parameters)
    {
        int count = strict.Count;
        int constraints = (2 * count) + (2 * equal.Count);
        int slack = (2 * parameters) + count;
        int width = slack + constraints + 1;
        decimal[][] tableau = [.. Enumerable.Range(0, constraints + 1).Select(_ => new decimal[width])];
        for (int i = 0; i < constraints; i++)
        {
            tableau[i][slack + i] = 1;
        }

        for (int i = 0; i < count; i++)
        {
            Fill(tableau[i], strict[i], -1);
            tableau[i][(2 * parameters) + i] = 1;
            tableau[count + i][(2 * parameters) + i] = 1;
            tableau[count + i][^1] = 1;
            tableau[^1][(2 * parameters) + i] = -1;
        }

        for (int i = 0; i < equal.Count; i++)
        {
            Fill(tableau[(2 * count) + (2 * i)], equal[i], 1);
            Fill(tableau[(2 * count) + (2 * i) + 1], equal[i], -1);
        }

        int[] basis = [.. Enumerable.Range(slack, constraints)];
        while (true)
        {
            int entering = Array.FindIndex(tableau[^1], 0, width - 1, cost => cost < -Zero);
            if (entering < 0)
            {
                return tableau[^1][^1];
            }

            int leaving = Enumerable.Range(0, constraints)
                .Where(i => tableau[i][entering] > Zero)
                .OrderBy(i => tableau[i][^1] / tableau[i][entering])
                .ThenBy(i => basis[i])
                .First();
            Pivot(tableau, leaving, entering);
            basis[leaving] = entering;
        }

        void Fill(decimal[] row, decimal[] constraint, int sign)
        {
            for (int k = 0; k < parameters; k++)
            {
                row[k] = sign * constraint[k];
                row[parameters + k] = -sign * constraint[k];
            }
        }
    }

    private static void Pivot(decimal[][] tableau, int row, int column)
    {
        decimal pivot = tableau[row][column];
        for (int k = 0; k < tableau[row].Length; k++)
        {
            tableau[row][k] /= pivot;
        }

        for (int i = 0; i < tableau.Length; i++)
        {
            decimal factor = tableau[i][column];
            if (i != row && factor != 0)
            {
                for (int k = 0; k < tableau[i].Length; k++)
                {
                    tableau[i][k] = Snap(tableau[i][k] - (factor * tableau[row][k]));
                }
            }
        }
    }

    // What is left of a difference of equal numbers.
    private static decimal Snap(decimal value) => Math.Abs(value) < Zero ? 0 : value;
}
