using System.Globalization;
using System.Text.Json;

namespace SoftmaxGen.Persistence;

/// <summary>
/// Reads the attributes of a fitted <c>LogisticRegression</c>. Of two classes it keeps one row <c>w</c> with
/// <c>P(second) = 1 / (1 + exp(-w x))</c>, which is the softmax of <c>-w x / 2</c> and <c>w x / 2</c>; only when told
/// <c>multi_class='multinomial'</c> it takes the softmax of <c>-w x</c> and <c>w x</c>.
/// </summary>
internal sealed class SklearnReader(ModelShape shape)
{
    // Finds which class or feature an element is.
    private delegate int ElementReader(in JsonCursor cursor);

    private int Columns => shape.Features + 1;

    /// <summary>Reads a file.</summary>
    /// <returns>The weights, and the moments of the training rows where there is a scaler that knows them; classes and features in the order of the
    /// model.</returns>
    /// <exception cref="ModelFormatException">The file is no such file, or it does not fit the model.</exception>
    public StoredModel<double> Read(ReadOnlySpan<byte> file)
    {
        var text = new JsonText(file);
        JsonFields fields = JsonFields.Find(
            text,
            text.Whole,
            "a file from scikit-learn",
            "coef_",
            "intercept_",
            "classes_",
            "feature_names_in_",
            "mean_",
            "scale_",
            "with_mean",
            "columns",
            "dropped",
            "multi_class",
            "solver");
        fields.RefuseUnknown(text);
        int[] classes = ReadClasses(text, fields.Required(text, "classes_"));
        SklearnColumns? columns = ReadColumns(text, fields);
        int[] features = columns is null ? ReadFeatures(text, fields) : [.. Enumerable.Range(0, shape.Features)];
        string scheme = Word(text, fields, "multi_class");
        RefuseOneVersusRest(text, fields, scheme);

        double[] rows = columns is null ? ReadRows(text, fields, shape.Features) : columns.Fold(ReadRows(text, fields, columns.Count));
        ReadScaler(text, fields).Apply<double>(rows, rows.Length / Columns);
        double[] weights = rows.Length == Columns ? SingleRow(rows, scheme == "multinomial" ? 1 : 0.5) : rows;
        return new StoredModel<double>(Arrange(weights, classes, features), ReadMoments(text, fields, features));
    }

    private static double[] SingleRow(double[] row, double factor) =>
        [.. row.Select(weight => -factor * weight), .. row.Select(weight => factor * weight)];

    // What a pipeline writes takes the place of names and of a scaler.
    private SklearnColumns? ReadColumns(JsonText text, JsonFields fields)
    {
        JsonPlace? columns = Present(text, fields, "columns");
        ReadOnlySpan<string> others = columns is null ? ["dropped"] : ["feature_names_in_", "mean_", "scale_", "with_mean"];
        foreach (string other in others)
        {
            if (Present(text, fields, other) is { } found)
            {
                throw text.Error(found.Start, $"{other} does not go {(columns is null ? "without" : "with")} columns.");
            }
        }

        return columns is { } place ? SklearnColumns.Read(text, place, Present(text, fields, "dropped"), shape) : null;
    }

    private double[] ReadRows(JsonText text, JsonFields fields, int features)
    {
        JsonPlace place = fields.Required(text, "coef_");
        int count = shape.Classes == 2 && CountRows(text, place) == 1 ? 1 : shape.Classes;
        double[] coefficients = JsonNumbers.Matrix<double>(text, place, "coef_", count, features);
        double[] intercepts = JsonNumbers.Vector<double>(text, fields.Required(text, "intercept_"), "intercept_", count);
        double[] rows = new double[count * (features + 1)];
        for (int j = 0; j < count; j++)
        {
            rows[j * (features + 1)] = intercepts[j];
            coefficients.AsSpan(j * features, features).CopyTo(rows.AsSpan((j * (features + 1)) + 1));
        }

        return rows;
    }

    private static int CountRows(JsonText text, JsonPlace place)
    {
        var cursor = new JsonCursor(text, place);
        cursor.Expect(JsonTokenType.StartArray, "coef_ must be an array of rows");
        int count = 0;
        while (cursor.ReadElement())
        {
            cursor.SkipRest();
            count++;
        }

        return count;
    }

    // A StandardScaler without deviations has none, but one that does not subtract the means knows them all the same.
    private Folding ReadScaler(JsonText text, JsonFields fields)
    {
        JsonPlace? means = SubtractsMeans(text, fields) ? Present(text, fields, "mean_") : null;
        JsonPlace? deviations = Present(text, fields, "scale_");
        if (means is null && deviations is null)
        {
            return new Folding(null, null, null);
        }

        double[] mean = means is { } m ? JsonNumbers.Vector<double>(text, m, "mean_", shape.Features) : new double[shape.Features];
        double[] scale = [.. Enumerable.Repeat(1.0, shape.Features)];
        if (deviations is { } d)
        {
            scale = JsonNumbers.Vector<double>(text, d, "scale_", shape.Features);
            JsonNumbers.Refuse(text, d, "scale_", scale, static value => value <= 0, "must be positive");
        }

        return new Folding(mean, scale, null);
    }

    // What the scaler measured on the training rows, used or not. Of a constant feature it keeps the scale 1 in place of the deviation 0.
    private FeatureMoments? ReadMoments(JsonText text, JsonFields fields, int[] features)
    {
        if (Present(text, fields, "mean_") is not { } meansPlace || Present(text, fields, "scale_") is not { } deviationsPlace)
        {
            return null;
        }

        double[] foundMeans = JsonNumbers.Vector<double>(text, meansPlace, "mean_", shape.Features);
        double[] foundDeviations = JsonNumbers.Vector<double>(text, deviationsPlace, "scale_", shape.Features);
        double[] means = new double[shape.Features];
        double[] deviations = new double[shape.Features];
        for (int k = 0; k < shape.Features; k++)
        {
            means[features[k]] = foundMeans[k];
            deviations[features[k]] = foundDeviations[k];
        }

        return new FeatureMoments(means, deviations);
    }

    private static bool SubtractsMeans(JsonText text, JsonFields fields)
    {
        if (Present(text, fields, "with_mean") is null)
        {
            return true;
        }

        JsonCursor cursor = fields.At(text, "with_mean");
        return cursor.Token is JsonTokenType.True or JsonTokenType.False
            ? cursor.Token == JsonTokenType.True
            : throw cursor.Error($"with_mean must be true or false; it is {cursor.Excerpt()}.");
    }

    // With one regression for each class against the rest, the probabilities of three and more classes are no softmax. This is scikit-learn's own rule.
    private void RefuseOneVersusRest(JsonText text, JsonFields fields, string scheme)
    {
        if (shape.Classes > 2 && (scheme == "ovr" || (scheme != "multinomial" && Word(text, fields, "solver") == "liblinear")))
        {
            throw new ModelFormatException("The regressions are of one class against the rest each (ovr, or liblinear): their probabilities are no softmax.");
        }
    }

    private int[] ReadClasses(JsonText text, JsonPlace place)
    {
        Dictionary<string, int> indices = Indices(shape.Classes, shape.ClassName);
        return ReadEach(
            text, place, "classes_", "classes_ must be an array", "class", shape.Classes, (in JsonCursor cursor) => ReadClass(in cursor, indices));
    }

    // A string is a class's name, or its label where classes have no names; a number is a label, and so is a boolean.
    private int ReadClass(in JsonCursor cursor, Dictionary<string, int> indices)
    {
        if (cursor.Token == JsonTokenType.String)
        {
            return indices.TryGetValue(cursor.Text(""), out int index)
                ? index
                : throw cursor.Error($"the model has no class {cursor.Excerpt()}; its first is '{shape.ClassName(0)}'.");
        }

        double label = cursor.Token switch
        {
            JsonTokenType.False => 0,
            JsonTokenType.True => 1,
            _ => cursor.Number<double>("each of classes_ must be a string, a number or a boolean"),
        };
        int classIndex = label is >= int.MinValue and <= int.MaxValue && double.IsInteger(label) ? shape.IndexOf((int)label) : -1;
        return classIndex >= 0 ? classIndex : throw cursor.Error($"the class {cursor.Excerpt()} is no label of the model; {shape.LabelsText}.");
    }

    private int[] ReadFeatures(JsonText text, JsonFields fields)
    {
        if (shape.FeatureNames.Count == 0 || Present(text, fields, "feature_names_in_") is not { } place)
        {
            return [.. Enumerable.Range(0, shape.Features)];
        }

        Dictionary<string, int> indices = Indices(shape.Features, shape.FeatureName);
        return ReadEach(
            text, place, "feature_names_in_", "feature_names_in_ must be an array of strings", "feature", shape.Features, (in JsonCursor cursor) =>
                indices.TryGetValue(cursor.Text("each of feature_names_in_ must be a string"), out int index)
                    ? index
                    : throw cursor.Error($"the model has no feature {cursor.Excerpt()}; its first is '{shape.FeatureName(0)}'."));
    }

    // Reads an array of as many elements as the model has classes or features, each of which is another of them.
    private static int[] ReadEach(JsonText text, JsonPlace place, string title, string rule, string kind, int count, ElementReader read)
    {
        var taken = new bool[count];
        int[] indices = new int[count];
        var cursor = new JsonCursor(text, place);
        cursor.Expect(JsonTokenType.StartArray, rule);
        for (int i = 0; i < count; i++)
        {
            indices[i] = cursor.ReadElement() ? read(in cursor) : throw cursor.Error(Count(title, i, count));
            if (taken[indices[i]])
            {
                throw cursor.Error($"the {kind} {cursor.Excerpt()} occurs twice.");
            }

            taken[indices[i]] = true;
        }

        return cursor.ReadElement() ? throw cursor.Error(Count(title, null, count)) : indices;
    }

    private static Dictionary<string, int> Indices(int count, Func<int, string> name)
    {
        var indices = new Dictionary<string, int>(count, StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            indices.TryAdd(name(i), i);
        }

        return indices;
    }

    private static string Count(string title, int? found, int expected) => found is { } count
        ? string.Create(CultureInfo.InvariantCulture, $"{title} has {count} elements; the model has {expected}.")
        : string.Create(CultureInfo.InvariantCulture, $"{title} has more elements than the {expected} of the model.");

    private double[] Arrange(double[] weights, int[] classes, int[] features)
    {
        double[] arranged = new double[weights.Length];
        for (int j = 0; j < shape.Classes; j++)
        {
            ReadOnlySpan<double> source = weights.AsSpan(j * Columns, Columns);
            Span<double> target = arranged.AsSpan(classes[j] * Columns, Columns);
            target[0] = source[0];
            for (int k = 0; k < shape.Features; k++)
            {
                target[1 + features[k]] = source[1 + k];
            }
        }

        return arranged;
    }

    // Python's None stands for an attribute that is not there.
    private static JsonPlace? Present(JsonText text, JsonFields fields, string name) =>
        fields.Optional(name) is { } place && !text.Bytes.Slice(place.Start, place.Length).SequenceEqual("null"u8) ? place : null;

    private static string Word(JsonText text, JsonFields fields, string name) =>
        Present(text, fields, name) is null ? "" : fields.At(text, name).Text($"{name} must be a string");
}
