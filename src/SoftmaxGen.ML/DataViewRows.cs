using System.Globalization;
using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace SoftmaxGen.ML;

/// <summary>Reads rows and labels from ML.NET's data views. Thread-safe.</summary>
public static class DataViewRows
{
    private const int BatchRows = 1024;

    /// <summary>Adds the rows of a data view, batch by batch.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its features.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="data">The data.</param>
    /// <param name="featureColumn">The name of the column of features: a vector of <c>m</c> numbers, <see cref="float"/> or <see cref="double"/>.</param>
    /// <param name="labelColumn">
    /// The name of the column of labels: keys whose values are names of classes or labels, keys without values, which count the classes from 1, text with
    /// names of classes, or numbers that are labels.
    /// </param>
    /// <param name="weightColumn">The name of the column of row weights, numbers; null where every row weighs 1.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// There is no such column, or its type is another; or a label is missing or no class, a number is not valid, the message naming the row. The batches
    /// before stay added.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The set was built, or the builder disposed of.</exception>
    public static void Add<TModel, T>(
        this TrainingSetBuilder<TModel, T> builder,
        IDataView data,
        string featureColumn = "Features",
        string labelColumn = "Label",
        string? weightColumn = null)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(data);
        int width = TModel.Shape.Features;
        DataViewSchema.Column features = Column(data.Schema, featureColumn, nameof(featureColumn));
        DataViewSchema.Column labels = Column(data.Schema, labelColumn, nameof(labelColumn));
        DataViewSchema.Column? weights = weightColumn is null ? null : Column(data.Schema, weightColumn, nameof(weightColumn));
        if (features.Type is not VectorDataViewType vector || vector.Size != width)
        {
            throw new ArgumentException($"Column '{featureColumn}' is {features.Type}; the model takes a vector of {width} numbers.", nameof(featureColumn));
        }

        using DataViewRowCursor cursor = data.GetRowCursor(weights is null ? [features, labels] : [features, labels, weights.Value]);
        Action<T[], int> readFeatures = FeatureReader<T>(cursor, features, vector);
        Func<long, int> readLabel = LabelReader(cursor, labels, TModel.Shape);
        Func<double>? readWeight = weights is null ? null : NumberReader(cursor, weights.Value);

        var rows = new T[BatchRows * width];
        int[] batchLabels = new int[BatchRows];
        T[] batchWeights = readWeight is null ? [] : new T[BatchRows];
        int count = 0;
        for (long row = 0; cursor.MoveNext(); row++)
        {
            readFeatures(rows, count * width);
            batchLabels[count] = readLabel(row);
            if (readWeight is not null)
            {
                batchWeights[count] = T.CreateTruncating(readWeight());
            }

            if (++count == BatchRows)
            {
                AddBatch();
            }
        }

        AddBatch();

        void AddBatch()
        {
            builder.Add(rows.AsSpan(0, count * width), batchLabels.AsSpan(0, count), readWeight is null ? [] : batchWeights.AsSpan(0, count));
            count = 0;
        }
    }

    private static DataViewSchema.Column Column(DataViewSchema schema, string name, string parameterName) => schema.GetColumnOrNull(name)
        ?? throw new ArgumentException($"There is no column '{name}'; the columns are "
            + $"{string.Join(", ", schema.Select(static column => column.Name))}.", parameterName);

    private static Action<T[], int> FeatureReader<T>(DataViewRowCursor cursor, DataViewSchema.Column column, VectorDataViewType type)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => type.ItemType.RawType == typeof(float)
            ? FeatureReader<T, float>(cursor, column)
            : type.ItemType.RawType == typeof(double)
                ? FeatureReader<T, double>(cursor, column)
                : throw new ArgumentException($"Column '{column.Name}' is {type}; features are float or double. ml.Transforms.Conversion.ConvertType "
                    + "converts them.");

    private static Action<T[], int> FeatureReader<T, TValue>(DataViewRowCursor cursor, DataViewSchema.Column column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TValue : unmanaged, INumber<TValue>
    {
        ValueGetter<VBuffer<TValue>> getter = cursor.GetGetter<VBuffer<TValue>>(column);
        VBuffer<TValue> buffer = default;
        return (rows, first) =>
        {
            getter(ref buffer);
            foreach (KeyValuePair<int, TValue> one in buffer.Items(all: true))
            {
                rows[first + one.Key] = T.CreateTruncating(one.Value);
            }
        };
    }

    private static Func<long, int> LabelReader(DataViewRowCursor cursor, DataViewSchema.Column column, ModelShape shape)
    {
        if (column.Type is TextDataViewType)
        {
            ValueGetter<ReadOnlyMemory<char>> text = cursor.GetGetter<ReadOnlyMemory<char>>(column);
            ReadOnlyMemory<char> value = default;
            return row =>
            {
                text(ref value);
                return shape.Label(AtRow(row, () => ClassKeys.Place(shape, value.ToString(), column.Name)));
            };
        }

        Func<double> number = NumberReader(cursor, column);
        if (column.Type is KeyDataViewType keys)
        {
            int[] places = ClassKeys.Places(shape, ClassKeys.Read(column), (int)Math.Min(keys.Count, int.MaxValue), column.Name);

            // 0 is the key of what is missing.
            return row => number() is >= 1 and double key && key <= places.Length ? shape.Label(places[(int)key - 1]) : throw Missing(row, column);
        }

        return row =>
        {
            double label = number();
            return label == Math.Floor(label) && Math.Abs(label) <= int.MaxValue && shape.IndexOf((int)label) >= 0
                ? (int)label
                : throw Missing(row, column, label);
        };
    }

    private static Func<double> NumberReader(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        Type type = column.Type.RawType;
        return type == typeof(float) ? NumberReader<float>(cursor, column)
            : type == typeof(double) ? NumberReader<double>(cursor, column)
            : type == typeof(int) ? NumberReader<int>(cursor, column)
            : type == typeof(uint) ? NumberReader<uint>(cursor, column)
            : type == typeof(long) ? NumberReader<long>(cursor, column)
            : type == typeof(ulong) ? NumberReader<ulong>(cursor, column)
            : type == typeof(short) ? NumberReader<short>(cursor, column)
            : type == typeof(ushort) ? NumberReader<ushort>(cursor, column)
            : type == typeof(byte) ? NumberReader<byte>(cursor, column)
            : type == typeof(sbyte) ? NumberReader<sbyte>(cursor, column)
            : type == typeof(bool) ? BooleanReader(cursor, column)
            : throw new ArgumentException($"Column '{column.Name}' is {column.Type}; it must have numbers.");
    }

    private static Func<double> NumberReader<TValue>(DataViewRowCursor cursor, DataViewSchema.Column column)
        where TValue : unmanaged, INumber<TValue>
    {
        ValueGetter<TValue> getter = cursor.GetGetter<TValue>(column);
        TValue value = default;
        return () =>
        {
            getter(ref value);
            return double.CreateTruncating(value);
        };
    }

    private static Func<double> BooleanReader(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        ValueGetter<bool> getter = cursor.GetGetter<bool>(column);
        bool value = false;
        return () =>
        {
            getter(ref value);
            return value ? 1 : 0;
        };
    }

    private static int AtRow(long row, Func<int> find)
    {
        try
        {
            return find();
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Row {row} of the data view: {error.Message}"), error);
        }
    }

    private static ArgumentException Missing(long row, DataViewSchema.Column column, double? label = null) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"Row {row} of the data view has {(label is null ? "no label" : $"the label {label}, which is no class of the model,")} in column "
                + $"'{column.Name}'."));
}
