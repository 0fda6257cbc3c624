using System.Numerics;
using System.Runtime.InteropServices;
using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>Evaluates a model on rows that come some at a time: by their probabilities, or by their scores where those do not tell. Not thread-safe.</summary>
internal sealed class Evaluator<TModel, T>
    where TModel : class, ISoftmaxModel<TModel, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ISoftmaxModel<TModel, T> _model;
    private readonly EvaluationSums _sums;
    private readonly EvaluationTile _tile;
    private readonly int[] _classIndices;
    private readonly int[] _left;
    private readonly T[] _typedScores = new T[TModel.Shape.Classes];
    private readonly double[] _scores = new double[TModel.Shape.Classes];

    public Evaluator(ISoftmaxModel<TModel, T> model, bool isWeighted)
    {
        _model = model;
        _sums = new EvaluationSums(TModel.Shape, isWeighted);
        _tile = new EvaluationTile(_sums);
        _classIndices = new int[_tile.Capacity];
        _left = new int[_tile.Capacity];
    }

    /// <summary>Adds rows that were checked.</summary>
    /// <exception cref="ArgumentException">The scores of a row overflow.</exception>
    public void Add(LabelledRows<T> rows, int firstRow)
    {
        for (int first = 0; first < rows.Count; first += _tile.Capacity)
        {
            AddTile(rows.Slice(first, Math.Min(_tile.Capacity, rows.Count - first), TModel.Shape), firstRow + first);
        }
    }

    /// <summary>Makes the evaluation of all rows that were added.</summary>
    public Evaluation Finish() => new(_sums);

    private void AddTile(LabelledRows<T> rows, int firstRow)
    {
        ModelShape shape = TModel.Shape;
        ReadOnlySpan<int> classIndices = ClassIndices(rows.Labels, shape);
        int left;
        if (TryPredict(rows.Rows, _tile.Probabilities[..(rows.Count * shape.Classes)]))
        {
            Precision.Widen(rows.Weights, _tile.Weights);
            left = _tile.Add(classIndices, _left);
        }
        else
        {
            left = LeaveAll(rows.Count);
        }

        foreach (int row in _left.AsSpan(0, left))
        {
            double weight = rows.Weight(row);
            if (weight > 0)
            {
                EvaluationExtensions.Scores(_model, rows, row, _typedScores, _scores, firstRow);
                EvaluationExtensions.RequireFinite(_sums.Add(_scores, classIndices[row], weight), firstRow + row, rows.RowsName);
            }
        }
    }

    private ReadOnlySpan<int> ClassIndices(ReadOnlySpan<int> labels, ModelShape shape)
    {
        if (shape.Labels.Count == 0 && shape.FirstLabel == 0)
        {
            return labels;
        }

        for (int row = 0; row < labels.Length; row++)
        {
            _classIndices[row] = shape.IndexOf(labels[row]);
        }

        return _classIndices.AsSpan(0, labels.Length);
    }

    private int LeaveAll(int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            _left[row] = row;
        }

        return rows;
    }

    // Probabilities in single precision have fewer digits than the sums. Rows that overflow say themselves which one it is.
    private bool TryPredict(ReadOnlySpan<T> rows, Span<double> probabilities)
    {
        if (typeof(T) != typeof(double))
        {
            return false;
        }

        try
        {
            _model.PredictProbabilitiesBatch(rows, MemoryMarshal.Cast<double, T>(probabilities));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
