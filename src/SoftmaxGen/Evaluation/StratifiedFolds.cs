using System.Globalization;

namespace SoftmaxGen;

/// <summary>
/// Deals rows to folds as one deals cards: each class is shuffled and dealt on its own, going on at the fold where the class before it ended. The rows of a
/// class, and the rows altogether, thereby differ by one at most from fold to fold.
/// </summary>
internal static class StratifiedFolds
{
    /// <summary>Assigns every row to a fold.</summary>
    /// <param name="labels">The <c>n</c> labels; in range.</param>
    /// <param name="shape">The shape of the model.</param>
    /// <param name="folds">The number of folds, at least 2.</param>
    /// <param name="seed">What the order depends on: the same for the same number on every machine.</param>
    /// <param name="parameterName">The name of the argument with the labels.</param>
    /// <returns>The fold of each row.</returns>
    /// <exception cref="ArgumentException">A class has fewer rows than there are folds.</exception>
    public static int[] Assign(ReadOnlySpan<int> labels, ModelShape shape, int folds, int seed, string parameterName)
    {
        var rowsOfClass = new List<int>[shape.Classes];
        for (int index = 0; index < rowsOfClass.Length; index++)
        {
            rowsOfClass[index] = [];
        }

        for (int row = 0; row < labels.Length; row++)
        {
            rowsOfClass[labels[row] - shape.FirstLabel].Add(row);
        }

        int[] foldOfRow = new int[labels.Length];
        var random = new SplitMix64(seed);
        int next = 0;
        for (int index = 0; index < rowsOfClass.Length; index++)
        {
            RequireRowForEachFold(rowsOfClass[index].Count, shape.FirstLabel + index, folds, parameterName);
            Shuffle(rowsOfClass[index], ref random);
            foreach (int row in rowsOfClass[index])
            {
                foldOfRow[row] = next;
                next = (next + 1) % folds;
            }
        }

        return foldOfRow;
    }

    private static void RequireRowForEachFold(int rows, int label, int folds, string parameterName)
    {
        if (rows < folds)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The class labelled {label} has {rows} rows; {folds} folds need at least one of every class each."),
                parameterName);
        }
    }

    // Fisher and Yates, in the form of Durstenfeld (Algorithm 235, 1964).
    private static void Shuffle(List<int> rows, ref SplitMix64 random)
    {
        for (int i = rows.Count - 1; i > 0; i--)
        {
            int j = random.Below(i + 1);
            (rows[i], rows[j]) = (rows[j], rows[i]);
        }
    }

    /// <summary>
    /// The generator of Steele, Lea and Flood (<i>Fast splittable pseudorandom number generators</i>, 2014). Of our own, because the framework does not
    /// promise that a seed means the same numbers in its next version.
    /// </summary>
    private struct SplitMix64(int seed)
    {
        private ulong _state = (ulong)seed;

        /// <summary>Draws an integer.</summary>
        /// <param name="bound">The bound, exclusive; positive.</param>
        /// <returns>An integer from 0 on, uniform but for a part in 2^32.</returns>
        public int Below(int bound)
        {
            _state = unchecked(_state + 0x9E3779B97F4A7C15);
            ulong z = _state;
            z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
            z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
            z ^= z >> 31;
            return (int)Math.BigMul(z, (ulong)bound, out _);
        }
    }
}
