using System.Numerics;
using SoftmaxGen.Data;

namespace SoftmaxGen;

/// <summary>Takes packed rows apart again, for what no kernel does: all of them, or some at a time.</summary>
internal sealed class LabelledBatches<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RowStore<T> _source;
    private readonly ModelShape _shape;
    private readonly string _name;
    private readonly T[] _rows;
    private readonly int[] _labels;
    private readonly T[] _weights;
    private int _next;

    /// <summary>Initializes a new instance of the <see cref="LabelledBatches{T}"/> class.</summary>
    /// <param name="source">The packed rows.</param>
    /// <param name="shape">The model's constants.</param>
    /// <param name="capacity">The rows at a time; those of whole blocks, or all.</param>
    /// <param name="parameterName">The name of the argument with the rows.</param>
    /// <exception cref="ArgumentException">
    /// The labels are soft, or something is added to the scores: metrics are of labels and of the model's own scores.
    /// </exception>
    public LabelledBatches(RowStore<T> source, ModelShape shape, int capacity, string parameterName)
    {
        RequireLabels(source, parameterName);
        long numbers = (long)capacity * shape.Features;
        if (numbers > Array.MaxLength)
        {
            throw Refusal.Argument(
                $"The set has {capacity} rows of {shape.Features} features, too many to be copied to an array, as this needs. Take a set of some of them.",
                parameterName);
        }

        (_source, _shape, _name) = (source, shape, parameterName);
        _rows = new T[numbers];
        _labels = new int[capacity];
        _weights = source.HasRowWeights ? new T[capacity] : [];
    }

    /// <summary>Gets a value indicating whether there may be more rows.</summary>
    public bool HasNext => _next < _source.Count;

    /// <summary>Refuses rows that are not evaluated by a label each.</summary>
    /// <exception cref="ArgumentException">The labels are soft, or something is added to the scores.</exception>
    public static void RequireLabels(RowStore<T> source, string parameterName)
    {
        if (source.HasTargets || source.HasOffsets)
        {
            throw new ArgumentException(
                $"The set has {(source.HasTargets ? "soft labels" : "offsets")}; only rows with labels can be evaluated.", parameterName);
        }
    }

    /// <summary>Takes the next rows, in the place of those before them.</summary>
    public LabelledRows<T> Next() => First(Read());

    /// <summary>Takes those of the next rows whose weight is not 0, in the place of those before them.</summary>
    public LabelledRows<T> NextThatCount() => First(LeaveOutZeros(Read()));

    private int Read()
    {
        int count = Math.Min(_labels.Length, _source.Count - _next);
        _source.CopyRows(_next, _rows.AsSpan(0, count * _shape.Features));
        for (int row = 0; row < count; row++)
        {
            _labels[row] = _shape.Label(_source.ClassIndex(_next + row));
        }

        _source.RowWeights(_next, count).CopyTo(_weights);
        _next += count;
        return count;
    }

    private LabelledRows<T> First(int count) => new()
    {
        Rows = _rows.AsSpan(0, count * _shape.Features),
        Labels = _labels.AsSpan(0, count),
        Weights = _weights.AsSpan(0, Math.Min(count, _weights.Length)),
        RowsName = _name,
        LabelsName = _name,
    };

    private int LeaveOutZeros(int count)
    {
        if (_weights.Length == 0)
        {
            return count;
        }

        int kept = 0;
        for (int row = 0; row < count; row++)
        {
            if (_weights[row] > T.Zero)
            {
                _rows.AsSpan(row * _shape.Features, _shape.Features).CopyTo(_rows.AsSpan(kept * _shape.Features));
                _labels[kept] = _labels[row];
                _weights[kept] = _weights[row];
                kept++;
            }
        }

        return kept;
    }
}
