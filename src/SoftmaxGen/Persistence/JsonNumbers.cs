using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace SoftmaxGen.Persistence;

/// <summary>Reads arrays of numbers of known sizes.</summary>
internal static class JsonNumbers
{
    // A digit and what separates it from the next number.
    private const int LeastBytes = 2;

    /// <summary>Reads an array of numbers.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="text">The text.</param>
    /// <param name="place">The place of the array.</param>
    /// <param name="title">What it is, for messages.</param>
    /// <param name="length">The length it must have.</param>
    /// <returns>The numbers, all finite.</returns>
    public static T[] Vector<T>(JsonText text, JsonPlace place, string title, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = Allocate<T>(text, place, title, length);
        var cursor = new JsonCursor(text, place);
        cursor.Read();
        ReadArray(ref cursor, title, values);
        return values;
    }

    /// <summary>Reads an array of rows.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="text">The text.</param>
    /// <param name="place">The place of the array.</param>
    /// <param name="title">What it is, for messages.</param>
    /// <param name="rows">The number of rows it must have.</param>
    /// <param name="columns">The length each row must have.</param>
    /// <returns>The numbers, row-major, all finite.</returns>
    public static T[] Matrix<T>(JsonText text, JsonPlace place, string title, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = Allocate<T>(text, place, title, rows * columns);
        var cursor = new JsonCursor(text, place);
        string rule = string.Create(CultureInfo.InvariantCulture, $"{title} must be an array of {rows} rows");
        cursor.Expect(JsonTokenType.StartArray, rule);
        for (int row = 0; row < rows; row++)
        {
            if (!cursor.ReadElement())
            {
                throw cursor.Error(string.Create(CultureInfo.InvariantCulture, $"{rule}; it has {row}."));
            }

            ReadArray(ref cursor, string.Create(CultureInfo.InvariantCulture, $"row {row} of {title}"), values.AsSpan(row * columns, columns));
        }

        return cursor.ReadElement() ? throw cursor.Error($"{rule}; it has more.") : values;
    }

    // What is allocated is bounded by what is there, not by what is claimed.
    private static T[] Allocate<T>(JsonText text, JsonPlace place, string title, int count) => place.Length / LeastBytes >= count
        ? new T[count]
        : throw text.Error(place.Start, string.Create(CultureInfo.InvariantCulture, $"{title} must have {count} numbers; it is too short for as many."));

    private static void ReadArray<T>(ref JsonCursor cursor, string title, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string rule = string.Create(CultureInfo.InvariantCulture, $"{title} must be an array of {values.Length} numbers");
        if (cursor.Token != JsonTokenType.StartArray)
        {
            throw cursor.Error($"{rule}.");
        }

        string each = $"each number of {title} must be finite";
        for (int i = 0; i < values.Length; i++)
        {
            if (!cursor.ReadElement())
            {
                throw cursor.Error(string.Create(CultureInfo.InvariantCulture, $"{rule}; it has {i}."));
            }

            values[i] = cursor.Number<T>(each);
        }

        if (cursor.ReadElement())
        {
            throw cursor.Error($"{rule}; it has more.");
        }
    }
}
