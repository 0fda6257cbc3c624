using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace SoftmaxGen.Persistence;

/// <summary>Walks over a value of a <see cref="JsonText"/>. Whatever is wrong is a <see cref="ModelFormatException"/> that tells the place.</summary>
internal ref struct JsonCursor
{
    private readonly JsonText _text;
    private readonly JsonPlace _value;
    private Utf8JsonReader _reader;

    /// <summary>Initializes a new instance of the <see cref="JsonCursor"/> struct, before the first token of a value.</summary>
    public JsonCursor(JsonText text, JsonPlace value)
    {
        _text = text;
        _value = value;
        _reader = new Utf8JsonReader(text.Bytes.Slice(value.Start, value.Length), new JsonReaderOptions { MaxDepth = ModelFields.MaxDepth });
    }

    /// <summary>Gets the kind of the current token.</summary>
    public readonly JsonTokenType Token => _reader.TokenType;

    /// <summary>Gets the place of the current token.</summary>
    public readonly JsonPlace Place
    {
        get
        {
            int start = (int)_reader.TokenStartIndex;
            return new JsonPlace(_value.Start + start, (int)_reader.BytesConsumed - start);
        }
    }

    /// <summary>Gets the length of the current field name, with its quotation marks and without the colon.</summary>
    public readonly int NameLength => _reader.ValueSpan.Length + 2;

    /// <summary>Goes on to the next token.</summary>
    public bool Read()
    {
        try
        {
            return _reader.Read();
        }
        catch (JsonException exception)
        {
            throw SyntaxError(exception);
        }
    }

    /// <summary>Goes on over the next value, however much it holds.</summary>
    public JsonPlace SkipValue()
    {
        Read();
        int start = (int)_reader.TokenStartIndex;
        SkipRest();
        return new JsonPlace(_value.Start + start, (int)_reader.BytesConsumed - start);
    }

    /// <summary>Goes on to the end of the value whose first token is the current one.</summary>
    public void SkipRest()
    {
        try
        {
            _reader.Skip();
        }
        catch (JsonException exception)
        {
            throw SyntaxError(exception);
        }
    }

    /// <summary>Goes on to the next token, which must be of one kind.</summary>
    /// <param name="token">The kind.</param>
    /// <param name="rule">What the message says when it is another: <c>"weights must be an array of 3 rows"</c>.</param>
    public void Expect(JsonTokenType token, string rule)
    {
        if (!Read() || Token != token)
        {
            throw Error($"{rule}.");
        }
    }

    /// <summary>Goes on to the next element of an array.</summary>
    public bool ReadElement() => Read() && Token != JsonTokenType.EndArray;

    /// <summary>Compares the current string or field name with a text.</summary>
    /// <returns>Whether they are equal, code unit by code unit.</returns>
    public readonly bool TextIs(string text)
    {
        try
        {
            return _reader.ValueTextEquals(text);
        }
        catch (InvalidOperationException)
        {
            // An escape sequence that is half of a surrogate pair: no text at all.
            return false;
        }
    }

    /// <summary>Decides how the name of the current field begins, escape sequences decoded if they are text.</summary>
    /// <returns>Whether it begins so.</returns>
    public readonly bool NameStartsWith(string prefix)
    {
        try
        {
            return _reader.GetString()!.StartsWith(prefix, StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            return Encoding.ASCII.GetBytes(prefix).AsSpan().SequenceEqual(_reader.ValueSpan[..Math.Min(prefix.Length, _reader.ValueSpan.Length)]);
        }
    }

    /// <summary>Reads the current string.</summary>
    public readonly string Text(string rule)
    {
        try
        {
            return Token == JsonTokenType.String ? _reader.GetString()! : throw Error($"{rule}; it is {Excerpt()}.");
        }
        catch (InvalidOperationException exception)
        {
            throw _text.Error(Place.Start, $"{Excerpt()} is not valid UTF-8 or UTF-16.", exception);
        }
    }

    /// <summary>Reads the current integer.</summary>
    public readonly int Integer(string rule) =>
        Token == JsonTokenType.Number && _reader.TryGetInt32(out int value) ? value : throw Error($"{rule}; it is {Excerpt()}.");

    /// <summary>Reads the current number: the nearest of its type, whatever the number of digits.</summary>
    public readonly T Number<T>(string rule)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Token == JsonTokenType.Number && T.TryParse(_reader.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out T value) && T.IsFinite(value)
            ? value
            : throw Error($"{rule}; it is {Excerpt()}.");

    /// <summary>Quotes the current token.</summary>
    public readonly string Excerpt() => _text.Excerpt(Place);

    /// <summary>Makes an exception that tells the place of the current token.</summary>
    public readonly ModelFormatException Error(string message) => _text.Error(Place.Start, message);

    // Values inside the text are walked over only after the whole of it was: the reader's lines are those of the text.
    private readonly ModelFormatException SyntaxError(JsonException exception) => _text.Error(
        (exception.LineNumber ?? 0) + 1,
        (exception.BytePositionInLine ?? 0) + 1,
        $"from here on the text is cut off, not valid JSON, or more than {ModelFields.MaxDepth} deep.",
        exception);
}
