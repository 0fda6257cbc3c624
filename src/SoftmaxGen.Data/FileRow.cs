using System.Globalization;
using System.Numerics;
using SoftmaxGen.Data.Columns;
using SoftmaxGen.Data.Rows;

namespace SoftmaxGen.Data;

/// <summary>
/// A row of a file, whose fields are asked for by the names of their columns. It is the current one: a function that makes a row of it keeps what it needs of
/// its fields, not the row. A field that is not what it is asked for throws with its file, row, column and value.
/// </summary>
public sealed class FileRow
{
    private readonly RowSource _source;
    private readonly ColumnNames _names;
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, EnumNames> _enums = [];

    internal FileRow(RowSource source)
    {
        _source = source;
        _names = new ColumnNames(source.Name, source.ColumnNames);
    }

    /// <summary>Gets the names of the columns.</summary>
    public IReadOnlyList<string> Columns => _source.ColumnNames;

    /// <summary>Gets the number of the row, from 1, the names of the columns not counted.</summary>
    public long Number => _source.Rows;

    /// <summary>Tells whether the file has a column.</summary>
    /// <param name="column">The name: as it is, or without regard to case, blanks and <c>_ - . ( )</c></param>
    /// <returns>Whether it has.</returns>
    public bool Has(string column) => _names.Find(column) >= 0;

    /// <summary>Tells whether a field is missing: empty, null, NaN, or one of <see cref="DataFileOptions.Missing"/>.</summary>
    /// <param name="column">The name of the column.</param>
    /// <returns>Whether it is.</returns>
    /// <exception cref="DataFileException">There is no such column.</exception>
    public bool IsMissing(string column) => IsMissing(Index(column));

    /// <summary>Gets a field as a number.</summary>
    /// <param name="column">The name of the column.</param>
    /// <returns>The number.</returns>
    /// <exception cref="DataFileException">There is no such column, or the field is missing or no number.</exception>
    public double Double(string column) => Double(Index(column));

    /// <summary>Gets a field as a number that may be missing.</summary>
    /// <param name="column">The name of the column.</param>
    /// <returns>The number; null where it is missing.</returns>
    /// <exception cref="DataFileException">There is no such column, or the field is no number.</exception>
    public double? DoubleOrNull(string column) => IsMissing(Index(column)) ? null : Double(Index(column));

    /// <summary>Gets a field as a whole number.</summary>
    /// <param name="column">The name of the column.</param>
    /// <returns>The number.</returns>
    /// <exception cref="DataFileException">There is no such column, or the field is missing or no whole number.</exception>
    public long Int64(string column) => Int64(Index(column));

    /// <summary>Gets a field as a whole number that may be missing.</summary>
    /// <param name="column">The name of the column.</param>
    /// <returns>The number; null where it is missing.</returns>
    /// <exception cref="DataFileException">There is no such column, or the field is no whole number.</exception>
    public long? Int64OrNull(string column) => IsMissing(Index(column)) ? null : Int64(Index(column));

    /// <summary>Gets a field as a truth value: <c>true</c>, <c>yes</c>, <c>t</c>, <c>y</c> or 1, or their opposites.</summary>
    /// <param name="column">The name of the column.</param>
    /// <returns>The value.</returns>
    /// <exception cref="DataFileException">There is no such column, or the field is missing or no truth value.</exception>
    public bool Boolean(string column) => Boolean(Index(column));

    /// <summary>Gets a field as a truth value that may be missing.</summary>
    /// <param name="column">The name of the column.</param>
    /// <returns>The value; null where it is missing.</returns>
    /// <exception cref="DataFileException">There is no such column, or the field is no truth value.</exception>
    public bool? BooleanOrNull(string column) => IsMissing(Index(column)) ? null : Boolean(Index(column));

    /// <summary>Gets a field as text.</summary>
    /// <param name="column">The name of the column.</param>
    /// <returns>The text; null where it is missing. Numbers are written as in the invariant culture.</returns>
    /// <exception cref="DataFileException">There is no such column.</exception>
    public string? Text(string column) => Text(Index(column));

    /// <summary>Gets a field as a value of an enum: the name of a member, several with commas between them where the enum has flags, or a number.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="column">The name of the column.</param>
    /// <returns>The value.</returns>
    /// <exception cref="DataFileException">There is no such column, or the field is missing or no value of the enum.</exception>
    public TEnum Enum<TEnum>(string column)
        where TEnum : struct, Enum
    {
        if (!_enums.TryGetValue(typeof(TEnum), out EnumNames? names))
        {
            names = EnumNames.Of(typeof(TEnum));
            _enums.Add(typeof(TEnum), names);
        }

        return (TEnum)System.Enum.ToObject(typeof(TEnum), EnumValue(Index(column), names));
    }

    /// <summary>Gets a field as a value of an enum that may be missing.</summary>
    /// <typeparam name="TEnum">The enum.</typeparam>
    /// <param name="column">The name of the column.</param>
    /// <returns>The value; null where it is missing.</returns>
    /// <exception cref="DataFileException">There is no such column, or the field is no value of the enum.</exception>
    public TEnum? EnumOrNull<TEnum>(string column)
        where TEnum : struct, Enum => IsMissing(Index(column)) ? null : Enum<TEnum>(column);

    /// <summary>Gets or sets the label of the row, where it has a column of its own.</summary>
    internal int Label { get; set; }

    /// <summary>Gets the columns that were asked for by name.</summary>
    internal IEnumerable<int> Asked => _indices.Values;

    internal int GetLabel() => Label;

    internal bool IsMissing(int index) => _source.Column(index).IsMissing(_source.Row);

    internal double Double(int index)
    {
        Column column = Present(index);
        return column.TryGet(_source.Row, out double value) ? value : throw Refusal.NoNumber(_source, column, _source.Row);
    }

    internal float Single(int index)
    {
        Column column = Present(index);
        return column.TryGet(_source.Row, out float value) ? value : throw Refusal.NoNumber(_source, column, _source.Row);
    }

    internal double DoubleOrNaN(int index) => IsMissing(index) ? double.NaN : Double(index);

    internal float SingleOrNaN(int index) => IsMissing(index) ? float.NaN : Single(index);

    internal decimal Decimal(int index)
    {
        Column column = Present(index);
        return column.TryGet(_source.Row, out decimal value) ? value : throw Refusal.NoNumber(_source, column, _source.Row, "decimal number in the range");
    }

    internal long Int64(int index) => Int64(index, long.MinValue, long.MaxValue);

    internal long Int64(int index, long min, long max)
    {
        Column column = Present(index);
        return !column.TryGet(_source.Row, out long value)
            ? throw Refusal.NoNumber(_source, column, _source.Row, "whole number")
            : value >= min && value <= max
                ? value
                : throw Refusal.Of(_source, column, _source.Row, string.Create(CultureInfo.InvariantCulture, $"is not between {min} and {max}"));
    }

    internal ulong UInt64(int index)
    {
        Column column = Present(index);
        return column.TryGet(_source.Row, out decimal value) && decimal.IsInteger(value) && value is >= 0 and <= ulong.MaxValue
            ? (ulong)value
            : throw Refusal.NoNumber(_source, column, _source.Row, "whole number between 0 and 18446744073709551615");
    }

    internal bool Boolean(int index)
    {
        Column column = Present(index);
        return column.TryGet(_source.Row, out bool value) ? value : throw Refusal.Of(_source, column, _source.Row, "is no truth value, such as true, no or 1");
    }

    internal string? Text(int index) => IsMissing(index) ? null : _source.Column(index).Text(_source.Row).ToString();

    internal long EnumValue(int index, EnumNames names)
    {
        Column column = Present(index);
        return names.TryFind(column, _source.Row, out long value)
            ? value
            : throw Refusal.Of(_source, column, _source.Row, $"is none of {DataFileException.List(names.All)}");
    }

    internal double[] Doubles(int[] indices) => Array.ConvertAll(indices, Double);

    internal float[] Singles(int[] indices) => Array.ConvertAll(indices, Single);

    private int Index(string column)
    {
        if (!_indices.TryGetValue(column, out int index))
        {
            index = _names.Require("which is asked for", "name another one", column);
            _indices.Add(column, index);
        }

        return index;
    }

    private Column Present(int index)
    {
        Column column = _source.Column(index);
        return column.IsMissing(_source.Row)
            ? throw Refusal.Missing(_source, column, _source.Row, "where that may be, declare the member nullable, and it gets a feature for that")
            : column;
    }
}
