using SoftmaxGen.Training.Separability;

namespace SoftmaxGen.Training;

/// <summary>
/// Directions of recession: those along which the loss of no row grows and that of some rows falls for ever, so that without a penalty there is no optimum
/// (Albert and Anderson, <i>On the existence of maximum likelihood estimates in logistic regression models</i>, Biometrika 71, 1984). Along <c>D</c> the
/// margins <c>(D_y - D_j) x</c> of all rows <c>x</c> of class <c>y</c> over all other classes <c>j</c> are at least 0, and not all are 0. The offsets of
/// rows and their weights, be they ever so small, do not matter; soft labels are not looked at.
/// </summary>
internal static class Recession
{
    // One step of Newton's method changes the scores of rows that separate by about 1, however small their loss is.
    private const double LeastGrowth = 0.1;

    // Numbers of the simplex method: some 130 MB.
    private const double LargestTable = 1 << 24;

    /// <summary>Decides whether a point separates all classes completely: every margin of it is positive beyond rounding.</summary>
    /// <returns>Whether it does; known at the first row where it does not.</returns>
    public static bool Separates(Objective objective, ReadOnlySpan<double> point)
    {
        double[] weights = objective.Workspace.Rent(point.Length);
        point.CopyTo(weights);
        bool separates = true;
        objective.VisitCentredRows(1, row =>
        {
            (double own, double ownTerms) = Score(weights, row.ClassIndex, row.Columns);
            for (int j = 0; j < objective.Classes && separates; j++)
            {
                (double score, double terms) = Score(weights, j, row.Columns);
                double rounding = (double.BitIncrement(1) - 1) * row.Columns.Length * (ownTerms + terms);
                separates = j == row.ClassIndex || own - score > rounding;
            }

            return separates;
        });
        return separates;
    }

    /// <summary>
    /// Decides whether a step moves a score by so much that the quadratic model it comes from does not hold there. On the way to an optimum at
    /// infinity each step of Newton's method does, however little the model has left to give; so it does where one far row holds a weight back that
    /// no other row would.
    /// </summary>
    /// <returns>Whether it does; known at the first row that it moves.</returns>
    public static bool Moves(Objective objective, ReadOnlySpan<double> step)
    {
        if (objective.LargestChange(step) <= LeastGrowth)
        {
            return false;
        }

        double[] weights = objective.Workspace.Rent(step.Length);
        step.CopyTo(weights);
        bool moves = false;
        objective.VisitCentredRows(1, row =>
        {
            double own = Score(weights, row.ClassIndex, row.Columns).Score;
            for (int j = 0; j < objective.Classes; j++)
            {
                moves |= Math.Abs(own - Score(weights, j, row.Columns).Score) > LeastGrowth;
            }

            return !moves;
        });
        return moves;
    }

    /// <summary>
    /// Decides whether there is a direction of recession. By Stiemke's lemma there is one exactly when <c>sum_i u_i a_i = 0</c> has no solution with all
    /// <c>u_i > 0</c>, where each <c>a_i</c> takes a direction to a margin. Written as <c>u = 1 + v</c>, it is a question to the first phase of the
    /// simplex method.
    /// <para>
    /// The search of <see cref="SeparationSearch{T}"/> answers the same question, and faster where there are many rows. Of 10,500 small problems
    /// that are hard the two disagree on 18, most of them with features that nearly depend on each other: there the search, which has half of the digits, was
    /// wrong in 14 and this method in 4. So the one says whether a training has an optimum, and the other which classes are separated by what.
    /// </para>
    /// </summary>
    /// <returns>Whether there is one; null where there are too many rows and weights for the table of the method.</returns>
    public static bool? Exists(Objective objective)
    {
        int columns = objective.RowLength;
        int size = (objective.Classes - 1) * columns;
        if ((double)objective.RowCount * (objective.Classes - 1) * size > LargestTable)
        {
            return null;
        }

        List<(double[] Row, int ClassIndex)> rows = RobustRows(objective);
        var cone = new ConeFeasibility(size);
        double[] margin = new double[size];
        foreach ((double[] row, int classIndex) in rows)
        {
            for (int j = 0; j < objective.Classes; j++)
            {
                if (j != classIndex)
                {
                    Array.Clear(margin);
                    for (int k = 0; k < columns; k++)
                    {
                        if (classIndex > 0)
                        {
                            margin[((classIndex - 1) * columns) + k] = row[k];
                        }

                        if (j > 0)
                        {
                            margin[((j - 1) * columns) + k] = -row[k];
                        }
                    }

                    cone.Add(margin);
                }
            }
        }

        return !cone.HasPositiveCombination();
    }

    // The rows less the median of each feature and by the median distance from it of the rows that are not there, which no far row moves; each by its largest
    // element, which no sign depends on.
    private static List<(double[] Row, int ClassIndex)> RobustRows(Objective objective)
    {
        List<double[]> rows = [];
        List<int> classIndices = [];
        objective.VisitRows(row =>
        {
            rows.Add(row.Columns.ToArray());
            classIndices.Add(row.ClassIndex);
            return true;
        });
        for (int k = 1; k < objective.RowLength; k++)
        {
            (double center, double scale) = RobustMoments.Measure(rows, k);
            bool tellsNothing = objective.IsConstant(k - 1) || scale == 0;
            foreach (double[] row in rows)
            {
                row[k] = tellsNothing ? 0 : (row[k] - center) / scale;
            }
        }

        foreach (double[] row in rows)
        {
            double largest = 1;
            foreach (double x in row)
            {
                largest = Math.Max(largest, Math.Abs(x));
            }

            for (int k = 0; k < row.Length; k++)
            {
                row[k] /= largest;
            }
        }

        return [.. rows.Zip(classIndices)];
    }

    private static (double Score, double Terms) Score(double[] weights, int classIndex, ReadOnlySpan<double> row)
    {
        double score = 0;
        double terms = 0;
        for (int k = 0; k < row.Length; k++)
        {
            double term = weights[(classIndex * row.Length) + k] * row[k];
            score += term;
            terms += Math.Abs(term);
        }

        return (score, terms);
    }
}
