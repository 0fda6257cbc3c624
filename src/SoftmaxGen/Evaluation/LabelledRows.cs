using System.Numerics;
using SoftmaxGen.CompilerServices;
using SoftmaxGen.Data;

namespace SoftmaxGen;

/// <summary>Rows with labels and weights in row-major order, checked: what everything that evaluates goes over.</summary>
/// <typeparam name="T">The type of features.</typeparam>
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
    /// <param name="rows">The rows, <c>n x m</c>, row-major.</param>
    /// <param name="labels">The <c>n</c> labels.</param>
    /// <param name="rowWeights">The <c>n</c> weights of the rows; empty: every row weighs 1.</param>
    /// <param name="shape">The model's constants.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, there is no row, a label is out of range, or a number is not valid.</exception>
    public static LabelledRows<T> Check(ReadOnlySpan<T> rows, ReadOnlySpan<int> labels, ReadOnlySpan<T> rowWeights, ModelShape shape)
    {
        Guard.Length(labels.Length, Guard.AtLeastOneRow(rows.Length, shape.Features, nameof(rows)), nameof(labels));
        int[] copy = Guard.CopyOfLabels(labels, shape, nameof(labels));
        Guard.FiniteRows(rows, shape, nameof(rows));
        RowWeightRules.RequirePositive(rowWeights, labels.Length);
        return new LabelledRows<T> { Rows = rows, Labels = copy, Weights = rowWeights, RowsName = nameof(rows), LabelsName = nameof(labels) };
    }

    /// <summary>Gets the weight of a row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The weight.</returns>
    public double Weight(int row) => Weights.IsEmpty ? 1 : double.CreateTruncating(Weights[row]);
}
