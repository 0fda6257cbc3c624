using System.Globalization;
using System.Numerics;
using Apache.Arrow;
using SoftmaxGen.Data.Columns;
using Column = SoftmaxGen.Data.Columns.Column;

namespace SoftmaxGen.Data.Arrow;

/// <summary>The arrays of record batches as columns.</summary>
internal static class ArrowColumns
{
    /// <summary>Takes an array as a column.</summary>
    /// <param name="array">The array.</param>
    /// <param name="name">The name of the column.</param>
    /// <param name="missing">The texts that stand for missing values.</param>
    /// <returns>The column; null where the type is none of numbers, truth values and text.</returns>
    public static Column? Of(IArrowArray array, string name, IReadOnlyList<string> missing) => array switch
    {
        DoubleArray numbers => new ArrowNumberColumn<double>(name, numbers),
        FloatArray numbers => new ArrowNumberColumn<float>(name, numbers),
        HalfFloatArray numbers => new ArrowNumberColumn<Half>(name, numbers),
        Int8Array numbers => new ArrowNumberColumn<sbyte>(name, numbers),
        Int16Array numbers => new ArrowNumberColumn<short>(name, numbers),
        Int32Array numbers => new ArrowNumberColumn<int>(name, numbers),
        Int64Array numbers => new ArrowNumberColumn<long>(name, numbers),
        UInt8Array numbers => new ArrowNumberColumn<byte>(name, numbers),
        UInt16Array numbers => new ArrowNumberColumn<ushort>(name, numbers),
        UInt32Array numbers => new ArrowNumberColumn<uint>(name, numbers),
        UInt64Array numbers => new ArrowNumberColumn<ulong>(name, numbers),
        Decimal32Array numbers => Decimals(name, numbers, numbers.GetValue),
        Decimal64Array numbers => Decimals(name, numbers, numbers.GetValue),
        Decimal128Array numbers => Decimals(name, numbers, numbers.GetValue),
        Decimal256Array numbers => Decimals(name, numbers, numbers.GetValue),
        BooleanArray values => new TruthColumn(name, values.GetValue),
        StringArray text => new ArrowTextColumn(name, text.IsNull, text.GetBytes, Text(missing)),
        LargeStringArray text => new ArrowTextColumn(name, text.IsNull, text.GetBytes, Text(missing)),
        StringViewArray text => new ArrowTextColumn(name, text.IsNull, text.GetBytes, Text(missing)),
        NullArray => new NullColumn(name),
        DictionaryArray dictionary when Of(dictionary.Indices, name, []) is { } places && Of(dictionary.Dictionary, name, missing) is { } values =>
            new DictionaryColumn(name, places, values),
        _ => null,
    };

    private static FieldText Text(IReadOnlyList<string> missing) => new(CultureInfo.InvariantCulture, missing);

    private static ArrayColumn<decimal> Decimals(string name, IArrowArray array, Func<int, decimal?> value)
    {
        decimal[] values = new decimal[array.Length];
        bool[] isMissing = new bool[array.Length];
        for (int row = 0; row < values.Length; row++)
        {
            decimal? number = value(row);
            (values[row], isMissing[row]) = (number ?? 0, number is null);
        }

        return new ArrayColumn<decimal>(name, values, isMissing);
    }

    private sealed class ArrowNumberColumn<TNumber>(string name, PrimitiveArray<TNumber> array) : NumberColumn<TNumber>(name)
        where TNumber : struct, INumber<TNumber>
    {
        protected override ReadOnlySpan<TNumber> Values => array.Values;

        protected override bool HasMissing => array.NullCount != 0;

        public override bool IsMissing(int row) => array.IsNull(row) || TNumber.IsNaN(Values[row]);
    }
}
