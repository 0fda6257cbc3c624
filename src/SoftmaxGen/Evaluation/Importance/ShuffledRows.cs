using System.Numerics;

namespace SoftmaxGen;

/// <summary>Rows among which the values of one group of features at a time are shuffled; the products with it follow.</summary>
internal readonly ref struct ShuffledRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<T> _source;
    private readonly T[] _rows;
    private readonly int _features;
    private readonly IReadOnlyList<FeatureGroup> _groups;

    public ShuffledRows(ReadOnlySpan<T> source, int features, IReadOnlyList<FeatureGroup> groups)
    {
        _source = source;
        _rows = source.ToArray();
        _features = features;
        _groups = groups;
    }

    /// <summary>Gets the rows as they are now.</summary>
    public ReadOnlySpan<T> Rows => _rows;

    /// <summary>Gives each row the values that another one has of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="order">For each row, the row whose values it gets.</param>
    public void Shuffle(int group, int[] order)
    {
        CopyColumns(_groups[group], order);
        foreach (FeatureGroup product in _groups)
        {
            if (product.Factors is var (first, second) && (first == group || second == group))
            {
                Multiply(_groups[first], _groups[second], product.First);
            }
        }
    }

    /// <summary>Gives each row its own values back.</summary>
    public void Restore(int group)
    {
        CopyColumns(_groups[group], order: null);
        foreach (FeatureGroup product in _groups)
        {
            if (product.Factors is var (first, second) && (first == group || second == group))
            {
                CopyColumns(product, order: null);
            }
        }
    }

    private void CopyColumns(FeatureGroup group, int[]? order)
    {
        for (int row = 0; row < _rows.Length / _features; row++)
        {
            int from = order is null ? row : order[row];
            _source.Slice((from * _features) + group.First, group.Count).CopyTo(_rows.AsSpan((row * _features) + group.First));
        }
    }

    private void Multiply(FeatureGroup left, FeatureGroup right, int firstProduct)
    {
        for (int start = 0; start < _rows.Length; start += _features)
        {
            Span<T> row = _rows.AsSpan(start, _features);
            for (int i = 0; i < left.Count; i++)
            {
                for (int j = 0; j < right.Count; j++)
                {
                    row[firstProduct + (i * right.Count) + j] = row[left.First + i] * row[right.First + j];
                }
            }
        }
    }
}
