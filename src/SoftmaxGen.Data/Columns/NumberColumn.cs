using System.Diagnostics;
using System.Globalization;
using System.Numerics;

namespace SoftmaxGen.Data.Columns;

/// <summary>A column whose fields are numbers of one type.</summary>
internal abstract class NumberColumn<TNumber>(string name) : Column(name)
    where TNumber : struct, INumber<TNumber>
{
    // A sign, 29 digits and a point.
    private const int LongestDecimal = 31;

    public override bool IsText => false;

    /// <summary>Gets the numbers of all rows; where they are missing, anything.</summary>
    protected abstract ReadOnlySpan<TNumber> Values { get; }

    /// <summary>Gets a value indicating whether some may be missing.</summary>
    protected abstract bool HasMissing { get; }

    public override ReadOnlySpan<char> Text(int row) => IsMissing(row) ? "" : Values[row].ToString(null, CultureInfo.InvariantCulture);

    public override bool TryGet(int row, out double value)
    {
        value = Nearest<double>(Values[row]);
        return true;
    }

    public override bool TryGet(int row, out float value)
    {
        value = Nearest<float>(Values[row]);
        return true;
    }

    public override bool TryGet(int row, out decimal value)
    {
        // Saturated, a number beyond the range is not the one that it came from; a fraction may be rounded.
        TNumber number = Values[row];
        value = TNumber.IsFinite(number) ? decimal.CreateSaturating(number) : 0;
        return TNumber.IsFinite(number) && (value is not (decimal.MaxValue or decimal.MinValue) || TNumber.CreateSaturating(value) == number);
    }

    public override bool TryGet(int row, out long value)
    {
        TNumber number = Values[row];
        value = TNumber.IsInteger(number) ? long.CreateSaturating(number) : 0;
        return TNumber.IsInteger(number) && TNumber.CreateSaturating(value) == number && value is not long.MaxValue;
    }

    public override bool TryGet(int row, out bool value)
    {
        value = Values[row] == TNumber.One;
        return value || TNumber.IsZero(Values[row]);
    }

    public override int CopyTo<TFloat>(int first, int count, Span<TFloat> target, int stride)
    {
        ReadOnlySpan<TNumber> values = Values.Slice(first, count);
        for (int i = 0; i < values.Length; i++)
        {
            target[i * stride] = Nearest<TFloat>(values[i]);
        }

        for (int i = 0; i < count && HasMissing; i++)
        {
            target[i * stride] = IsMissing(first + i) ? TFloat.NaN : target[i * stride];
        }

        return count;
    }

    private static TFloat Nearest<TFloat>(TNumber number)
        where TFloat : struct, IBinaryFloatingPointIeee754<TFloat> =>
        typeof(TNumber) == typeof(decimal) ? OfDigits<TFloat>(number) : TFloat.CreateTruncating(number);

    // A cast rounds a decimal more than once; the number nearest to its digits is the one that their text has in other files.
    private static TFloat OfDigits<TFloat>(TNumber number)
        where TFloat : struct, IBinaryFloatingPointIeee754<TFloat>
    {
        Span<char> digits = stackalloc char[LongestDecimal];
        return number.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture)
            ? TFloat.Parse(digits[..length], NumberStyles.Float, CultureInfo.InvariantCulture)
            : throw new UnreachableException();
    }
}
