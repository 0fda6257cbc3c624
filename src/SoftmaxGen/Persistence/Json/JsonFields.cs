using System.Text.Json;

namespace SoftmaxGen.Persistence;

/// <summary>The places of an object's fields: each at most once, none unknown.</summary>
internal sealed class JsonFields
{
    private readonly string[] _names;
    private readonly JsonPlace?[] _places;
    private readonly JsonPlace _object;
    private JsonPlace? _unknown;

    private JsonFields(JsonPlace place, string[] names)
    {
        _object = place;
        _names = names;
        _places = new JsonPlace?[names.Length];
    }

    /// <summary>Finds the fields of an object. Those whose names begin with <c>x-</c> are the author's own and are passed over.</summary>
    /// <exception cref="ModelFormatException">It is no object, not valid JSON, or a known field occurs twice.</exception>
    public static JsonFields Find(JsonText text, JsonPlace place, string title, params string[] names)
    {
        var fields = new JsonFields(place, names);
        var cursor = new JsonCursor(text, place);
        cursor.Expect(JsonTokenType.StartObject, $"{title} must be an object");
        while (cursor.Read() && cursor.Token == JsonTokenType.PropertyName)
        {
            fields.Add(ref cursor);
        }

        // Nothing may follow: the reader says so itself when asked for more.
        cursor.Read();
        return fields;
    }

    /// <summary>Refuses an unknown field. Not at once, so that a newer version can be named as such before its fields are.</summary>
    /// <exception cref="ModelFormatException">There is an unknown field.</exception>
    public void RefuseUnknown(JsonText text)
    {
        if (_unknown is { } place)
        {
            throw text.Error(
                place.Start, $"the field {text.Excerpt(place)} is unknown; a field of your own must have a name that begins with {ModelFields.OwnPrefix}.");
        }
    }

    /// <summary>Gets the place of a field.</summary>
    public JsonPlace? Optional(string name) => _places[Array.IndexOf(_names, name)];

    /// <summary>Gets the place of a field.</summary>
    /// <exception cref="ModelFormatException">The field is missing.</exception>
    public JsonPlace Required(JsonText text, string name) =>
        Optional(name) ?? throw text.Error(_object.Start, $"the field \"{name}\" is missing.");

    /// <summary>Goes to a field of a single token.</summary>
    /// <exception cref="ModelFormatException">The field is missing.</exception>
    public JsonCursor At(JsonText text, string name)
    {
        var cursor = new JsonCursor(text, Required(text, name));
        cursor.Read();
        return cursor;
    }

    private void Add(ref JsonCursor cursor)
    {
        JsonPlace place = cursor.Place with { Length = cursor.NameLength };
        int index = IndexOf(in cursor);
        if (index < 0)
        {
            if (!cursor.NameStartsWith(ModelFields.OwnPrefix))
            {
                _unknown ??= place;
            }

            cursor.SkipValue();
            return;
        }

        if (_places[index] is not null)
        {
            throw cursor.Error($"the field \"{_names[index]}\" occurs twice.");
        }

        _places[index] = cursor.SkipValue();
    }

    private int IndexOf(in JsonCursor cursor)
    {
        for (int i = 0; i < _names.Length; i++)
        {
            if (cursor.TextIs(_names[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
