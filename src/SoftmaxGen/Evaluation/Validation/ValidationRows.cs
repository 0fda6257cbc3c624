using System.Numerics;
using SoftmaxGen.Data;
using SoftmaxGen.Numerics;

namespace SoftmaxGen;

/// <summary>The rows that are dealt to folds, where they lie: a fold copies a few of them at a time.</summary>
internal readonly ref struct ValidationRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<T> _rows;
    private readonly RowStore<T>? _packed;

    // The packed rows that count; null for all of them.
    private readonly int[]? _indices;

    /// <summary>Initializes a new instance of the <see cref="ValidationRows{T}"/> struct of rows in row-major order.</summary>
    public ValidationRows(LabelledRows<T> rows)
    {
        _rows = rows.Rows;
        Labels = rows.Labels;
        Weights = rows.Weights;
        (RowsName, LabelsName) = (rows.RowsName, rows.LabelsName);
    }

    /// <summary>Initializes a new instance of the <see cref="ValidationRows{T}"/> struct of the rows of a set whose weight is not 0.</summary>
    /// <param name="rows">The packed rows, held by the caller as long as this lives.</param>
    /// <param name="shape">The model's constants.</param>
    /// <param name="parameterName">The name of the argument with the set.</param>
    /// <exception cref="ArgumentException">The labels are soft, or something is added to the scores.</exception>
    public ValidationRows(RowStore<T> rows, ModelShape shape, string parameterName)
    {
        LabelledBatches<T>.RequireLabels(rows, parameterName);
        _packed = rows;
        _indices = rows.HasRowWeights ? Array.FindAll(Numbers(rows.Count), row => rows.RowWeight(row) > 0) : null;
        int[] labels = _indices is null ? Numbers(rows.Count) : [.. _indices];
        for (int row = 0; row < labels.Length; row++)
        {
            labels[row] = shape.Label(rows.ClassIndex(labels[row]));
        }

        Labels = labels;
        Weights = _indices is null ? default : Array.ConvertAll(_indices, row => rows.RowWeights(row, 1)[0]);
        (RowsName, LabelsName) = (parameterName, parameterName);
    }

    /// <summary>Gets the labels.</summary>
    public ReadOnlySpan<int> Labels { get; }

    /// <summary>Gets the weights, positive; empty: every row weighs 1.</summary>
    public ReadOnlySpan<T> Weights { get; }

    /// <summary>Gets the name of the argument that holds the rows.</summary>
    public string RowsName { get; }

    /// <summary>Gets the name of the argument that holds the labels.</summary>
    public string LabelsName { get; }

    /// <summary>Copies the features of a row.</summary>
    public void CopyRow(int row, Span<T> features, Span<double> scratch)
    {
        if (_packed is null)
        {
            _rows.Slice(row * features.Length, features.Length).CopyTo(features);
        }
        else
        {
            _packed.ReadRow(_indices is null ? row : _indices[row], scratch);
            Precision.Narrow(scratch, features);
        }
    }

    private static int[] Numbers(int count) => [.. Enumerable.Range(0, count)];
}
