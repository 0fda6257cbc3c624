using System.Globalization;
using System.Text;
using SoftmaxGen.Persistence;

namespace SoftmaxGen.Generator.Reading.Weights;

/// <summary>
/// Reads JSON (RFC 8259) from front to back: each method takes the value that comes next. An analyzer may not bring a library along, and the places of
/// errors are wanted.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="start">Where to start: 0, or the position of a value that was passed over.</param>
internal sealed class JsonReader(string text, int start = 0)
{
    private int _position = start;
    private int _depth;

    /// <summary>Gets the place of what comes next.</summary>
    public int Position
    {
        get
        {
            SkipSpace();
            return _position;
        }
    }

    /// <summary>Gets a value indicating whether a string comes next.</summary>
    public bool IsString => Next == '"';

    /// <summary>Gets a value indicating whether a number comes next.</summary>
    public bool IsNumber => Next is '-' or (>= '0' and <= '9');

    /// <summary>Gets a value indicating whether an object comes next.</summary>
    public bool IsObject => Next == '{';

    // The end of the text reads as NUL, which occurs in no JSON outside of strings, and there it is refused.
    private char Next => Position < text.Length ? text[_position] : '\0';

    /// <summary>Reads an object. Between two fields the value of the first must be read.</summary>
    public IEnumerable<JsonField> ReadObject()
    {
        Open('{', "an object");
        for (bool more = Next != '}'; more; more = TryTake(','))
        {
            int position = Position;
            string name = ReadUnits("the name of a field");

            // A name that is no text is known by how it is written.
            var field = new JsonField(IsWellFormed(name) ? name : text.Substring(position + 1, _position - position - 2), position);
            Take(':', "':'");
            yield return field;
        }

        Close('}', "',' or '}'");
    }

    /// <summary>Reads an array. Between two indices the element of the first must be read.</summary>
    public IEnumerable<int> ReadArray(string what)
    {
        Open('[', $"an array of {what}");
        int index = 0;
        for (bool more = Next != ']'; more; more = TryTake(','))
        {
            yield return index++;
        }

        Close(']', "',' or ']'");
    }

    /// <summary>Reads a string.</summary>
    /// <exception cref="WeightsException">There is none, or it has half of a surrogate pair.</exception>
    public string ReadString(string what)
    {
        int opening = Position;
        string value = ReadUnits(what);
        return IsWellFormed(value) ? value : throw WeightsException.Malformed(opening, "the string has half of a surrogate pair, which is no character");
    }

    /// <summary>Reads a string, or what is none because it has half of a surrogate pair.</summary>
    /// <exception cref="WeightsException">There is none.</exception>
    public string ReadUnits(string what)
    {
        Take('"', what);
        var value = new StringBuilder();
        while (_position < text.Length && text[_position] is not '"' and >= ' ')
        {
            value.Append(text[_position] == '\\' ? ReadEscape() : text[_position++]);
        }

        if (_position == text.Length || text[_position] != '"')
        {
            throw WeightsException.Malformed(_position, "the string does not end on its line");
        }

        _position++;
        return value.ToString();
    }

    /// <summary>Decides whether all surrogates of a string are pairs.</summary>
    public static bool IsWellFormed(string value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            bool isPair = char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]);
            if (char.IsSurrogate(value[i]) && !isPair)
            {
                return false;
            }

            i += isPair ? 1 : 0;
        }

        return true;
    }

    /// <summary>Reads a number without interpreting it.</summary>
    /// <returns>Its text, which the grammar of JSON allows.</returns>
    public string ReadNumber(string what)
    {
        if (!IsNumber)
        {
            throw Expected(what);
        }

        int first = _position;
        TryTakeHere('-');
        bool isZero = TryTakeHere('0');
        if (!isZero)
        {
            TakeDigits();
        }

        if (TryTakeHere('.'))
        {
            TakeDigits();
        }

        if (TryTakeHere('e') || TryTakeHere('E'))
        {
            _ = TryTakeHere('+') || TryTakeHere('-');
            TakeDigits();
        }

        return text.Substring(first, _position - first);
    }

    /// <summary>Reads an integer.</summary>
    public int ReadInteger(string what)
    {
        int position = Position;
        string number = ReadNumber(what);
        return int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw WeightsException.Malformed(position, $"{what} must be an integer; it is {number}");
    }

    /// <summary>Passes over a value, having looked that it is one.</summary>
    public void Skip()
    {
        switch (Next)
        {
            case '{':
                foreach (JsonField _ in ReadObject())
                {
                    Skip();
                }

                break;
            case '[':
                foreach (int _ in ReadArray("values"))
                {
                    Skip();
                }

                break;
            case '"':
                ReadUnits("a string");
                break;
            case 't':
                TakeWord("true");
                break;
            case 'f':
                TakeWord("false");
                break;
            case 'n':
                TakeWord("null");
                break;
            default:
                ReadNumber("a value");
                break;
        }
    }

    /// <summary>Checks that nothing follows.</summary>
    public void ReadEnd()
    {
        if (Position < text.Length)
        {
            throw Expected("the end of the file");
        }
    }

    private void Open(char bracket, string what)
    {
        Take(bracket, what);
        if (++_depth > ModelFields.MaxDepth)
        {
            throw WeightsException.Malformed(_position - 1, $"objects and arrays are nested more than {ModelFields.MaxDepth} deep");
        }
    }

    private void Close(char bracket, string what)
    {
        Take(bracket, what);
        _depth--;
    }

    private char ReadEscape()
    {
        int position = _position;
        char escape = _position + 1 < text.Length ? text[_position + 1] : '\0';
        _position += 2;
        return escape switch
        {
            '"' or '\\' or '/' => escape,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' when _position + 4 <= text.Length && text.Substring(_position, 4) is var digits && digits.All(Uri.IsHexDigit)
                => TakeUnit(ushort.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)),
            _ => throw WeightsException.Malformed(position, "this is no escape sequence of JSON"),
        };
    }

    private char TakeUnit(ushort unit)
    {
        _position += 4;
        return (char)unit;
    }

    private void TakeDigits()
    {
        int first = _position;
        while (_position < text.Length && text[_position] is >= '0' and <= '9')
        {
            _position++;
        }

        if (_position == first)
        {
            throw Expected("a digit");
        }
    }

    private void TakeWord(string word)
    {
        if (string.CompareOrdinal(text, _position, word, 0, word.Length) != 0)
        {
            throw Expected("a value");
        }

        _position += word.Length;
    }

    private void Take(char wanted, string what)
    {
        if (!TryTake(wanted))
        {
            throw Expected(what);
        }
    }

    private bool TryTake(char wanted)
    {
        SkipSpace();
        return TryTakeHere(wanted);
    }

    private bool TryTakeHere(char wanted)
    {
        bool isThere = _position < text.Length && text[_position] == wanted;
        _position += isThere ? 1 : 0;
        return isThere;
    }

    private void SkipSpace()
    {
        while (_position < text.Length && text[_position] is ' ' or '\t' or '\n' or '\r')
        {
            _position++;
        }
    }

    private WeightsException Expected(string what) =>
        WeightsException.Malformed(_position, $"expected {what}, found {(_position < text.Length ? $"'{text[_position]}'" : "the end of the file")}");
}
