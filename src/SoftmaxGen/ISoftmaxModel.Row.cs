using System.ComponentModel;
using System.Numerics;

namespace SoftmaxGen;

/// <summary>
/// What a model offers besides whose classes are the members of an enum and whose rows are of a program's own type, for code that is generic over such
/// models.
/// </summary>
/// <typeparam name="TSelf">The model class itself.</typeparam>
/// <typeparam name="T">The type of features and weights: <see cref="double"/> or <see cref="float"/>.</typeparam>
/// <typeparam name="TLabel">The enum.</typeparam>
/// <typeparam name="TRow">The type of rows.</typeparam>
public interface ISoftmaxModel<TSelf, T, TLabel, TRow> : ISoftmaxModel<TSelf, T, TLabel>
    where TSelf : class, ISoftmaxModel<TSelf, T, TLabel, TRow>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TLabel : unmanaged, Enum
{
    /// <summary>Copies the features of a row into a span, in the order of the model.</summary>
    /// <param name="row">The row.</param>
    /// <param name="features">Receives the <c>m</c> features.</param>
    /// <exception cref="ArgumentException">The length is not <c>m</c>, or the row is null.</exception>
    static abstract void CopyFeatures(in TRow row, Span<T> features);

    /// <summary>Copies the features of rows. For the library alone.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="features">Receives the features, <c>n x m</c>, row-major.</param>
    /// <param name="firstRow">What messages call the first row.</param>
    /// <exception cref="ArgumentException">A row is null, or a member has no column for its value.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static virtual void ReadRows(ReadOnlySpan<TRow> rows, Span<T> features, int firstRow)
    {
        int width = TSelf.Shape.Features;
        for (int row = 0; row < rows.Length; row++)
        {
            TSelf.CopyFeatures(in rows[row], features.Slice(row * width, width));
        }
    }

    /// <summary>Reads the labels of rows that hold them. For the library alone.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="firstRow">What messages call the first row.</param>
    /// <returns>The number of the label of each row.</returns>
    /// <exception cref="ArgumentException">A row is null, or a label is no class.</exception>
    /// <exception cref="NotSupportedException">No member of a row is its label.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static virtual ReadOnlySpan<int> ReadLabels(ReadOnlySpan<TRow> rows, int firstRow) =>
        throw new NotSupportedException($"No member of {typeof(TRow)} is its label, marked [Label]; give the labels beside the rows.");
}
