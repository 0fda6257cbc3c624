using System.Globalization;
using SoftmaxGen.Data.Columns;

namespace SoftmaxGen.Data.Tests;

/// <summary>
/// Numbers in text have the bits that the framework gives them, and nothing else is a number. <c>SOFTMAXGEN_NUMBER_TEXTS</c> of them are tried.
/// </summary>
public sealed class FieldTextTests
{
    private static readonly int _count = LongSetting.Of("SOFTMAXGEN_NUMBER_TEXTS", 200_000);

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("sv-SE")]
    [InlineData("ar-SA")]
    public void Numbers_have_the_bits_of_the_framework(string culture)
    {
        CultureInfo numbers = CultureInfo.GetCultureInfo(culture);
        var text = new FieldText(numbers, []);
        var random = new Random(17);
        string separator = numbers.NumberFormat.NumberDecimalSeparator;
        int accepted = 0;
        for (int i = 0; i < _count; i++)
        {
            string field = Text(random, separator);
            bool isDouble = double.TryParse(field, NumberStyles.Float, numbers, out double number);
            bool isFloat = float.TryParse(field, NumberStyles.Float, numbers, out float single);
            bool isReadDouble = text.TryParse(field, out double read);
            bool isReadFloat = text.TryParse(field, out float readSingle);
            Assert.True(isDouble == isReadDouble && (!isDouble || BitConverter.DoubleToInt64Bits(number) == BitConverter.DoubleToInt64Bits(read)), field);
            Assert.True(isFloat == isReadFloat && (!isFloat || BitConverter.SingleToInt32Bits(single) == BitConverter.SingleToInt32Bits(readSingle)), field);
            accepted += isDouble ? 1 : 0;
        }

        Assert.InRange(accepted, _count / 4, _count);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("NO", false)]
    [InlineData("y", true)]
    [InlineData("0", false)]
    [InlineData("2", null)]
    [InlineData("truth", null)]
    public void Truth_has_several_words(string field, bool? expected) =>
        Assert.Equal(expected, FieldText.TryParse(field, out bool value) ? value : null);

    [Theory]
    [InlineData("12", 12L)]
    [InlineData("12.0", 12L)]
    [InlineData("1.2e3", 1200L)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9223372036854775808", null)]
    [InlineData("1.5", null)]
    [InlineData("1,000", null)]
    public void A_whole_number_may_have_a_fraction_of_nothing(string field, long? expected) =>
        Assert.Equal(expected, new FieldText(CultureInfo.InvariantCulture, []).TryParse(field, out long value) ? value : null);

    private const string Units = "0123456789.,+-eE\u2212\u066B\u0660naifINFtrue";

    private static string Text(Random random, string separator)
    {
        string plain = random.Next(6) switch
        {
            0 => BitConverter.Int64BitsToDouble(random.NextInt64()).ToString("R", CultureInfo.InvariantCulture),
            1 => BitConverter.Int32BitsToSingle(random.Next()).ToString("E" + random.Next(25), CultureInfo.InvariantCulture),
            2 => (random.NextDouble() * Math.Pow(10, random.Next(-6, 7))).ToString("F" + random.Next(12), CultureInfo.InvariantCulture),
            3 => random.Next(-1000, 1000).ToString(CultureInfo.InvariantCulture),
            4 => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)('0' + random.Next(10)))) + "." + random.Next(),
            _ => string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => Units[random.Next(Units.Length)])),
        };
        string field = random.Next(3) == 0 ? plain : plain.Replace(".", separator, StringComparison.Ordinal);
        if (random.Next(8) == 0)
        {
            int at = random.Next(field.Length + 1);
            field = field.Insert(at, "x+-e.,0 ' "[random.Next(9)].ToString());
        }

        // The words of truth are numbers here, and not to the framework.
        return field.ToUpperInvariant() is "TRUE" or "FALSE" ? "1" : field;
    }
}
