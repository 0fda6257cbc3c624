using System.Numerics;

namespace SoftmaxGen;

/// <summary>Copies the rows of folds, some at a time, in their order: to train on, and to evaluate.</summary>
internal ref struct FoldBatches<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ValidationRows<T> _source;
    private readonly ReadOnlySpan<int> _foldOfRow;
    private readonly int _features;
    private readonly T[] _rows;
    private readonly double[] _scratch;
    private readonly int[] _labels;
    private readonly T[] _weights;
    private int _fold;
    private bool _isHeldOut;
    private int _next;

    public FoldBatches(ValidationRows<T> source, ReadOnlySpan<int> foldOfRow, int features, int capacity)
    {
        _source = source;
        _foldOfRow = foldOfRow;
        _features = features;
        _rows = new T[capacity * features];
        _scratch = new double[features];
        _labels = new int[capacity];
        _weights = source.Weights.IsEmpty ? [] : new T[capacity];
    }

    /// <summary>Gets the number of rows of all folds.</summary>
    public readonly int RowCount => _foldOfRow.Length;

    /// <summary>Gets a value indicating whether rows have weights.</summary>
    public readonly bool IsWeighted => _weights.Length > 0;

    /// <summary>Gets a value indicating whether there may be more rows.</summary>
    public readonly bool HasNext => _next < _foldOfRow.Length;

    /// <summary>Begins with the rows of a fold, or with those of all others.</summary>
    public void Begin(int fold, bool isHeldOut) => (_fold, _isHeldOut, _next) = (fold, isHeldOut, 0);

    /// <summary>Copies the next rows, in the place of those before them.</summary>
    public LabelledRows<T> Next()
    {
        int count = 0;
        for (; HasNext && count < _labels.Length; _next++)
        {
            if (_foldOfRow[_next] == _fold == _isHeldOut)
            {
                _source.CopyRow(_next, _rows.AsSpan(count * _features, _features), _scratch);
                _labels[count] = _source.Labels[_next];
                if (_weights.Length > 0)
                {
                    _weights[count] = _source.Weights[_next];
                }

                count++;
            }
        }

        return new LabelledRows<T>
        {
            Rows = _rows.AsSpan(0, count * _features),
            Labels = _labels.AsSpan(0, count),
            Weights = _weights.AsSpan(0, Math.Min(count, _weights.Length)),
            RowsName = _source.RowsName,
            LabelsName = _source.LabelsName,
        };
    }
}
