using System.Globalization;
using System.Numerics;
using System.Text.Json;
using SoftmaxGen.Numerics;
using SoftmaxGen.Persistence;

namespace SoftmaxGen;

/// <summary>
/// Hands models over to scikit-learn: writes the attributes of a <c>LogisticRegression</c> as JSON (<c>docs/scikit-learn.md</c>). Thread-safe.
/// </summary>
public static class SklearnExport
{
    /// <summary>
    /// Writes <c>coef_</c>, <c>intercept_</c>, <c>classes_</c> and, where features have names, <c>feature_names_in_</c>. Of two classes it is one row, that
    /// of the second class less that of the first, as scikit-learn has it.
    /// </summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="stream">The stream, written at its position and left open.</param>
    /// <exception cref="OverflowException">There are two classes, and the difference of their weights is not finite.</exception>
    public static void ExportSklearn<TModel, T>(this ISoftmaxModel<TModel, T> model, Stream stream)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        ModelShape shape = TModel.Shape;
        double[] rows = Precision.Widen(model.Weights);
        Write(stream, shape, shape.Classes == 2 ? Difference(rows) : rows);
    }

    /// <summary>Writes the same to a path, atomically, as <see cref="ModelFile"/> does.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <typeparam name="T">The type of its weights.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="path">The path of the file, which is replaced when it exists.</param>
    /// <exception cref="OverflowException">There are two classes, and the difference of their weights is not finite.</exception>
    /// <exception cref="IOException">The file cannot be written; the old one is untouched.</exception>
    public static void ExportSklearn<TModel, T>(this ISoftmaxModel<TModel, T> model, string path)
        where TModel : class, ISoftmaxModel<TModel, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => AtomicFile.Write(path, stream => model.ExportSklearn(stream));

    private static double[] Difference(double[] rows)
    {
        int columns = rows.Length / 2;
        double[] difference = [.. Enumerable.Range(0, columns).Select(k => rows[columns + k] - rows[k])];
        return Array.TrueForAll(difference, double.IsFinite)
            ? difference
            : throw new OverflowException("The difference of the two classes' weights is not finite.");
    }

    private static void Write(Stream stream, ModelShape shape, double[] rows)
    {
        int columns = shape.Features + 1;
        double[] coefficients = [.. rows.Where((_, i) => i % columns != 0)];
        double[] intercepts = [.. rows.Where((_, i) => i % columns == 0)];
        using (var writer = new Utf8JsonWriter(stream, ModelHeader.WriterOptions))
        {
            writer.WriteStartObject();
            JsonNumbers.WriteMatrix<double>(writer, "coef_", coefficients, shape.Features);
            JsonNumbers.WriteVector<double>(writer, "intercept_", intercepts);
            WriteClasses(writer, shape);
            ModelHeader.WriteNames(writer, "feature_names_in_", shape.FeatureNames);
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteClasses(Utf8JsonWriter writer, ModelShape shape)
    {
        if (shape.ClassNames.Count > 0)
        {
            ModelHeader.WriteNames(writer, "classes_", shape.ClassNames);
            return;
        }

        IEnumerable<string> labels = Enumerable.Range(0, shape.Classes).Select(index => shape.Label(index).ToString(CultureInfo.InvariantCulture));
        writer.WritePropertyName("classes_");
        writer.WriteRawValue($"[{string.Join(", ", labels)}]");
    }
}
