using System.Globalization;
using System.Numerics;
using csFastFloat;

namespace SoftmaxGen.Data.Columns;

/// <summary>How text says numbers and truth values, and what it says where nothing is. Immutable.</summary>
internal sealed class FieldText
{
    private readonly CultureInfo _culture;
    private readonly string[] _missing;

    // The decimal separator, where it is all that the quick parser needs to know of the culture.
    private readonly char _separator;

    /// <summary>Initializes a new instance of the <see cref="FieldText"/> class.</summary>
    /// <param name="culture">Whose numbers they are.</param>
    /// <param name="missing">The texts that stand for missing values, besides the empty one and NaN.</param>
    public FieldText(CultureInfo culture, IEnumerable<string> missing)
    {
        _culture = culture;
        _missing = [.. missing];
        string separator = culture.NumberFormat.NumberDecimalSeparator;
        _separator = separator.Length == 1 && culture.NumberFormat.PositiveSign == "+" ? separator[0] : '\0';
    }

    /// <summary>Tells whether a field is missing.</summary>
    public bool IsMissing(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || (text.Length == 3 && Is(text, "NaN")))
        {
            return true;
        }

        foreach (string missing in _missing)
        {
            if (text.SequenceEqual(missing))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a number that may be missing.</summary>
    /// <param name="text">The field.</param>
    /// <param name="value">The number; NaN where it is missing.</param>
    /// <returns>Whether it is one, or missing.</returns>
    public bool TryReadNumber<T>(ReadOnlySpan<char> text, out T value)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        // A number may stand for a missing value, too; without such texts those that do are no numbers, and rare.
        if ((_missing.Length == 0 || !IsMissing(text)) && TryParse(text, out value))
        {
            return true;
        }

        value = T.NaN;
        return IsMissing(text);
    }

    /// <summary>Reads a <see cref="double"/> or a <see cref="float"/>, to the bits of the framework.</summary>
    public bool TryParse<T>(ReadOnlySpan<char> text, out T value)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        // The quick parser stops where the number ends, and has its own way with what is not finite: all that is the framework's business.
        if (_separator != '\0' && TryParseQuickly(text, out int length, out value) && length == text.Length && T.IsFinite(value))
        {
            return true;
        }

        if (T.TryParse(text, NumberStyles.Float, _culture, out value))
        {
            return true;
        }

        bool isWord = TryParseWord(text, out bool truth);
        value = truth ? T.One : T.Zero;
        return isWord;
    }

    /// <summary>Reads a number.</summary>
    /// <returns>Whether it is one, and in the range.</returns>
    public bool TryParse(ReadOnlySpan<char> text, out decimal value) => decimal.TryParse(text, NumberStyles.Float, _culture, out value);

    /// <summary>Reads a whole number, which may be written with a fraction of 0.</summary>
    /// <returns>Whether it is one, and in the range.</returns>
    public bool TryParse(ReadOnlySpan<char> text, out long value)
    {
        if (long.TryParse(text, NumberStyles.Integer, _culture, out value))
        {
            return true;
        }

        bool isWhole = TryParse(text, out decimal number) && decimal.IsInteger(number) && number is >= long.MinValue and <= long.MaxValue;
        value = isWhole ? (long)number : 0;
        return isWhole;
    }

    /// <summary>Reads a truth value: <c>true</c>, <c>false</c>, <c>yes</c>, <c>no</c>, their first letters, <c>1</c> or <c>0</c>, whatever the case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out bool value)
    {
        value = Is(text, "yes") || Is(text, "t") || Is(text, "y") || Is(text, "1");
        return value || Is(text, "no") || Is(text, "f") || Is(text, "n") || Is(text, "0") || TryParseWord(text, out value);
    }

    private bool TryParseQuickly<T>(ReadOnlySpan<char> text, out int length, out T value)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
        {
            bool isDouble = FastDoubleParser.TryParseDouble(text, out length, out double number, NumberStyles.Float, _separator);
            value = T.CreateTruncating(number);
            return isDouble;
        }

        bool isSingle = FastFloatParser.TryParseFloat(text, out length, out float single, NumberStyles.Float, _separator);
        value = T.CreateTruncating(single);
        return isSingle;
    }

    private static bool TryParseWord(ReadOnlySpan<char> text, out bool value)
    {
        value = Is(text, "true");
        return value || Is(text, "false");
    }

    private static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
