namespace SoftmaxGen.Tool.Inference;

/// <summary>Numbers labels as they come.</summary>
internal sealed class LabelNumbers
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>Gets the number of a label.</summary>
    /// <returns>The number, from 0; of labels that are too many to be classes, the same.</returns>
    public int Of(ReadOnlySpan<char> label)
    {
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(label, out int number))
        {
            return number;
        }

        if (_numbers.Count < ColumnProfile.MostLevels)
        {
            lookup[label] = _numbers.Count;
        }

        return _numbers.Count - 1;
    }
}
