namespace SoftmaxGen.Tool.Tables;

/// <summary>Finds out what separates the cells of a table.</summary>
internal static class SeparatorSearch
{
    private const int MostRecords = 50;

    private static readonly char[] _candidates = [',', ';', '\t', '|'];

    /// <summary>Finds the separator: the one by which most records have as many cells as the first, and of several the one with most cells.</summary>
    /// <returns>The separator; a comma where there is none.</returns>
    public static char Find(string start)
    {
        char best = ',';
        (double Agreement, int Cells) most = (0, 1);
        foreach (char candidate in _candidates)
        {
            List<int> counts = CountCells(start, candidate);
            if (counts.Count == 0 || counts[0] == 1)
            {
                continue;
            }

            double agreement = counts.Count(count => count == counts[0]) / (double)counts.Count;
            if ((agreement, counts[0]).CompareTo(most) > 0)
            {
                (best, most) = (candidate, (agreement, counts[0]));
            }
        }

        return best;
    }

    // The number of cells of each record. A record that the text ends in is left out, unless it is the only one.
    private static List<int> CountCells(string text, char separator)
    {
        List<int> counts = [];
        bool isQuoted = false;
        int cells = 1;
        int length = 0;
        foreach (char c in text)
        {
            if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && c is '\n' or '\r')
            {
                if (length > 0)
                {
                    counts.Add(cells);
                }

                (cells, length) = (1, 0);
                if (counts.Count == MostRecords)
                {
                    return counts;
                }

                continue;
            }
            else if (!isQuoted && c == separator)
            {
                cells++;
            }

            length++;
        }

        if (length > 0 && counts.Count == 0)
        {
            counts.Add(cells);
        }

        return counts;
    }
}
