using System.Globalization;
using System.Text;

namespace SoftmaxGen.Persistence;

/// <summary>A JSON text in UTF-8, and how to speak of places in it.</summary>
internal readonly ref struct JsonText
{
    private const int LongestExcerpt = 60;

    private readonly string _part;

    /// <summary>Initializes a new instance of the <see cref="JsonText"/> struct.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="part">What part of a file it is, for messages: <c>" of the header"</c>, or nothing when it is the file.</param>
    public JsonText(ReadOnlySpan<byte> bytes, string part = "")
    {
        Bytes = bytes;
        _part = part;
    }

    /// <summary>Gets the text.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Gets the place of the whole text.</summary>
    public JsonPlace Whole => new(0, Bytes.Length);

    /// <summary>Makes an exception that tells a place.</summary>
    public ModelFormatException Error(int index, string message, Exception? cause = null)
    {
        ReadOnlySpan<byte> before = Bytes[..index];
        return Error(1 + before.Count((byte)'\n'), index - before.LastIndexOf((byte)'\n'), message, cause);
    }

    /// <summary>Makes an exception that tells a place.</summary>
    public ModelFormatException Error(long line, long column, string message, Exception? cause)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"Line {line}, byte {column}{_part}: {message}");
        return cause is null ? new ModelFormatException(place) : new ModelFormatException(place, cause);
    }

    /// <summary>Quotes a value for a message: as it stands in the text, but no more than fits a line.</summary>
    /// <returns>The value, or its beginning.</returns>
    public string Excerpt(JsonPlace place) => place.Length <= LongestExcerpt
        ? Encoding.UTF8.GetString(Bytes.Slice(place.Start, place.Length))
        : Encoding.UTF8.GetString(Bytes.Slice(place.Start, LongestExcerpt)) + "…";
}
