using System.Runtime.InteropServices;
using SoftmaxGen.Data;
using SoftmaxGen.Training.Solvers;

namespace SoftmaxGen;

/// <summary>
/// Deals rows to folds as one deals cards: each class is shuffled and dealt on its own, going on at the fold where the class before it ended. The rows of a
/// class, and the rows altogether, thereby differ by one at most from fold to fold.
/// </summary>
internal static class StratifiedFolds
{
    /// <summary>Assigns every row to a fold.</summary>
    /// <exception cref="ArgumentException">There are fewer rows than folds, or a class has fewer and must not.</exception>
    public static int[] Assign(
        ReadOnlySpan<int> labels,
        ModelShape shape,
        int folds,
        int seed,
        string parameterName,
        MissingClasses missingClasses = MissingClasses.Refuse)
    {
        if (labels.Length < folds)
        {
            throw Refusal.Argument($"There are {labels.Length} rows; {folds} folds need at least one each.", parameterName);
        }

        var rowsOfClass = new List<int>[shape.Classes];
        for (int index = 0; index < rowsOfClass.Length; index++)
        {
            rowsOfClass[index] = [];
        }

        for (int row = 0; row < labels.Length; row++)
        {
            rowsOfClass[shape.IndexOf(labels[row])].Add(row);
        }

        int[] foldOfRow = new int[labels.Length];
        var random = new SplitMix64(seed);
        int next = 0;
        for (int index = 0; index < rowsOfClass.Length; index++)
        {
            if (missingClasses == MissingClasses.Refuse)
            {
                RequireRowForEachFold(rowsOfClass[index].Count, ClassTitle.Of(shape, index), folds, parameterName);
            }

            random.Shuffle(CollectionsMarshal.AsSpan(rowsOfClass[index]));
            foreach (int row in rowsOfClass[index])
            {
                foldOfRow[row] = next;
                next = (next + 1) % folds;
            }
        }

        return foldOfRow;
    }

    private static void RequireRowForEachFold(int rows, string title, int folds, string parameterName)
    {
        if (rows < folds)
        {
            throw Refusal.Argument(
                $"The class {title} has {rows} rows; {folds} folds need at least one of every class each. {ClassPresence.WayOut}", parameterName);
        }
    }
}
