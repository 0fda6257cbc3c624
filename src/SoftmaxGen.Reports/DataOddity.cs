using System.Globalization;

namespace SoftmaxGen.Reports;

/// <summary>Something about the data that a person should look at. Immutable.</summary>
/// <param name="Where">Where it is: a column as a rule.</param>
/// <param name="Finding">What it is, a sentence.</param>
public sealed record DataOddity(string Where, string Finding)
{
    /// <summary>Looks for columns that are constant, and for columns that are copies of one another.</summary>
    /// <param name="shape">The shape of the model.</param>
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <returns>What was found, in the order of the columns.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="shape"/> is null.</exception>
    /// <exception cref="ArgumentException">The length is no multiple of <c>m</c>.</exception>
    public static IReadOnlyList<DataOddity> Find(ModelShape shape, ReadOnlySpan<double> rows)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (rows.Length % shape.Features != 0)
        {
            throw new ArgumentException($"There are {rows.Length} numbers, no multiple of {shape.Features}.", nameof(rows));
        }

        var found = new List<DataOddity>();
        int count = rows.Length / shape.Features;

        // Copies have the same hash; few others do, and those are compared.
        var firsts = new Dictionary<int, List<int>>();
        for (int column = 0; column < shape.Features && count > 1; column++)
        {
            if (IsConstant(rows, column, shape.Features))
            {
                string value = rows[column].ToString("R", CultureInfo.InvariantCulture);
                found.Add(new DataOddity(shape.FeatureName(column), $"It is {value} in every row, and so has no weight."));
                continue;
            }

            List<int> candidates = firsts.TryGetValue(Hash(rows, column, shape.Features), out List<int>? known) ? known : [];
            firsts[Hash(rows, column, shape.Features)] = candidates;
            int original = -1;
            foreach (int candidate in candidates)
            {
                original = original < 0 && AreEqual(rows, candidate, column, shape.Features) ? candidate : original;
            }

            if (original >= 0)
            {
                found.Add(new DataOddity(shape.FeatureName(column), $"It is a copy of {shape.FeatureName(original)}: the two share what one would have."));
            }
            else
            {
                candidates.Add(column);
            }
        }

        return found;
    }

    private static bool IsConstant(ReadOnlySpan<double> rows, int column, int features)
    {
        for (int i = column; i < rows.Length; i += features)
        {
            if (rows[i] != rows[column])
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreEqual(ReadOnlySpan<double> rows, int first, int second, int features)
    {
        for (int row = 0; row < rows.Length; row += features)
        {
            if (rows[row + first] != rows[row + second])
            {
                return false;
            }
        }

        return true;
    }

    // Of values and not of bits: 0 and -0 are equal.
    private static int Hash(ReadOnlySpan<double> rows, int column, int features)
    {
        var hash = new HashCode();
        for (int i = column; i < rows.Length; i += features)
        {
            hash.Add(rows[i] + 0.0);
        }

        return hash.ToHashCode();
    }
}
