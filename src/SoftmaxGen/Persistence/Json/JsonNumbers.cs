using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace SoftmaxGen.Persistence;

/// <summary>Arrays of numbers: read at known sizes, written with the fewest digits that read back as the same bits.</summary>
internal static class JsonNumbers
{
    // A digit and what separates it from the next number.
    private const int LeastBytes = 2;

    // The longest double is -2.2250738585072014E-308.
    private const int MostBytes = 32;

    /// <summary>Reads an array of numbers.</summary>
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

    /// <summary>Refuses numbers that are out of range.</summary>
    public static void Refuse(JsonText text, JsonPlace place, string title, double[] values, Predicate<double> isWrong, string rule)
    {
        int index = Array.FindIndex(values, isWrong);
        if (index >= 0)
        {
            throw text.Error(
                place.Start,
                string.Create(CultureInfo.InvariantCulture, $"number {index} of {title} is {values[index]}; it {rule}."));
        }
    }

    /// <summary>Writes an array of rows, a row to a line, which the writer's own indentation would not give.</summary>
    /// <param name="writer">The writer, inside the outermost object.</param>
    /// <param name="field">The name of the field.</param>
    /// <param name="values">The numbers, row-major, finite.</param>
    /// <param name="columns">The length of a row.</param>
    public static void WriteMatrix<T>(Utf8JsonWriter writer, string field, ReadOnlySpan<T> values, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var line = new ArrayBufferWriter<byte>();
        writer.WriteStartArray(field);
        for (int i = 0; i < values.Length; i += columns)
        {
            line.ResetWrittenCount();
            line.Write("\n    "u8);
            WriteLine(line, values.Slice(i, columns));
            writer.WriteRawValue(line.WrittenSpan, skipInputValidation: true);
            writer.Flush();
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes an array of numbers on one line.</summary>
    public static void WriteVector<T>(Utf8JsonWriter writer, string field, ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var line = new ArrayBufferWriter<byte>();
        WriteLine(line, values);
        writer.WritePropertyName(field);
        writer.WriteRawValue(line.WrittenSpan, skipInputValidation: true);
    }

    private static void WriteLine<T>(ArrayBufferWriter<byte> line, ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        line.Write("["u8);
        for (int i = 0; i < values.Length; i++)
        {
            line.Write(i == 0 ? ""u8 : ", "u8);
            values[i].TryFormat(line.GetSpan(MostBytes), out int written, "R", CultureInfo.InvariantCulture);
            line.Advance(written);
        }

        line.Write("]"u8);
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
