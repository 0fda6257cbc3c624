using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Data;

namespace SoftmaxGen;

/// <summary>Rows with labels and weights in row-major order, checked: what everything that evaluates goes over.</summary>
internal readonly ref struct LabelledRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets the rows, <c>n x m</c>, row-major; finite.</summary>
    public required ReadOnlySpan<T> Rows { get; init; }

    /// <summary>Gets the <c>n</c> labels; in range.</summary>
    public required ReadOnlySpan<int> Labels { get; init; }

    /// <summary>Gets the <c>n</c> weights, finite and not negative, at least one of them positive; empty: every row weighs 1.</summary>
    public required ReadOnlySpan<T> Weights { get; init; }

    /// <summary>Gets the name of the argument that holds the rows.</summary>
    public required string RowsName { get; init; }

    /// <summary>Gets the name of the argument that holds the labels.</summary>
    public required string LabelsName { get; init; }

    /// <summary>Gets the number of rows.</summary>
    public int Count => Labels.Length;

    /// <summary>Checks rows that a caller gave.</summary>
    /// <exception cref="ArgumentException">The lengths do not fit, there is no row, a label is out of range, or a number is not valid.</exception>
    public static LabelledRows<T> Check(ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, ReadOnlySpan<T> rowWeights, ModelShape shape) =>
        CheckAllButFeatures(rows, labels, rowWeights, shape).CheckFeatures(shape);

    /// <summary>Checks rows that a caller gave, but for their features, which <see cref="CheckFeatures"/> does.</summary>
    /// <returns>The rows, whose labels another thread may still change.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, there is no row, a label is out of range, or a weight is not valid.</exception>
    public static LabelledRows<T> CheckAllButFeatures(ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, ReadOnlySpan<T> rowWeights, ModelShape shape)
    {
        Guard.Length(labels.Length, Guard.AtLeastOneRow(rows.Length, shape.Features, nameof(rows)), nameof(labels));
        Guard.Labels(labels, shape, nameof(labels));
        RowWeightRules.RequirePositive(rowWeights, labels.Length);
        return new LabelledRows<T> { Rows = rows, Labels = labels, Weights = rowWeights, RowsName = nameof(rows), LabelsName = nameof(labels) };
    }

    /// <summary>Checks the features, and copies the labels.</summary>
    /// <exception cref="ArgumentException">A feature is not finite, or a label was changed meanwhile.</exception>
    public LabelledRows<T> CheckFeatures(ModelShape shape, int firstRow = 0)
    {
        Guard.FiniteRows(Rows, shape, RowsName, firstRow);
        return this with { Labels = Guard.CopyOfLabels(Labels, shape, LabelsName) };
    }

    /// <summary>Gets some of the rows.</summary>
    public LabelledRows<T> Slice(int first, int count, ModelShape shape) => this with
    {
        Rows = Rows.Slice(first * shape.Features, count * shape.Features),
        Labels = Labels.Slice(first, count),
        Weights = Weights.IsEmpty ? Weights : Weights.Slice(first, count),
    };

    /// <summary>Gets the weight of a row.</summary>
    public double Weight(int row) => Weights.IsEmpty ? 1 : double.CreateTruncating(Weights[row]);
}
