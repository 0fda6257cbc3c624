using System.Numerics;

namespace SoftmaxGen.Data.Columns;

/// <summary>
/// A column of a file: fields that are numbers, truth values or text, each asked for as what is needed. A field of text is read as what it says; a number that
/// does not fit what it is asked for is refused. Rows are those that the source has loaded, from 0.
/// </summary>
internal abstract class Column(string name)
{
    /// <summary>Gets the name of the column.</summary>
    public string Name { get; } = name;

    /// <summary>Gets a value indicating whether fields are text: <see cref="Text"/> is what the file has.</summary>
    public abstract bool IsText { get; }

    /// <summary>Tells whether a field is missing: empty, null, NaN, or one of the texts that stand for that.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>Gets a field as text.</summary>
    /// <returns>The text; empty where it is missing.</returns>
    public abstract ReadOnlySpan<char> Text(int row);

    /// <summary>Gets a field as a number.</summary>
    /// <param name="row">The row; the field is not missing.</param>
    /// <param name="value">The number, rounded once.</param>
    public abstract bool TryGet(int row, out double value);

    /// <summary>Gets a field as a number.</summary>
    /// <param name="row">The row; the field is not missing.</param>
    /// <param name="value">The number, rounded once.</param>
    public abstract bool TryGet(int row, out float value);

    /// <summary>Gets a field as a number.</summary>
    /// <param name="row">The row; the field is not missing.</param>
    /// <param name="value">The number, rounded once.</param>
    /// <returns>Whether it is one, and in the range.</returns>
    public abstract bool TryGet(int row, out decimal value);

    /// <summary>Gets a field as a whole number.</summary>
    /// <param name="row">The row; the field is not missing.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether it is one, without a fraction and in the range.</returns>
    public abstract bool TryGet(int row, out long value);

    /// <summary>Gets a field as a truth value.</summary>
    /// <param name="row">The row; the field is not missing.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether it is one, or a number that is 0 or 1.</returns>
    public abstract bool TryGet(int row, out bool value);

    /// <summary>Gets a field as a number of the precision of a model.</summary>
    /// <param name="row">The row; the field is not missing.</param>
    /// <param name="value">The number, rounded once.</param>
    public bool TryGetNumber<T>(int row, out T value)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
        {
            bool isDouble = TryGet(row, out double number);
            value = T.CreateTruncating(number);
            return isDouble;
        }

        bool isSingle = TryGet(row, out float single);
        value = T.CreateTruncating(single);
        return isSingle;
    }

    /// <summary>Copies fields as numbers, NaN where they are missing.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="target">Receives the numbers.</param>
    /// <param name="stride">How far numbers of successive rows are from one another.</param>
    /// <returns>The number of rows up to the first field that is no number; <paramref name="count"/> where all are.</returns>
    public virtual int CopyTo<T>(int first, int count, Span<T> target, int stride)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < count; i++)
        {
            if (IsMissing(first + i))
            {
                target[i * stride] = T.NaN;
            }
            else if (!TryGetNumber(first + i, out target[i * stride]))
            {
                return i;
            }
        }

        return count;
    }
}
