using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace SoftmaxGen.ML;

/// <summary>Finds the classes of a model in what ML.NET knows of labels.</summary>
internal static class ClassKeys
{
    private const string KeyValues = "KeyValues";

    /// <summary>Reads the values that the keys of a column stand for.</summary>
    /// <returns>The values as text, in the order of the keys; null where the column has none.</returns>
    public static string[]? Read(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(KeyValues)?.Type is not VectorDataViewType type)
        {
            return null;
        }

        Type item = type.ItemType.RawType;
        return item == typeof(ReadOnlyMemory<char>) ? Read<ReadOnlyMemory<char>>(column)
            : item == typeof(float) ? Read<float>(column)
            : item == typeof(double) ? Read<double>(column)
            : item == typeof(int) ? Read<int>(column)
            : item == typeof(uint) ? Read<uint>(column)
            : item == typeof(long) ? Read<long>(column)
            : item == typeof(byte) ? Read<byte>(column)
            : item == typeof(bool) ? Read<bool>(column)
            : null;
    }

    /// <summary>Finds the class of each key.</summary>
    /// <param name="shape">The shape of the model.</param>
    /// <param name="keys">The values of the keys; null: classes are those in the same place.</param>
    /// <param name="count">The number of keys.</param>
    /// <param name="column">The name of the column.</param>
    /// <returns>The index of the class of each key.</returns>
    /// <exception cref="ArgumentException">A key is no class of the model, or there are more or fewer.</exception>
    public static int[] Places(ModelShape shape, string[]? keys, int count, string column)
    {
        if (keys is null)
        {
            return count == shape.Classes
                ? [.. Enumerable.Range(0, count)]
                : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Column '{column}' has {count} classes; the model has "
                    + $"{shape.Classes}."));
        }

        return Array.ConvertAll(keys, key => Place(shape, key, column));
    }

    /// <summary>Finds the class of a text.</summary>
    /// <exception cref="ArgumentException">The text is no class of the model.</exception>
    public static int Place(ModelShape shape, string text, string column)
    {
        for (int index = 0; index < shape.Classes; index++)
        {
            if (shape.ClassName(index) == text)
            {
                return index;
            }
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && number == (int)number && shape.IndexOf((int)number) is >= 0 and int place
            ? place
            : throw new ArgumentException(
                $"'{text}' in column '{column}' is no class of the model; its classes are "
                    + $"{string.Join(", ", Enumerable.Range(0, shape.Classes).Select(shape.ClassName))}.");
    }

    private static string[] Read<TValue>(DataViewSchema.Column column)
    {
        VBuffer<TValue> values = default;
        column.GetKeyValues(ref values);
        return [.. values.DenseValues().Select(static value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")];
    }
}
